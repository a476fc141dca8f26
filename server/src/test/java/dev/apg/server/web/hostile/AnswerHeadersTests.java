package dev.apg.server.web.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.RawConnection;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers are told with every answer, by whoever it is given. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswerHeadersTests {
    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");

    @AutoClose
    private final HostileServer server = new HostileServer();

    List<ContractOperation> operations() {
        return server.operations();
    }

    private static void assertGuarded(Answer answer) {
        Map<String, List<String>> headers = answer.headers().map();
        ALWAYS.forEach((name, value) ->
                assertThat(answer.headers().allValues(name)).as(name).containsExactly(value));
        assertThat(answer.headers().allValues("Permissions-Policy")).hasSize(1);
        assertThat(answer.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe-eval", "*");
        assertThat(answer.headers().allValues("Cache-Control"))
                .as("Cache-Control")
                .hasSize(1);
        assertThat(headers).doesNotContainKeys("server", "x-powered-by", "access-control-allow-origin");
        // Only by TLS, where it means something.
        assertThat(answer.header("Strict-Transport-Security")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_operation_says_so_whether_it_answers_or_refuses(ContractOperation operation) {
        TestClient caller = server.clientFor(operation);
        String path = server.path(operation);
        Answer refused = server.send(operation, caller, path + "?surprise=1");
        assertGuarded(refused);
        assertThat(refused.header("Cache-Control")).hasValue("no-store");
        assertGuarded(server.send(operation, server.server().anonymous(), path));
        Answer answer = server.send(operation, caller, path);
        assertGuarded(answer);
        // What may be kept is only kept by whoever asked, unless it is everybody's anyway.
        assertThat(answer.header("Cache-Control").orElseThrow())
                .matches(operation.isOpen() ? ".+" : "no-store|.*private.*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1",
                "GET /nowhere HTTP/1.1",
                "GET /error HTTP/1.1",
                "GET /api/docs HTTP/1.1",
                "GET /api/docs/ HTTP/1.1",
                "GET /api/docs/swagger-ui.css HTTP/1.1",
                "GET /api/docs/nothing.js HTTP/1.1",
                "GET /api/openapi.json HTTP/1.1",
                "OPTIONS /api/v1/me HTTP/1.1",
                "HEAD /livez HTTP/1.1",
                "TRACE /livez HTTP/1.1",
                "NONSENSE /livez HTTP/1.1",
                "GET /livez HTTP/3.0",
                "GET /livez?%zz HTTP/1.1",
                "GET /a\u0001b HTTP/1.1",
                "GET /{} HTTP/1.1",
                "G{T /livez HTTP/1.1",
                "GET //livez HTTP/1.1",
                "GET /livez/..%2f HTTP/1.1",
                "POST /api/v1/tokens HTTP/1.1\r\nTransfer-Encoding: strange",
                "GET /livez HTTP/1.1\r\nContent-Length: -1",
                "GET /livez HTTP/1.1\r\nBad Header: 1",
                "GET /livez HTTP/1.1\r\nHost: other",
            })
    void what_is_no_operation_and_what_breaks_the_rules_of_http_says_so_too(String line) throws IOException {
        try (var connection = new RawConnection(server.server().url())) {
            assertGuarded(connection.send(
                    (line + "\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1), true));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9_000, 100_000})
    void what_is_too_long_to_be_read_says_so_too(int length) throws IOException {
        String filler = "a".repeat(length);
        for (String request : List.of(
                "GET /" + filler + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /livez HTTP/1.1\r\nHost: localhost\r\nX: " + filler + "\r\n\r\n")) {
            try (var connection = new RawConnection(server.server().url())) {
                assertGuarded(connection.send(request.getBytes(StandardCharsets.ISO_8859_1), true));
            }
        }
    }
}
