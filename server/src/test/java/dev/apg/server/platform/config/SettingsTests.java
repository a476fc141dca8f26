package dev.apg.server.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTests {
    private static final String KEY = "0f3a9c6d1e8b47527f60c1d2e3a4b5968778695a4b3c2d1e";
    private static final String OTHER_KEY = "7b1e9d3c5a2f48606e4d2c1b0a998877665544332211ffee";
    private static final String THIRD_KEY = "9c1e0b7a2d5f48366a1b0c9d8e7f60514233241506f7e8d9";

    @Test
    void development_needs_nothing() {
        Settings settings = Settings.read(Map.of());

        assertThat(settings.stage()).isEqualTo(Settings.Stage.DEVELOPMENT);
        assertThat(settings.port()).isEqualTo(8000);
        assertThat(settings.metricsPort()).contains(9090);
        assertThat(settings.database()).isEmpty();
        assertThat(settings.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PORT | 70000 | PORT: 70000 (expected: 0 to 65535).",
                "PORT | eighty | PORT: eighty (expected: 0 to 65535).",
                "ENVIRONMENT | prod | ENVIRONMENT: prod (expected: one of development, staging, production).",
                "LOG_LEVEL | loud | LOG_LEVEL: loud (expected: one of trace, debug, info, warn, error).",
                "DEBUG | maybe | DEBUG: maybe (expected: true or false).",
                "DATABASE_URL | mysql://localhost/apg | DATABASE_URL: this value will not do (expected: an address that starts with postgresql:// or postgres://).",
                "METRICS_PORT | 8000 | METRICS_PORT: 8000 (expected: another port than that of the API, PORT).",
                "APG_DATA_DIR | /proc/apg | APG_DATA_DIR: /proc/apg (expected: a directory that this user may write to; /proc is not).",
                "APG_DATA_DIR | /etc/hostname | APG_DATA_DIR: /etc/hostname (expected: a directory; /etc/hostname is none).",
                "APG_DATA_DIR | /etc/hostname/apg | APG_DATA_DIR: /etc/hostname/apg (expected: a directory; /etc/hostname is none).",
                "DATABASE_URL | postgresql://u:p@host:99999/x | DATABASE_URL: port: 99999 (expected: 1 to 65535).",
                "DATABASE_POOL_SIZE | 0 | DATABASE_POOL_SIZE: 0 (expected: 1 to 1000).",
                "REDIS_URL | localhost | REDIS_URL: this value will not do (expected: an address that starts with redis:// or rediss://).",
            })
    void a_bad_value_stops_the_start_with_a_sentence(String name, String value, String sentence) {
        assertThat(problems(Map.of(name, value))).containsExactly(sentence);
    }

    @Test
    void production_names_everything_that_is_missing_or_wrong_at_once() {
        assertThat(problems(Map.of("ENVIRONMENT", "production")))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("SECRET_KEY is missing"),
                        problem -> assertThat(problem).startsWith("APG_API_KEY is missing"),
                        problem -> assertThat(problem)
                                .startsWith(
                                        "ENCRYPTION_KEY is missing (expected outside development: at least 32 bytes"),
                        problem -> assertThat(problem).startsWith("DATABASE_URL is missing"));
        assertThat(problems(Map.of(
                        "ENV", "production", "SECRET_KEY", KEY, "ENCRYPTION_KEY", OTHER_KEY, "APG_API_KEY", THIRD_KEY)))
                .singleElement()
                .asString()
                .startsWith("DATABASE_URL is missing");
        assertThat(problems(Map.of(
                        "ENV",
                        "staging",
                        "SECRET_KEY",
                        "short",
                        "ENCRYPTION_KEY",
                        "shorter",
                        "APG_API_KEY",
                        OTHER_KEY,
                        "PORT",
                        "eighty",
                        "DATABASE_URL",
                        " ")))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("SECRET_KEY: this value will not do"),
                        problem -> assertThat(problem).startsWith("ENCRYPTION_KEY: this value will not do"),
                        problem -> assertThat(problem).startsWith("DATABASE_URL is missing"),
                        problem -> assertThat(problem).startsWith("PORT: eighty"));
        assertThat(problems(Map.of(
                        "ENV",
                        "production",
                        "SECRET_KEY",
                        KEY,
                        "ENCRYPTION_KEY",
                        OTHER_KEY,
                        "APG_API_KEY",
                        THIRD_KEY,
                        "DATABASE_URL",
                        "mysql://x")))
                .singleElement()
                .asString()
                .startsWith("DATABASE_URL: this value will not do");
    }

    @ParameterizedTest
    @CsvSource({
        "short",
        "change-me-change-me-change-me-change-me",
        "changemechangemechangemechangeme",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    })
    void a_weak_or_default_secret_is_refused_without_being_repeated(String secret) {
        assertThat(problems(Map.of("SECRET_KEY", secret)))
                .singleElement()
                .asString()
                .startsWith("SECRET_KEY: this value will not do (expected: at least 32 bytes")
                .doesNotContain(secret);
    }

    @Test
    void production_refuses_shared_secrets_and_passwords_by_name_without_showing_them() {
        var environment = new HashMap<>(Map.of(
                "ENV",
                "production",
                "SECRET_KEY",
                KEY,
                "ENCRYPTION_KEY",
                OTHER_KEY + "," + KEY,
                "SMTP_PASSWORD",
                "hunter22",
                "DATABASE_URL",
                "postgresql://apg:hunter22@db/apg",
                "AWS_SECRET_ACCESS_KEY",
                OTHER_KEY,
                "APG_API_KEY",
                THIRD_KEY));
        String tail = " have the same value (expected: a value of its own for each).";
        assertThat(problems(environment))
                .containsExactlyInAnyOrder(
                        "SECRET_KEY and ENCRYPTION_KEY" + tail,
                        "ENCRYPTION_KEY and AWS_SECRET_ACCESS_KEY" + tail,
                        "SMTP_PASSWORD and DATABASE_URL" + tail);
        environment.put("ENV", "development");
        assertThat(problems(environment)).containsExactly("SECRET_KEY and ENCRYPTION_KEY" + tail);
    }

    @Test
    void an_encryption_key_may_stand_before_those_that_it_follows_but_each_must_do() {
        assertThat(Settings.read(Map.of("ENCRYPTION_KEY", KEY + ", " + OTHER_KEY))
                        .encryptionKeys())
                .containsExactly(new Secret(KEY), new Secret(OTHER_KEY));
        for (String wrong : List.of(KEY + ",short", KEY + "," + KEY, KEY + ",", KEY + ",change-me-" + OTHER_KEY)) {
            assertThat(problems(Map.of("ENCRYPTION_KEY", wrong)))
                    .singleElement()
                    .asString()
                    .startsWith("ENCRYPTION_KEY: this value will not do (expected: at least 32 bytes of your own")
                    .doesNotContain(KEY);
        }
        assertThat(Settings.read(Map.of("ENCRYPTION_KEY", KEY)).toString()).doesNotContain(KEY);
    }

    @Test
    void tokens_signed_with_a_shared_key_are_for_development_only() {
        var development = Settings.read(Map.of("JWT_ALGORITHM", "HS256", "JWT_SECRET_KEY", KEY));
        assertThat(development.accessTokens().sharedKey()).contains(new Secret(KEY));
        assertThat(development.warnings()).isEmpty();
        assertThat(problems(Map.of("JWT_ALGORITHM", "HS256")))
                .singleElement()
                .asString()
                .startsWith("JWT_SECRET_KEY is missing (expected with JWT_ALGORITHM=hs256: at least 32 bytes");
        for (String stage : List.of("staging", "production")) {
            assertThat(problems(Map.of(
                            "ENV",
                            stage,
                            "JWT_ALGORITHM",
                            "HS256",
                            "JWT_SECRET_KEY",
                            KEY,
                            "SECRET_KEY",
                            "s" + KEY,
                            "ENCRYPTION_KEY",
                            OTHER_KEY,
                            "APG_API_KEY",
                            THIRD_KEY,
                            "DATABASE_URL",
                            "postgresql://apg@db/apg")))
                    .containsExactly(
                            "JWT_ALGORITHM: hs256 (expected outside development: es256 or rs256, whose keys the server makes, keeps encrypted and rotates by itself; leave JWT_ALGORITHM and JWT_SECRET_KEY out).");
        }
        assertThat(Settings.read(Map.of("JWT_SECRET", KEY)).warnings())
                .containsExactly("JWT_SECRET_KEY has no effect: only JWT_ALGORITHM=hs256 uses it.");
    }

    @Test
    void tokens_name_the_public_address_as_their_issuer() {
        assertThat(Settings.read(Map.of("PORT", "8123")).accessTokens().issuer())
                .isEqualTo("http://localhost:8123");
        assertThat(Settings.read(Map.of("APG_PUBLIC_URL", "https://apg.example/"))
                        .accessTokens()
                        .issuer())
                .isEqualTo("https://apg.example");
        for (String wrong :
                List.of("apg.example", "https://apg.example/path", "https://u:p@apg.example", "https://a?b")) {
            assertThat(problems(Map.of("APG_PUBLIC_URL", wrong)))
                    .containsExactly(
                            "APG_PUBLIC_URL: %s (expected: an address that starts with http:// or https://, without a path)."
                                    .formatted(wrong));
        }
    }

    @Test
    void a_secret_may_not_serve_two_purposes() {
        assertThat(problems(Map.of("SECRET_KEY", KEY, "ENCRYPTION_KEY", KEY)))
                .containsExactly(
                        "SECRET_KEY and ENCRYPTION_KEY have the same value (expected: a value of its own for each).");
    }

    @Test
    void both_spellings_of_a_variable_work_but_must_agree() {
        assertThat(Settings.read(Map.of("ENV", "development")).stage()).isEqualTo(Settings.Stage.DEVELOPMENT);
        assertThat(problems(Map.of("ENV", "staging", "ENVIRONMENT", "development")))
                .contains("ENVIRONMENT and ENV are the same variable and differ (expected: one of them).");
    }

    @Test
    void a_value_may_come_from_a_file(@TempDir Path directory) throws Exception {
        Path port = Files.writeString(directory.resolve("port"), "8123\n");

        assertThat(Settings.read(Map.of("PORT_FILE", port.toString())).port()).isEqualTo(8123);
    }

    @Test
    void a_file_that_cannot_be_read_is_refused_with_the_reason(@TempDir Path directory) throws Exception {
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff});
        Path file = Files.writeString(directory.resolve("file"), "8123");

        assertThat(problems(Map.of("PORT_FILE", directory + "/absent")))
                .containsExactly("PORT_FILE: %s/absent cannot be read: it does not exist.".formatted(directory));
        assertThat(problems(Map.of("PORT_FILE", directory.toString())))
                .containsExactly("PORT_FILE: %s cannot be read: it is a directory.".formatted(directory));
        assertThat(problems(Map.of("PORT_FILE", binary.toString())))
                .containsExactly("PORT_FILE: %s cannot be read: it is not UTF-8.".formatted(binary));
        assertThat(problems(Map.of("PORT_FILE", file + "/below")))
                .containsExactly("PORT_FILE: %s/below cannot be read: Not a directory.".formatted(file));
        assertThat(problems(Map.of("PORT_FILE", " ")))
                .containsExactly("PORT_FILE is empty (expected: the path of a file).");
        Files.setPosixFilePermissions(file, Set.of());
        if (!Files.isReadable(file)) {
            // The administrator may read everything.
            assertThat(problems(Map.of("PORT_FILE", file.toString())))
                    .containsExactly("PORT_FILE: %s cannot be read: this user may not read it.".formatted(file));
        }
    }

    @Test
    void a_pipe_that_nobody_writes_to_is_given_up(@TempDir Path directory) throws Exception {
        Path pipe = pipe(directory);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Settings.read(Map.of("PORT_FILE", pipe.toString()), Duration.ofMillis(50)))
                .withMessage(
                        "PORT_FILE: %s cannot be read: it did not end within 0 s (expected: a file, or a pipe that is written to and closed).",
                        pipe);
        try (var writer = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // Somebody writes, and does not end.
            writer.write(ByteBuffer.wrap(new byte[] {'8'}));
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> Settings.read(Map.of("PORT_FILE", pipe.toString()), Duration.ofMillis(50)))
                    .withMessageContaining("did not end");
        }
    }

    private static Path pipe(Path directory) throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    @Test
    void a_file_without_an_end_is_refused_with_a_sentence() {
        for (String name : List.of("DATABASE_PASSWORD", "SECRET_KEY", "PORT")) {
            assertThat(problems(Map.of(name + "_FILE", "/dev/zero")))
                    .containsExactly(
                            "%s_FILE: /dev/zero is larger than 64 KiB (expected: a file that holds nothing but the value)."
                                    .formatted(name));
        }
    }

    @Test
    void a_pipe_gives_its_value_once_and_a_file_again_and_again(@TempDir Path directory) throws Exception {
        Path pipe = pipe(directory);
        Thread.ofVirtual().start(() -> {
            try {
                Files.writeString(pipe, "from a pipe\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Path file = Files.writeString(directory.resolve("file"), "from a file\n");

        var piped = database(pipe);
        assertThat(piped.server().password()).isEqualTo("from a pipe");
        assertThat(piped.passwordFile()).isEmpty();
        var read = database(file);
        assertThat(read.server().password()).isEqualTo("from a file");
        assertThat(read.passwordFile()).contains(file);
    }

    private static Settings.Database database(Path passwordFile) {
        return Settings.read(Map.of(
                        "DATABASE_URL", "postgresql://apg@db/apg", "DATABASE_PASSWORD_FILE", passwordFile.toString()))
                .database()
                .orElseThrow();
    }

    @Test
    void unknown_names_and_features_to_come_are_warned_of() {
        Settings settings = Settings.read(Map.of("APG_DATADIR", "/x", "AWS_REGION", "eu-central-1"));

        assertThat(settings.warnings())
                .containsExactlyInAnyOrder(
                        "APG_DATADIR is not known: did you mean APG_DATA_DIR?",
                        "AWS_REGION has no effect yet: it waits for storage.");
    }

    @Test
    void a_name_that_was_misspelt_is_told_where_the_start_is_refused_too() {
        assertThat(problems(Map.of("PORT", "eighty", "APG_DATADIR", "/x", "AWS_REGION", "eu-central-1")))
                .containsExactly(
                        "PORT: eighty (expected: 0 to 65535).", "APG_DATADIR is not known: did you mean APG_DATA_DIR?");
    }

    private static MailSettings mail(String... more) {
        var environment = new HashMap<>(Map.of("SMTP_SERVER", "mail.example.org", "APG_MAIL_FROM", "apg@example.org"));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return MailSettings.read(new EnvironmentReader(environment, Duration.ofSeconds(1)), Settings.Stage.PRODUCTION)
                .orElseThrow();
    }

    @Test
    void mail_goes_out_encrypted_except_to_this_machine_and_in_development() {
        assertThat(mail().encryption()).isEqualTo(MailSettings.Encryption.STARTTLS);
        assertThat(mail("SMTP_PORT", "465").encryption()).isEqualTo(MailSettings.Encryption.TLS);
        assertThat(mail("SMTP_SERVER", "localhost").encryption()).isEqualTo(MailSettings.Encryption.IF_OFFERED);
        assertThat(Settings.read(Map.of("SMTP_SERVER", "mail.example.org", "APG_MAIL_FROM", "apg@example.org"))
                        .mail()
                        .orElseThrow()
                        .encryption())
                .isEqualTo(MailSettings.Encryption.IF_OFFERED);
    }

    @Test
    void a_mail_server_needs_a_sender_and_both_of_user_and_password() {
        assertThat(problems(Map.of("SMTP_SERVER", "mail.example.org")))
                .containsExactly(
                        "APG_MAIL_FROM is missing (expected with SMTP_SERVER: an address such as apg@example.com).");
        assertThat(problems(Map.of(
                        "SMTP_SERVER", "mail.example.org", "APG_MAIL_FROM", "a@example.org", "SMTP_USERNAME", "apg")))
                .containsExactly("SMTP_USERNAME and SMTP_PASSWORD: one of them is missing (expected: both or none).");
        assertThat(problems(Map.of("SMTP_SERVER", "mail.example.org", "APG_MAIL_FROM", "nobody")))
                .containsExactly("APG_MAIL_FROM: nobody (expected: an address such as apg@example.com).");
    }

    private static Optional<Settings.RateLimit> rateLimit(String... more) {
        var environment = new HashMap<>(Map.of(
                "DATABASE_URL",
                "postgresql://apg:secret@db/apg",
                "SECRET_KEY",
                KEY,
                "ENCRYPTION_KEY",
                OTHER_KEY,
                "APG_API_KEY",
                THIRD_KEY));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return Settings.read(environment).rateLimit();
    }

    @Test
    void how_often_clients_may_ask_has_a_limit_outside_development_and_where_one_is_given() {
        var usual = Optional.of(new Settings.RateLimit(6000, 1000));

        assertThat(rateLimit()).isEmpty();
        assertThat(rateLimit("ENVIRONMENT", "staging")).isEqualTo(usual);
        assertThat(rateLimit("ENVIRONMENT", "production")).isEqualTo(usual);
        assertThat(rateLimit("ENVIRONMENT", "production", "RATE_LIMIT_ENABLED", "false"))
                .isEmpty();
        assertThat(rateLimit("RATE_LIMIT_ENABLED", "true")).isEqualTo(usual);
        assertThat(rateLimit("RATE_LIMIT_REQUESTS_PER_MINUTE", "60")).contains(new Settings.RateLimit(60, 1000));
        assertThat(rateLimit("RATE_LIMIT_BURST", "5")).contains(new Settings.RateLimit(6000, 5));
        assertThat(rateLimit("RATE_LIMIT_BURST", "5", "RATE_LIMIT_ENABLED", "false"))
                .isEmpty();
    }

    @Test
    void an_address_may_leave_credentials_to_other_variables() {
        var environment = new HashMap<String, String>();
        environment.put("DATABASE_URL", "postgresql://db.example:6432/apg?sslmode=require");
        environment.put("DATABASE_USER", "apg");
        environment.put("DATABASE_PASSWORD", "p@ss:word/with+signs");

        var server = Settings.read(environment).database().orElseThrow().server();

        assertThat(server.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:6432/apg?sslmode=require");
        assertThat(server.user()).isEqualTo("apg");
        assertThat(server.password()).isEqualTo("p@ss:word/with+signs");
        assertThat(server.toString()).doesNotContain("p@ss");
    }

    @Test
    void an_address_with_an_unknown_option_is_refused_without_its_password() {
        assertThat(problems(Map.of("DATABASE_URL", "postgresql://apg:hunter22@db/apg?ssl=1")))
                .singleElement()
                .asString()
                .contains("option: ssl (expected: one of application_name")
                .doesNotContain("hunter22");
    }

    private static List<String> problems(Map<String, String> environment) {
        var caught = assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Settings.read(environment))
                .actual();
        return caught.sentences();
    }
}
