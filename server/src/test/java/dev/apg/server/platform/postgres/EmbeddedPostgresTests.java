package dev.apg.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTests {
    private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "apg");

    @TempDir
    Path directory;

    @Test
    void rows_outlive_a_stop_and_a_start() throws Exception {
        try (var postgres = EmbeddedPostgres.start(directory, CACHE)) {
            execute(postgres, "CREATE TABLE kept (n integer)", "INSERT INTO kept VALUES (42)");
        }
        try (var postgres = EmbeddedPostgres.start(directory, CACHE)) {
            assertThat(text(postgres, "SELECT n FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void durability_is_on() throws Exception {
        try (var postgres = EmbeddedPostgres.start(directory, CACHE)) {
            assertThat(text(postgres, "SHOW fsync")).isEqualTo("on");
            assertThat(text(postgres, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(text(postgres, "SHOW full_page_writes")).isEqualTo("on");
        }
    }

    @Test
    void nobody_gets_in_without_the_password_which_only_the_owner_can_read() {
        try (var postgres = EmbeddedPostgres.start(directory, CACHE)) {
            String url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(postgres.port());

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(url, "postgres", "guess"));
            assertThat(directory.resolve("superuser"))
                    .satisfies(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void a_start_that_was_killed_before_it_wrote_the_password_is_made_good() throws Exception {
        Files.createFile(directory.resolve("superuser"));
        Files.writeString(directory.resolve("superuser.new"), "half a pass");
        try (var postgres = EmbeddedPostgres.start(directory, CACHE)) {
            assertThat(text(postgres, "SELECT 42")).isEqualTo("42");
            assertThat(directory.resolve("superuser")).content().hasSize(64);
            assertThat(directory.resolve("superuser.new")).doesNotExist();
        }
    }

    @Test
    void a_second_start_on_the_same_data_is_refused() {
        try (var postgres = EmbeddedPostgres.start(directory, CACHE)) {
            assertThat(postgres.port()).isPositive();
            assertThatExceptionOfType(EmbeddedPostgresException.class)
                    .isThrownBy(() -> EmbeddedPostgres.start(directory, CACHE))
                    .withMessageContaining("Another APG server uses the data");
        }
    }

    @Test
    void a_server_that_a_killed_process_left_behind_is_adopted() throws Exception {
        EmbeddedPostgres abandoned = EmbeddedPostgres.start(directory, CACHE);
        execute(abandoned, "CREATE TABLE kept (n integer)", "INSERT INTO kept VALUES (7)");
        abandoned.abandon();

        try (var adopted = EmbeddedPostgres.start(directory, CACHE)) {
            assertThat(adopted.port()).isEqualTo(abandoned.port());
            assertThat(text(adopted, "SELECT n FROM kept")).isEqualTo("7");
        }
        assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    void data_of_another_major_version_is_refused_with_the_way_out() throws Exception {
        EmbeddedPostgres.start(directory, CACHE).close();
        Files.writeString(directory.resolve("data/PG_VERSION"), "15\n");

        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedPostgres.start(directory, CACHE))
                .withMessageContaining("is of PostgreSQL 15, this program brings 18")
                .withMessageContaining("pg_dump");
    }

    @Test
    void a_first_start_that_was_killed_half_way_is_made_good() throws Exception {
        Path half = directory.resolve("data.new");
        Files.createDirectories(half);
        Files.writeString(half.resolve("PG_VERSION"), "18\n");

        try (var postgres = EmbeddedPostgres.start(directory, CACHE)) {
            assertThat(text(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    private static void execute(EmbeddedPostgres postgres, String... statements) throws SQLException {
        try (var connection = postgres.connect("postgres");
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String text(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection = postgres.connect("postgres");
                var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
