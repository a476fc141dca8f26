package dev.apg.server.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.apg.server.testing.TestCertificate;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeSettingsTests {
    private static final TestCertificate PAIR = TestCertificate.of("edge", "EC");
    private static final TestCertificate OTHER = TestCertificate.of("other", "RSA");

    @TempDir
    Path directory;

    private static String problems(Map<String, String> environment) {
        return String.valueOf(catchThrowableOfType(ConfigurationException.class, () -> Settings.read(environment))
                .getMessage());
    }

    @Test
    void without_any_of_it_nobody_is_let_in_or_believed() {
        assertThat(Settings.read(Map.of()).edge()).isEqualTo(EdgeSettings.PLAIN);
    }

    @Test
    void plain_http_in_production_is_warned_of_unless_a_proxy_is_named() {
        var environment = new HashMap<>(Map.of(
                "ENVIRONMENT", "production",
                "SECRET_KEY", "0f3a9c6d1e8b47527f60c1d2e3a4b5968778695a4b3c2d1e",
                "ENCRYPTION_KEY", "7b1e9d3c5a2f48606e4d2c1b0a998877665544332211ffee",
                "APG_API_KEY", "9c1e0b7a2d5f48366a1b0c9d8e7f60514233241506f7e8d9",
                "DATABASE_URL", "postgresql://apg:hunter22@localhost/apg"));
        String warning =
                "Neither TLS_CERTIFICATE nor TRUSTED_PROXIES is set: tokens and passwords come over plain HTTP, and whoever is on the way can read them.";

        assertThat(Settings.read(environment).warnings()).contains(warning);
        environment.put("TRUSTED_PROXIES", "10.0.0.0/8");
        assertThat(Settings.read(environment).warnings()).doesNotContain(warning);
        environment.remove("TRUSTED_PROXIES");
        environment.put("TLS_CERTIFICATE", PAIR.certificate());
        environment.put("TLS_PRIVATE_KEY", PAIR.privateKey());
        assertThat(Settings.read(environment).warnings()).doesNotContain(warning);
        assertThat(Settings.read(Map.of()).warnings()).isEmpty();
    }

    @Test
    void a_pair_in_files_is_followed_and_one_in_variables_is_not() throws Exception {
        Path certificate = Files.writeString(directory.resolve("tls.crt"), PAIR.certificate());
        Path key = Files.writeString(directory.resolve("tls.key"), PAIR.privateKey());
        Settings files = Settings.read(Map.of(
                "TLS_CERTIFICATE_FILE",
                certificate.toString(),
                "TLS_PRIVATE_KEY_FILE",
                key.toString(),
                "PORT",
                "8443"));
        assertThat(files.edge().tls().orElseThrow().files()).contains(new EdgeSettings.Files(certificate, key));
        assertThat(files.accessTokens().issuer()).isEqualTo("https://localhost:8443");
        assertThat(files.warnings()).isEmpty();
        Settings texts =
                Settings.read(Map.of("TLS_CERTIFICATE", OTHER.certificate(), "TLS_PRIVATE_KEY", OTHER.privateKey()));
        assertThat(texts.edge().tls().orElseThrow().files()).isEmpty();
        assertThat(texts.toString()).contains("CN=other").doesNotContain("PRIVATE");
    }

    @Test
    void a_pair_that_does_not_belong_together_stops_the_start_with_a_sentence() {
        for (TestCertificate wrong : List.of(OTHER, TestCertificate.of("third", "EC"))) {
            assertThat(problems(Map.of("TLS_CERTIFICATE", PAIR.certificate(), "TLS_PRIVATE_KEY", wrong.privateKey())))
                    .contains(
                            "TLS_PRIVATE_KEY is not the key of the first certificate in TLS_CERTIFICATE, CN=edge (expected: the two that belong together).");
        }
    }

    @Test
    void half_a_pair_and_what_is_none_stop_the_start_with_a_sentence_that_tells_no_key() {
        assertThat(problems(Map.of("TLS_CERTIFICATE", PAIR.certificate())))
                .contains("TLS_PRIVATE_KEY is missing (expected with TLS_CERTIFICATE: ");
        assertThat(problems(Map.of("TLS_PRIVATE_KEY", PAIR.privateKey())))
                .contains("TLS_CERTIFICATE is missing (expected with TLS_PRIVATE_KEY: ")
                .doesNotContain("-----");
        Map<String, String> swapped = new HashMap<>();
        swapped.put("TLS_CERTIFICATE", PAIR.privateKey());
        swapped.put("TLS_PRIVATE_KEY", PAIR.certificate());
        assertThat(problems(swapped))
                .contains("TLS_CERTIFICATE: this value will not do")
                .doesNotContain("-----");
        String cut = PAIR.privateKey().substring(0, 80);
        assertThat(problems(Map.of("TLS_CERTIFICATE", PAIR.certificate(), "TLS_PRIVATE_KEY", cut)))
                .contains("TLS_PRIVATE_KEY: this value will not do")
                .doesNotContain(cut.substring(40));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "https://*.example.com",
                "portal.example.com",
                "https://portal.example.com/",
                "https://portal.example.com/app",
                "https://user@portal.example.com",
                "ftp://portal.example.com",
                "https://a.example, *",
                "https://a.example,,https://b.example",
            })
    void what_is_no_exact_origin_stops_the_start(String origins) {
        assertThat(problems(Map.of("CORS_ALLOWED_ORIGINS", origins)))
                .startsWith("CORS_ALLOWED_ORIGINS: ")
                .contains("expected: origins such as");
    }

    @Test
    void origins_are_read_as_browsers_spell_them() {
        assertThat(Settings.read(Map.of("CORS_ALLOWED_ORIGINS", "https://a.example, http://localhost:5173"))
                        .edge()
                        .allowedOrigins())
                .containsExactly("https://a.example", "http://localhost:5173");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "proxy.example", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/-1", "10.0.0.0/", "::1/129", ""})
    void what_is_no_network_stops_the_start(String networks) {
        if (networks.isEmpty()) {
            assertThat(Settings.read(Map.of("TRUSTED_PROXIES", networks)).edge())
                    .isEqualTo(EdgeSettings.PLAIN);
        } else {
            assertThat(problems(Map.of("TRUSTED_PROXIES", networks))).startsWith("TRUSTED_PROXIES: ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.168.4.0/22, 192.168.7.255, true",
        "192.168.4.0/22, 192.168.8.0, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
    })
    void a_network_has_the_addresses_that_begin_like_it(String network, String address, boolean within) {
        assertThat(Settings.read(Map.of("TRUSTED_PROXIES", network)).edge().isTrusted(InetAddress.ofLiteral(address)))
                .isEqualTo(within);
    }
}
