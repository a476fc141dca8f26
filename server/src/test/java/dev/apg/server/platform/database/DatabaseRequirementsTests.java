package dev.apg.server.platform.database;

import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apg.server.ApgServer;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.testing.TestDatabase;
import java.nio.file.Files;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DatabaseRequirementsTests {
    @Test
    void a_database_that_cannot_hold_every_text_is_refused() throws Exception {
        String name = "latin_" + UUID.randomUUID().toString().replace("-", "");
        try (TestDatabase database = TestDatabase.create();
                var connection = database.superuser();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE %s OWNER apg_owner ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"
                    .formatted(name));
            String url = database.owner().jdbcUrl();
            var latin = new DatabaseAddress(
                    url.substring(0, url.lastIndexOf('/') + 1) + name,
                    database.owner().user(),
                    database.owner().password());
            var external = new Settings.Database(latin, Optional.empty(), Optional.empty(), 1, 1);
            Settings settings = Settings.ofDevelopment(Files.createTempDirectory("apg-test-"), Optional.of(external));
            try {
                assertThatException()
                        .isThrownBy(() -> ApgServer.start(settings))
                        .havingRootCause()
                        .isInstanceOf(MigrationException.class)
                        .withMessage(
                                "The database %s has the encoding LATIN1 (expected: UTF8): create it with"
                                        + " ENCODING 'UTF8' TEMPLATE template0.",
                                name);
            } finally {
                statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
            }
        }
    }

    @Test
    void a_server_older_than_fifteen_is_refused_with_what_it_is() {
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> DatabaseRequirements.requireVersion(140_009, "14.9 (Debian 14.9-1.pgdg120+1)"))
                .withMessage(
                        "The database is PostgreSQL 14.9 (Debian 14.9-1.pgdg120+1) (expected: 15 or newer): upgrade it, or let"
                                + " DATABASE_URL name another one.");
        DatabaseRequirements.requireVersion(150_000, "15beta1");
    }
}
