package dev.apg.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.platform.config.EdgeSettings;
import dev.apg.server.testing.RawConnection;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other origins that call the API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherOriginsTests {
    private static final String PORTAL = "https://portal.example.com";

    @AutoClose
    private final TestServer closed = TestServer.start();

    @AutoClose
    private TestServer open;

    @BeforeAll
    void start() throws IOException {
        open = TestServer.start(
                TestDatabase.create(),
                Files.createTempDirectory("apg-test-"),
                TestServer.withEdge(new EdgeSettings(
                        Optional.empty(),
                        List.of(PORTAL, "http://localhost:5173"),
                        List.of(),
                        EdgeSettings.ProxyHeader.X_FORWARDED_FOR,
                        EdgeSettings.PLAIN.connectionsPerAddress())));
    }

    /** HTTP clients do not let anybody say where a page comes from. */
    private static Answer send(TestServer server, String method, String origin, String... headers) throws IOException {
        String request = method + " /api/v1/me HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nOrigin: " + origin
                + "\r\n"
                + String.join(
                        "", List.of(headers).stream().map(each -> each + "\r\n").toList()) + "\r\n";
        try (var connection = new RawConnection(server.url())) {
            return connection.send(request.getBytes(StandardCharsets.ISO_8859_1), false);
        }
    }

    private static String token(TestServer server) {
        return "Authorization: Bearer " + server.token();
    }

    private static void assertClosed(Answer answer) {
        assertThat(answer.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase().startsWith("access-control-"));
        assertThat(answer.header("Cross-Origin-Resource-Policy")).hasValue("same-origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {PORTAL, "null", "http://localhost:8000", "*"})
    void nobody_is_let_in_unless_the_operator_says_so(String origin) throws Exception {
        assertClosed(send(closed, "GET", origin, token(closed)));
        Answer beforehand = send(closed, "OPTIONS", origin, "Access-Control-Request-Method: GET");
        assertClosed(beforehand);
        assertThat(beforehand.problem()).isEqualTo("token.missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://portal.example.com.evil.example",
                "https://evil-portal.example.com",
                "http://portal.example.com",
                "https://portal.example.com:8443",
                "https://portal.example.com/",
                "https://portalxexample.com",
                "null",
                "*",
                ""
            })
    void an_origin_that_only_looks_like_one_that_may_is_not_let_in(String origin) throws Exception {
        assertClosed(send(open, "GET", origin, token(open)));
        Answer beforehand = send(open, "OPTIONS", origin, "Access-Control-Request-Method: GET");
        assertClosed(beforehand);
        assertThat(beforehand.status()).isEqualTo(401);
        // A cache must tell the two apart.
        assertThat(beforehand.header("Vary")).hasValue("Origin");
    }

    @Test
    void an_origin_that_may_reads_answers_and_refusals_with_a_token_and_never_with_a_cookie() throws Exception {
        for (Answer answer : List.of(send(open, "GET", PORTAL, token(open)), send(open, "GET", PORTAL))) {
            assertThat(answer.header("Access-Control-Allow-Origin")).hasValue(PORTAL);
            assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
            assertThat(answer.header("Access-Control-Expose-Headers").orElseThrow())
                    .contains("ETag", "X-APG-Seq", "RateLimit", "Retry-After");
            assertThat(answer.header("Cross-Origin-Resource-Policy")).hasValue("cross-origin");
            assertThat(answer.header("Vary")).hasValue("Origin");
        }
    }

    @Test
    void who_asks_beforehand_needs_no_token_and_is_told_what_may_be_sent() throws Exception {
        Answer answer = send(
                open,
                "OPTIONS",
                "http://localhost:5173",
                "Access-Control-Request-Method: PATCH",
                "Access-Control-Request-Headers: authorization,if-match");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Origin")).hasValue("http://localhost:5173");
        assertThat(answer.header("Access-Control-Allow-Methods").orElseThrow()).contains("PATCH", "DELETE");
        assertThat(answer.header("Access-Control-Allow-Headers").orElseThrow())
                .contains("Authorization", "If-Match", "Idempotency-Key");
        assertThat(answer.header("Access-Control-Max-Age")).hasValue("600");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
    }
}
