package dev.apg.server.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apg.server.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of how the database and Redis are reached. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackingServicesTests {
    private static final String HIDDEN = "hunter22";
    private static final Map<String, String> PRODUCTION = Map.of(
            "ENVIRONMENT",
            "production",
            "SECRET_KEY",
            "0f3a9c6d1e8b47527f60c1d2e3a4b5968778695a4b3c2d1e",
            "ENCRYPTION_KEY",
            "7b1e9d3c5a2f48606e4d2c1b0a998877665544332211ffee",
            "APG_API_KEY",
            "9c1e0b7a2d5f48366a1b0c9d8e7f60514233241506f7e8d9",
            "APG_PUBLIC_URL",
            "https://apg.example",
            "TRUSTED_PROXIES",
            "10.0.0.0/8",
            "DATABASE_URL",
            "postgresql://apg@localhost/apg");

    private final TestCertificate pair = TestCertificate.ofHost("db.example");
    private Path certificate;
    private Path key;
    private Path words;

    @BeforeAll
    void write(@TempDir Path directory) throws IOException {
        certificate = Files.writeString(directory.resolve("root.crt"), pair.certificate());
        key = Files.writeString(directory.resolve("client.key"), pair.privateKey());
        words = Files.writeString(directory.resolve("words.txt"), "no certificate");
    }

    /** With the files of this test in their places. */
    private String filled(String text) {
        return text.replace("CERTIFICATE", certificate.toString())
                .replace("KEY", key.toString())
                .replace("WORDS", words.toString());
    }

    private static List<String> warnings(Map<String, String> more) {
        var environment = new HashMap<>(PRODUCTION);
        environment.putAll(more);
        return Settings.read(environment).warnings();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://apg:hunter22@localhost/apg",
                "postgresql://apg:hunter22@127.0.0.1/apg",
                "postgresql://apg:hunter22@127.3.2.1:6432/apg?sslmode=disable",
                "postgresql://apg:hunter22@[::1]/apg",
                "postgresql://apg:hunter22@db.example/apg?sslmode=verify-full&sslrootcert=CERTIFICATE",
                "postgresql://apg:hunter22@db.example/apg?sslmode=verify-full&sslrootcert=system",
                "postgresql://apg:hunter22@db.example/apg?sslmode=verify-ca&sslrootcert=CERTIFICATE",
                "postgresql://apg:hunter22@db.example/apg?sslmode=require&sslrootcert=CERTIFICATE&sslcert=CERTIFICATE&sslkey=KEY",
            })
    void nobody_is_warned_of_a_database_here_or_one_that_proves_itself(String url) {
        assertThat(warnings(Map.of("DATABASE_URL", filled(url)))).isEmpty();
    }

    @Test
    void outside_development_a_database_elsewhere_that_others_could_read_is_warned_of_by_its_variable() {
        String tail = " (expected outside development: sslmode=verify-full and sslrootcert).";
        for (String mode : List.of("", "?sslmode=disable", "?sslmode=allow", "?sslmode=prefer")) {
            assertThat(warnings(Map.of("DATABASE_URL", "postgresql://apg:hunter22@db.example/apg" + mode)))
                    .containsExactly(
                            "DATABASE_URL: what passes between here and db.example can be read and changed on the way"
                                    + tail);
        }
        assertThat(warnings(Map.of("DATABASE_MIGRATION_URL", "postgresql://apg:hunter22@10.1.2.3/apg?sslmode=require")))
                .containsExactly(
                        "DATABASE_MIGRATION_URL: what passes between here and 10.1.2.3 is encrypted, but nothing proves who answers"
                                + tail);
        assertThat(Settings.read(Map.of("DATABASE_URL", "postgresql://apg:hunter22@db.example/apg"))
                        .warnings())
                .isEmpty();
    }

    @Test
    void outside_development_a_redis_elsewhere_that_others_could_read_is_warned_of() {
        assertThat(warnings(Map.of("REDIS_URL", "redis://:hunter22@cache.example:6379/0")))
                .containsExactly(
                        "REDIS_URL: what passes between here and cache.example can be read and changed on the way (expected outside development: rediss://).");
        assertThat(warnings(Map.of("REDIS_URL", "rediss://:hunter22@cache.example")))
                .isEmpty();
        assertThat(warnings(Map.of("REDIS_URL", "redis://:hunter22@localhost"))).isEmpty();
        assertThat(Settings.read(Map.of("REDIS_URL", "redis://:hunter22@cache.example"))
                        .toString())
                .contains("cache.example")
                .doesNotContain(HIDDEN);
    }

    @Test
    void certificates_for_a_redis_without_tls_are_warned_of() {
        assertThat(Settings.read(Map.of("REDIS_URL", "redis://localhost", "APG_REDIS_CERTIFICATES", pair.certificate()))
                        .warnings())
                .containsExactly(
                        "APG_REDIS_CERTIFICATES has no effect: only a REDIS_URL that starts with rediss:// uses it.");
        assertThat(Settings.read(Map.of(
                                "REDIS_URL",
                                "rediss://localhost",
                                "APG_REDIS_CERTIFICATES_FILE",
                                certificate.toString()))
                        .redis()
                        .orElseThrow()
                        .certificates())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DATABASE_URL | postgresql://u:hunter22@h/d?sslmode=verify_full | sslmode: verify_full (expected: one of disable, allow, prefer, require, verify-ca, verify-full).",
                "DATABASE_URL | postgresql://u:hunter22@h/d?sslmode=verify-ca | sslrootcert is missing (expected with sslmode=verify-ca: a file of the certificates that vouch for the database, or system for those that Java trusts).",
                "DATABASE_URL | postgresql://u:hunter22@h/d?sslrootcert=CERTIFICATE | sslmode: prefer (expected: verify-full with sslrootcert: the others look at no certificate).",
                "DATABASE_URL | postgresql://u:hunter22@h/d?sslmode=require&sslrootcert=system | sslmode: require (expected: verify-full with sslrootcert=system: anybody can have a certificate for another host).",
                "DATABASE_URL | postgresql://u:hunter22@h/d?sslmode=require&sslmode=disable | option: sslmode (expected: once).",
                "DATABASE_URL | postgresql://u:hunter22@h/d?sslmode=verify-full&sslrootcert=/nowhere | sslrootcert: /nowhere (expected: a file of certificates in PEM that this user may read).",
                "DATABASE_URL | postgresql://u:hunter22@h/d?sslmode=verify-full&sslrootcert=WORDS | sslrootcert: WORDS (expected: a file of certificates in PEM that this user may read).",
                "DATABASE_URL | postgresql://u:hunter22@h/d?sslmode=require&sslcert=CERTIFICATE | sslkey is missing (expected: both sslcert and sslkey, or none).",
                "DATABASE_URL | postgresql://u:hunter22@h/d?sslmode=require&sslcert=CERTIFICATE&sslkey=/nowhere | sslkey: /nowhere (expected: a file that this user may read).",
                "DATABASE_URL | postgresql://u:hunter22@h/d?sslcert=CERTIFICATE&sslkey=KEY | sslcert: CERTIFICATE (expected: with sslmode=verify-full and a file as sslrootcert).",
                "REDIS_URL | rediss://:hunter22@h?verifyPeer=none | option: verifyPeer (expected: one of clientName, database, db).",
                "REDIS_URL | redis://:hunter22@h/zero | this value will not do (expected: redis://user:password@host:port/database, with a number as the database).",
                "APG_REDIS_CERTIFICATES | none | none (expected: certificates in PEM).",
            })
    void what_does_not_go_together_stops_the_start_with_a_sentence(String name, String value, String sentence) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Settings.read(Map.of(name, filled(value))))
                .satisfies(refused -> assertThat(refused.sentences())
                        .containsExactly(name + ": " + filled(sentence))
                        .noneMatch(text -> text.contains(HIDDEN)));
    }
}
