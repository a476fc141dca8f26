package dev.apg.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apg.server.ApgServer;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.testing.TestDatabase;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MigrationsTests {
    private final TestDatabase database = TestDatabase.create();
    private final Migrations migrations =
            new Migrations(database.owner().source(), database.server().user());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everything_can_be_taken_back_and_applied_again() throws Exception {
        int all = migrations.status().size();

        assertThat(migrations.down(all)).hasSize(all);
        assertThat(tables()).isEmpty();
        assertThat(migrations.status()).extracting(Migrations.Change::state).containsOnly(Migrations.State.PENDING);
        assertThat(migrations.up()).hasSize(all);
        assertThat(migrations.up()).isEmpty();
        migrations.requireCurrent();
    }

    @Test
    void nodes_that_start_together_migrate_once() throws Exception {
        int all = migrations.status().size();
        migrations.down(all);
        var applied = new ArrayList<String>();
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> starts =
                    List.of(nodes.submit(migrations::up), nodes.submit(migrations::up), nodes.submit(migrations::up));
            for (Future<List<String>> start : starts) {
                applied.addAll(start.get());
            }
        }

        assertThat(applied).hasSize(all).doesNotHaveDuplicates();
    }

    @Test
    void a_schema_that_is_behind_is_refused_with_what_to_do() {
        migrations.down(1);

        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(migrations::requireCurrent)
                .withMessage("The schema is 1 change(s) behind this program: run `apg migrate up` first.");
    }

    @Test
    void a_schema_that_is_ahead_is_refused_and_shown_and_not_taken_back() throws Exception {
        int all = migrations.status().size();
        try (var connection = database.superuser();
                var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype)
                    VALUES ('9999-from-the-future', 'apg', 'db/changelog/9999-from-the-future.sql', now(), 9999, 'EXECUTED')
                    """);
        }

        assertThat(migrations.up()).isEmpty();
        assertThat(migrations.status())
                .hasSize(all + 1)
                .last()
                .isEqualTo(new Migrations.Change("9999-from-the-future", Migrations.State.UNKNOWN));
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(migrations::requireCurrent)
                .withMessage(
                        "The schema has 1 change(s) of a newer program (9999-from-the-future): run that one, or take"
                                + " them back with it first.");
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> migrations.down(1))
                .withMessageContaining("9999-from-the-future");
        assertThat(migrations.status()).hasSize(all + 1);
    }

    @Test
    void a_schema_with_the_known_changes_is_current_without_keeping_other_nodes_waiting() throws Exception {
        try (var other = database.owner().source().getConnection();
                var statement = other.createStatement();
                var watching = Executors.newVirtualThreadPerTaskExecutor()) {
            statement.execute("SELECT pg_advisory_lock(" + Migrations.LOCK + ")");

            watching.submit(migrations::upAndWarnIfAhead).get(30, TimeUnit.SECONDS);
            watching.submit(migrations::requireCurrent).get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void whoever_asks_for_what_is_lacking_has_the_changes_themselves_looked_at() throws Exception {
        try (var other = database.owner().source().getConnection();
                var statement = other.createStatement();
                var watching = Executors.newVirtualThreadPerTaskExecutor()) {
            statement.execute("SELECT pg_advisory_lock(" + Migrations.LOCK + ")");
            Future<List<String>> up = watching.submit(migrations::up);
            // What is in the list of known changes is looked at without the lock.
            while (strings("""
                    SELECT 'asks' FROM pg_stat_activity
                    WHERE datname = current_database() AND query LIKE 'SELECT pg_try_advisory_lock%'
                    """).isEmpty()) {
                assertThat(up.isDone()).isFalse();
            }
            statement.execute("SELECT pg_advisory_unlock(" + Migrations.LOCK + ")");

            assertThat(up.get(60, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void a_schema_that_is_behind_is_migrated_by_a_server_of_development() throws Exception {
        List<String> taken = migrations.down(2);

        ApgServer.start(Settings.ofDevelopment(
                        Files.createTempDirectory("apg-test-"), Optional.of(database.settings())))
                .close();

        assertThat(taken).hasSize(2);
        assertThat(migrations.status()).extracting(Migrations.Change::state).containsOnly(Migrations.State.APPLIED);
    }

    @Test
    void the_roles_of_the_server_are_granted_again_where_they_were_taken() throws Exception {
        // Roles belong to the whole cluster, so this is about a login role of its own.
        String user = "server_" + UUID.randomUUID().toString().replace("-", "");
        try (var connection = database.superuser();
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + user);
            statement.execute("GRANT %s TO apg_owner WITH ADMIN OPTION".formatted(user));
            try {
                var ofUser = new Migrations(database.owner().source(), user);
                ofUser.upAndWarnIfAhead();
                assertThat(mayAct(user)).isTrue();
                statement.execute("REVOKE apg_application FROM %s GRANTED BY apg_owner".formatted(user));
                assertThat(mayAct(user)).isFalse();
                ofUser.upAndWarnIfAhead();
                assertThat(mayAct(user)).isTrue();
                // As it is with the role that created them, until it grants them to itself.
                statement.execute(
                        "GRANT apg_application TO %s WITH ADMIN TRUE, SET FALSE GRANTED BY apg_owner".formatted(user));
                assertThat(mayAct(user)).isFalse();
                ofUser.upAndWarnIfAhead();
                assertThat(mayAct(user)).isTrue();
            } finally {
                statement.execute("DROP OWNED BY " + user);
                statement.execute("DROP ROLE " + user);
            }
        }
    }

    @Test
    void a_server_that_knows_no_owner_starts_with_the_schema_that_the_owner_has_made() throws Exception {
        var known = database.server();
        var settings = new Settings.Database(known, Optional.empty(), Optional.empty(), 4, 12);
        var ofServer = new Migrations(known.source(), known.user());

        ofServer.requireCurrent();
        assertThat(ofServer.status()).isEqualTo(migrations.status());
        ApgServer.start(Settings.ofDevelopment(Files.createTempDirectory("apg-test-"), Optional.of(settings)))
                .close();

        migrations.down(1);
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(ofServer::requireCurrent)
                .withMessage("The schema is 1 change(s) behind this program: run `apg migrate up` first.");
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(ofServer::up)
                .withMessageStartingWith("This login may not do that in the database: ")
                .withMessageContaining("DATABASE_MIGRATION_URL with the login that owns the tables");
        try (var connection = database.superuser();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE databasechangelog SET md5sum = '9:0' WHERE id = '0003-event'");
        }
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(ofServer::requireCurrent)
                .withMessageContaining("0003-event differs");
    }

    private boolean mayAct(String user) throws SQLException {
        return strings("SELECT 'yes' WHERE pg_has_role('%s', 'apg_application', 'SET')".formatted(user))
                .contains("yes");
    }

    @Test
    void a_schema_of_other_changes_is_refused_with_what_to_do() throws Exception {
        try (var connection = database.superuser();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE databasechangelog SET md5sum = '9:0' WHERE id = '0003-event'");
        }
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(migrations::up)
                .withMessage(
                        "The schema was not made by the changes that this program has (0003-event differs): run the program"
                                + " that made it, or give this one a database of its own.");
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(migrations::requireCurrent)
                .withMessageContaining("0003-event differs");
    }

    private List<String> tables() throws SQLException {
        return strings("""
                SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                  AND relname NOT LIKE 'databasechange%'
                """);
    }

    private List<String> strings(String sql) throws SQLException {
        var strings = new ArrayList<String>();
        try (var connection = database.superuser();
                var rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }
}
