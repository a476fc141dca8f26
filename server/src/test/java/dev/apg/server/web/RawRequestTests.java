package dev.apg.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.apg.server.testing.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Requests that no well-behaved client can send. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawRequestTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/tokens?limit=%zz HTTP/1.1",
                "GET /api/v1/tokens?limit=%1 HTTP/1.1",
                "GET /api/v1/tokens?limit=%ff HTTP/1.1",
                "GET /api/v1/tokens?%00=1 HTTP/1.1",
                "GET /api/v1/tokens?cursor=%ed%a0%80 HTTP/1.1",
                "GET /api/v1/capabilities/%00 HTTP/1.1",
                "GET /api/v1/capabilities/%c0%80 HTTP/1.1",
                "GET /api/v1/capabilities/a%25b HTTP/1.1",
                "GET /api/v1/capabilities/..%2f..%2f HTTP/1.1",
                "GET /api/v1/capabilities/a;b=c HTTP/1.1",
                "GET /api/v1/capabilities/a\\b HTTP/1.1",
                "GET /api/v1/capabilities/{a} HTTP/1.1",
                "GET //api/v1/tokens HTTP/1.1",
                "GET /api/v1/../v1/tokens HTTP/1.1",
                "G\u0000T /api/v1/tokens HTTP/1.1",
                "TRACE /api/v1/tokens HTTP/1.1",
            })
    void a_request_that_breaks_the_rules_of_http_is_refused_with_a_problem(String line) throws Exception {
        String answer = send(line + "\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                + server.token() + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json", "\"code\":\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "//api/v1/tokens | one slash between two segments",
                "/api/v1//tokens | one slash between two segments",
                "/api/v1/capabilities/acme%2F%2Fredis | one slash between two segments",
                "/api/v1/capabilities/%2fredis | one slash between two segments",
                "/api/v1/tokens;x=1 | segments without a semicolon",
                "/api/v1/capabilities/a%3Bb | segments without a semicolon",
                "/api/v1/../v1/tokens | no segment . or ..",
                "/api/v1/./tokens | no segment . or ..",
                "/api/v1/capabilities/%2e%2e | no segment . or ..",
                "/api/v1/capabilities/..%2f..%2f | no segment . or ..",
                "/api/v1/capabilities/acme%2F..%2Fredis | no segment . or ..",
                "/api/v1/capabilities/a%0ab | segments without backslashes and control characters",
            })
    void what_is_wrong_with_a_path_is_told(String path, String expected) throws Exception {
        String answer = send(authorized("GET " + path + " HTTP/1.1") + "\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("\"code\":\"path.malformed\"", "\"field\":\"path\"", "\"expected\":\"" + expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONSENSE", "PROPFIND", "get"})
    void a_method_that_no_path_has_is_refused_with_those_that_there_are(String method) throws Exception {
        String answer = send(authorized(method + " /api/v1/tokens HTTP/1.1") + "\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 405 ")
                .contains("\"code\":\"method.not_allowed\"", "method: %s (expected: one of DELETE,".formatted(method))
                .containsIgnoringCase("Allow: DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
    }

    /** Each would be a line in the log that anybody can have written as often as they like. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/docs/..%2f..%2fapplication.yaml",
                "/api/docs/..%252f..%252fapplication.yaml",
                "/api/docs/%252e%252e/x",
                "/api/v1/capabilities/..%2fx"
            })
    void a_path_that_leads_out_of_its_place_is_not_worth_a_warning(String path) throws Exception {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        root.addAppender(logged);
        try {
            assertThat(send(authorized("GET " + path + " HTTP/1.1") + "\r\n")).startsWith("HTTP/1.1 4");
        } finally {
            root.detachAppender(logged);
        }
        assertThat(logged.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /livez?@ HTTP/1.1, 414, request.uri_too_long",
        "GET /@ HTTP/1.1, 414, request.uri_too_long",
        "GET /livez HTTP/1.1, 431, request.headers_too_large",
        "POST /api/v1/imports HTTP/1.1, 431, request.headers_too_large",
    })
    void a_request_that_is_too_long_is_refused_with_a_problem(String line, String status, String code)
            throws Exception {
        for (int length : new int[] {9_000, 100_000}) {
            String filler = "a".repeat(length);
            String headers = status.equals("431") ? "X-Long: " + filler + "\r\n" : "";
            String answer = send(line.replace("@", filler) + "\r\nHost: localhost\r\n" + headers + "\r\n");
            assertThat(answer)
                    .as("%d bytes", length)
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("application/problem+json", "\"code\":\"" + code + "\"", "\"status\":" + status);
        }
    }

    @Test
    void very_many_headers_are_refused_with_a_problem() throws Exception {
        var headers = new StringBuilder();
        for (int i = 0; i < 150; i++) {
            headers.append("X-").append(i).append(": 1\r\n");
        }
        String answer = send("GET /livez HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
        assertThat(answer).startsWith("HTTP/1.1 431 ").contains("\"code\":\"request.headers_too_large\"");
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT example.org:443 HTTP/1.1, 501, request.not_implemented",
        "GET /livez HTTP/2.0, 505, request.http_version",
        "POST /api/v1/imports HTTP/1.1, 501, request.not_implemented",
    })
    void what_the_protocol_allows_and_the_server_lacks_is_named(String line, String status, String code)
            throws Exception {
        String answer = send(line + "\r\nHost: localhost\r\nConnection: close\r\n"
                + (line.startsWith("POST") ? "Transfer-Encoding: xchunked\r\n" : "") + "\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("\"code\":\"" + code + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ZZ\r\n\r\n", "3\r\n{}\n\r\nZZ\r\n\r\n"})
    void an_import_whose_chunks_are_broken_is_refused_with_a_problem(String body) throws Exception {
        String answer = send(authorized("POST /api/v1/imports HTTP/1.1")
                + "Content-Type: application/jsonl\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"request.malformed\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*; charset=utf-8"})
    void a_range_of_types_is_no_content_type(String type) throws Exception {
        for (String path : new String[] {"compositions", "tokens", "resolve", "nowhere"}) {
            String answer = send(authorized("POST /api/v1/" + path + " HTTP/1.1") + "Content-Type: " + type
                    + "\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(answer).startsWith("HTTP/1.1 415 ").contains("\"code\":\"media_type.not_supported\"");
        }
    }

    /** Noncharacters are refused by Spring's firewall, and by it alone, when somebody reads the parameters. */
    @ParameterizedTest
    @ValueSource(strings = {"%EF%BF%BE", "%EF%B7%90", "a%0db", "%C2%85"})
    void a_parameter_whose_name_nobody_can_read_is_refused_with_a_problem(String name) throws Exception {
        String answer = send(authorized("GET /api/v1/tokens?%s=1 HTTP/1.1".formatted(name)) + "\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"request.malformed\"");
    }

    @Test
    void of_two_cursors_to_wait_for_none_is_ignored() throws Exception {
        String answer = send(authorized("GET /api/v1/capabilities HTTP/1.1")
                + "X-APG-Min-Seq: 1.1\r\nX-APG-Min-Seq: 1.99999999\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"request.header_repeated\"");
    }

    /** The line and the headers that every request of a caller has. */
    private String authorized(String line) {
        return line + "\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer " + server.token() + "\r\n";
    }

    private String send(String request) throws IOException {
        URI url = server.url();
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
