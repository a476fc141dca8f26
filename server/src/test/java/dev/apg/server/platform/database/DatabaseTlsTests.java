package dev.apg.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import dev.apg.server.platform.config.Settings;
import dev.apg.server.testing.EncryptedDatabase;
import dev.apg.server.testing.TestAuthority;
import dev.apg.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The database is reached with TLS, and proves itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseTlsTests {
    private EncryptedDatabase database;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException, SQLException {
        database = EncryptedDatabase.start(TestAuthority.create(), directory);
    }

    @AfterAll
    void stop() {
        database.close();
    }

    private Map<String, Object> proven() {
        return Map.of("sslmode", "verify-full", "sslrootcert", database.file("authority.crt"));
    }

    private Map<String, Object> provenOnBothSides() {
        return Map.of(
                "sslmode",
                "verify-full",
                "sslrootcert",
                database.file("authority.crt"),
                "sslcert",
                database.file("login.crt"),
                "sslkey",
                database.file("login.key"));
    }

    private Settings settings(String server) throws IOException {
        return Settings.read(Map.of(
                "DATABASE_URL",
                server,
                "DATABASE_MIGRATION_URL",
                database.owner("localhost", proven()),
                "APG_DATA_DIR",
                Files.createTempDirectory("apg-test-").toString(),
                "PORT",
                "0",
                "METRICS_PORT",
                "0"));
    }

    private record Connections(int encrypted, int plain) {}

    /** Of the server and its migrations. */
    private Connections connections() throws SQLException {
        try (var connection = database.superuser();
                var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        SELECT count(*) FILTER (WHERE ssl), count(*) FILTER (WHERE NOT ssl)
                        FROM pg_stat_activity JOIN pg_stat_ssl USING (pid) WHERE usename LIKE 'apg%'
                        """)) {
            row.next();
            return new Connections(row.getInt(1), row.getInt(2));
        }
    }

    @Test
    void a_server_migrates_answers_and_listens_on_encrypted_connections_only() throws Exception {
        Settings settings = settings(database.server("localhost", provenOnBothSides()));
        try (TestServer server = TestServer.start(settings)) {
            assertThat(server.client()
                            .post("/api/v1/compositions", Map.of("code", "shop", "type", "custom"))
                            .status())
                    .isEqualTo(201);
            Connections connections = connections();
            assertThat(connections.plain()).isZero();
            // The pool's, and the two of the feed.
            assertThat(connections.encrypted()).isGreaterThan(2);
        }
    }

    @Test
    void a_start_whose_migrations_came_in_ends_with_a_sentence_when_the_pool_does_not() throws Exception {
        Settings settings = settings(database.server("127.0.0.1", provenOnBothSides()));
        assertThatException()
                .isThrownBy(() -> TestServer.start(settings).close())
                .satisfies(failure -> assertThat(
                                Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause))
                        .filteredOn(MigrationException.class::isInstance)
                        .extracting(Throwable::getMessage)
                        .containsExactly(
                                "The database cannot be reached: 127.0.0.1 has a certificate for another host (expected by sslmode=verify-full: TLS, and a certificate for 127.0.0.1 that %s vouches for)."
                                        .formatted(database.file("authority.crt"))));
    }
}
