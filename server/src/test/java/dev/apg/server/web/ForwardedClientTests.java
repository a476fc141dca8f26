package dev.apg.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.platform.config.EdgeSettings;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose a request is behind a proxy. The address of these tests is the proxy's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwardedClientTests {
    private static final String PROXIES = "127.0.0.1, 10.0.0.0/8";

    @AutoClose
    private final TestServer alone = behind(Map.of());

    @AutoClose
    private final TestServer listed = behind(Map.of("TRUSTED_PROXIES", PROXIES));

    @AutoClose
    private final TestServer standard = behind(Map.of("TRUSTED_PROXIES", PROXIES, "TRUSTED_PROXY_HEADER", "forwarded"));

    private static TestServer behind(Map<String, String> environment) {
        try {
            EdgeSettings edge = Settings.read(environment).edge();
            var rate = new Settings.RateLimit(300, 300);
            return TestServer.start(
                    TestDatabase.create(),
                    Files.createTempDirectory("apg-test-"),
                    settings -> TestServer.withEdge(edge)
                            .apply(TestServer.withRateLimit(rate).apply(settings)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address that the audit log has of a request with these headers. */
    private static String audited(TestServer server, TestClient client) {
        Answer made = client.post("/api/v1/tokens", Map.of("label", "x", "role", "observer"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String request = made.header("X-Request-Id").orElseThrow();
        return server.client()
                .get("/api/v1/audit?request_id=" + request)
                .json()
                .at("/items/0/address")
                .asString();
    }

    @Test
    void without_trusted_proxies_nobody_is_believed() {
        TestClient liar = alone.client()
                .with("X-Forwarded-For", "203.0.113.7")
                .with("Forwarded", "for=203.0.113.7;proto=https")
                .with("X-Forwarded-Proto", "https")
                .with("X-Real-IP", "203.0.113.7");
        assertThat(audited(alone, liar)).isEqualTo("127.0.0.1");
        assertThat(liar.get("/livez").header("Strict-Transport-Security")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7 | 203.0.113.7",
                "1.2.3.4, 203.0.113.7 | 203.0.113.7",
                "1.2.3.4, 203.0.113.7, 10.1.2.3 | 203.0.113.7",
                "192.0.2.9, 10.9.9.9 | 192.0.2.9",
                "10.1.1.1, 10.9.9.9 | 10.1.1.1",
                "203.0.113.7:4711 | 203.0.113.7",
                "[2001:db8::7]:4711 | 2001:db8:0:0:0:0:0:7",
                "2001:db8::7 | 2001:db8:0:0:0:0:0:7",
                "203.0.113.7, unknown | 127.0.0.1",
                "203.0.113.7, <script> | 127.0.0.1",
                "203.0.113.7, unknown, 10.1.2.3 | 10.1.2.3",
                "203.0.113.7, | 203.0.113.7",
                "', ,' | 127.0.0.1",
            })
    void of_those_that_a_list_names_the_last_that_is_no_proxy_is_the_client(String sent, String client) {
        assertThat(audited(listed, listed.client().with("X-Forwarded-For", sent)))
                .isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.7 | 203.0.113.7",
                "for=1.2.3.4, For=203.0.113.7;proto=https;by=10.0.0.1 | 203.0.113.7",
                "by=10.0.0.1; FOR=\"[2001:db8::7]:4711\" | 2001:db8:0:0:0:0:0:7",
                "for=203.0.113.7;host=\"a,for=1.2.3.4\" | 203.0.113.7",
                "for=203.0.113.7, for=_hidden | 127.0.0.1",
                "proto=https | 127.0.0.1",
                "for=\"203.0.113.7 | 127.0.0.1",
            })
    void the_standard_header_says_the_same(String sent, String client) {
        assertThat(audited(standard, standard.client().with("Forwarded", sent))).isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.6.6.6:\"", "[6.6.6.6]\"", "[::6]\"", "\"", "for=6.6.6.6;x=\""})
    void quotes_that_a_client_leaves_open_do_not_swallow_what_the_proxy_adds(String sent) {
        TestClient list = listed.client().with("X-Forwarded-For", sent + ", 203.0.113.7");
        assertThat(audited(listed, list)).isEqualTo("203.0.113.7");
        TestClient lines = listed.client().with("X-Forwarded-For", sent).with("X-Forwarded-For", "203.0.113.7");
        assertThat(audited(listed, lines)).isEqualTo("203.0.113.7");
        TestClient elements = standard.client().with("Forwarded", sent + ", for=203.0.113.7");
        assertThat(audited(standard, elements)).isEqualTo("203.0.113.7");
        TestClient headers = standard.client().with("Forwarded", sent).with("Forwarded", "for=203.0.113.7");
        assertThat(audited(standard, headers)).isEqualTo("203.0.113.7");
    }

    /** A proxy that appends to the one passes the other on as the client wrote it. */
    @Test
    void the_header_that_the_proxies_do_not_write_is_not_believed() {
        assertThat(audited(listed, listed.client().with("Forwarded", "for=203.0.113.7")))
                .isEqualTo("127.0.0.1");
        assertThat(audited(standard, standard.client().with("X-Forwarded-For", "203.0.113.7")))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void several_headers_are_one_list() {
        TestClient client = listed.client().with("X-Forwarded-For", "1.2.3.4").with("X-Forwarded-For", "203.0.113.7");
        assertThat(audited(listed, client)).isEqualTo("203.0.113.7");
    }

    @Test
    void a_client_that_came_by_tls_is_told_to_come_by_it_again() {
        TestClient client = listed.anonymous().with("X-Forwarded-For", "203.0.113.7");
        assertThat(client.with("X-Forwarded-Proto", "https").get("/livez").header("Strict-Transport-Security"))
                .isPresent();
        assertThat(client.with("X-Forwarded-Proto", "http").get("/livez").header("Strict-Transport-Security"))
                .isEmpty();
        assertThat(standard.anonymous()
                        .with("Forwarded", "for=203.0.113.7;proto=https")
                        .get("/livez")
                        .header("Strict-Transport-Security"))
                .isPresent();
    }

    @Test
    void strangers_are_counted_by_the_address_that_no_lie_changes() {
        int status = 401;
        for (int i = 0; i < 200 && status == 401; i++) {
            status = listed.anonymous()
                    .with("X-Forwarded-For", "192.0.2.%d, 198.51.100.1".formatted(i))
                    .get("/api/v1/me")
                    .status();
        }
        assertThat(status).isEqualTo(429);
        assertThat(listed.anonymous()
                        .with("X-Forwarded-For", "198.51.100.2")
                        .get("/api/v1/me")
                        .status())
                .isEqualTo(401);
    }
}
