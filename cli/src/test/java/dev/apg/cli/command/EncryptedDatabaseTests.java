package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import dev.apg.server.testing.EncryptedDatabase;
import dev.apg.server.testing.TestAuthority;
import dev.apg.server.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a database that does not prove itself, or does not as it was asked to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncryptedDatabaseTests {
    private Path directory;
    private EncryptedDatabase database;
    private Path authority;
    private Path stranger;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException, SQLException {
        this.directory = directory;
        database = EncryptedDatabase.start(TestAuthority.create(), directory);
        authority = database.file("authority.crt");
        stranger = database.write(
                "stranger.crt", TestAuthority.create().certificate().certificate());
    }

    @AfterAll
    void stop() {
        database.close();
    }

    private Cli.Outcome status(String url) {
        Cli.Outcome outcome = Cli.alone(directory).with("DATABASE_URL", url).run("migrate", "status");
        assertThat(outcome.err()).doesNotContain(database.password());
        return outcome;
    }

    private void assertRefused(String url, String sentence) {
        Cli.Outcome refused = status(url);
        assertThat(refused.err())
                .isEqualTo("apg: The database cannot be reached for migrating: %s\n".formatted(sentence));
        assertThat(refused.code()).isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void one_that_proves_itself_as_it_was_asked_to_is_used() {
        for (Map<String, Object> options : List.<Map<String, Object>>of(
                Map.of("sslmode", "require"),
                Map.of("sslmode", "require", "sslrootcert", authority),
                Map.of("sslmode", "verify-ca", "sslrootcert", authority),
                Map.of("sslmode", "verify-full", "sslrootcert", authority))) {
            Cli.Outcome outcome = status(database.owner("localhost", options));
            assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCode.OK);
        }
        Cli.Outcome byNumber =
                status(database.owner("127.0.0.1", Map.of("sslmode", "verify-ca", "sslrootcert", authority)));
        assertThat(byNumber.code()).as(byNumber.err()).isEqualTo(ExitCode.OK);
    }

    @Test
    void a_certificate_that_nothing_vouches_for_is_refused() {
        for (String mode : List.of("verify-ca", "require")) {
            assertRefused(
                    database.owner("localhost", Map.of("sslmode", mode, "sslrootcert", stranger)),
                    "localhost has a certificate that nothing trusted here vouches for (expected by sslmode=verify-ca: TLS, and a certificate that %s vouches for)."
                            .formatted(stranger));
        }
        assertRefused(
                database.owner("localhost", Map.of("sslmode", "verify-full", "sslrootcert", "system")),
                "localhost has a certificate that nothing trusted here vouches for (expected by sslmode=verify-full: TLS, and a certificate for localhost that what Java trusts vouches for).");
    }

    @Test
    void a_certificate_of_another_host_is_refused() {
        assertRefused(
                database.owner("127.0.0.1", Map.of("sslmode", "verify-full", "sslrootcert", authority)),
                "127.0.0.1 has a certificate for another host (expected by sslmode=verify-full: TLS, and a certificate for 127.0.0.1 that %s vouches for)."
                        .formatted(authority));
    }

    @Test
    void one_without_tls_is_refused_by_whoever_asks_for_it() {
        try (TestDatabase plain = TestDatabase.create()) {
            String url = plain.owner().jdbcUrl().replaceFirst(".*//127[.]0[.]0[.]1", "");
            Cli.Outcome refused = Cli.alone(directory)
                    .with("PORT", "0")
                    .with("METRICS_PORT", "0")
                    .with("DATABASE_URL", "postgresql://apg_owner:hidden@localhost%s?sslmode=require".formatted(url))
                    .run("serve");
            assertThat(refused.err())
                    .isEqualTo(
                            "apg: The database cannot be reached for migrating: localhost does not speak TLS (expected by sslmode=require: TLS).\n");
            assertThat(refused.code()).isEqualTo(ExitCode.UNAVAILABLE);
        }
    }

    @Test
    void a_role_of_which_a_certificate_is_asked_shows_it() {
        Cli.Outcome without =
                status(database.server("localhost", Map.of("sslmode", "verify-full", "sslrootcert", authority)));
        assertThat(without.code()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(without.err()).hasLineCount(1).contains("certificate");
    }
}
