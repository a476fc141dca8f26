package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server answers what it was asked, and fails at what is asked beside that. */
class SideQuestionTests {
    private static final String REPORT = """
            {"valid": false, "findings": [{"severity": "error", "code": "configuration.missing", "capability": "invoice",
             "path": "configuration.currency", "sentence": "currency is missing", "fixes": []}]}
            """;
    private static final String BUSY = refusal(503, "server.busy", "Too busy");

    @TempDir
    Path directory;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        answer("/", 503, BUSY);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static String refusal(int status, String code, String detail) {
        return "{\"type\": \"about:blank\", \"title\": \"t\", \"status\": %d, \"code\": \"%s\", \"detail\": \"%s\"}"
                .formatted(status, code, detail);
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            asked.add(exchange.getRequestURI().getPath());
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private Cli.Outcome run(String... arguments) {
        return Cli.alone(directory)
                .with("APG_URL", "http://127.0.0.1:" + server.getAddress().getPort())
                .run(arguments);
    }

    @Test
    void a_report_is_printed_where_the_draft_cannot_be_asked_for_advice() {
        answer("/api/v1/compositions/shop/validate", 200, REPORT);

        Cli.Outcome validated = run("compose", "validate", "shop");

        assertThat(validated.code()).isEqualTo(ExitCode.INVALID);
        assertThat(validated.out()).contains("currency is missing", "shop cannot be frozen.");
        assertThat(validated.err()).isEmpty();
        assertThat(asked).endsWith("/api/v1/compositions/shop/draft");
    }

    @Test
    void a_refused_freeze_stays_refused_whatever_becomes_of_the_advice() {
        answer("/api/v1/compositions/shop/revisions", 422, refusal(422, "composition.invalid", "It cannot be frozen"));

        Cli.Outcome unexplained = run("freeze", "shop", "--draft", "1");
        answer("/api/v1/compositions/shop/validate", 200, REPORT);
        Cli.Outcome unadvised = run("freeze", "shop", "--draft", "1");

        for (Cli.Outcome refused : List.of(unexplained, unadvised)) {
            assertThat(refused.code()).isEqualTo(ExitCode.INVALID);
            assertThat(refused.err()).startsWith("apg: It cannot be frozen\n");
        }
        asked.clear();
        assertThat(run("freeze", "shop", "--draft", "1", "--json")
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("composition.invalid");
        assertThat(asked).doesNotContain("/api/v1/compositions/shop/draft");
    }

    @Test
    void a_refused_operation_stays_refused_and_is_not_guessed_at() {
        answer(
                "/api/v1/compositions/shop/draft/operations",
                422,
                refusal(422, "capability.unknown", "There is no capability carts"));
        answer("/api/v1/services/carts", 200, "{\"code\": \"carts\"}");

        Cli.Outcome refused = run("compose", "add", "shop", "carts");

        // That no capability is called so was not said, so it may be one.
        assertThat(refused.err()).isEqualTo("apg: There is no capability carts\n");
        asked.clear();
        run("compose", "add", "shop", "carts", "--json");
        assertThat(asked).containsExactly("/api/v1/compositions/shop/draft/operations");
    }

    @Test
    void who_configures_a_service_is_told_that_it_has_no_configuration() {
        answer(
                "/api/v1/compositions/shop/draft/operations",
                422,
                refusal(422, "capability.unknown", "There is no capability carts"));
        answer("/api/v1/capabilities/carts", 404, refusal(404, "capability.not_found", "none"));
        answer("/api/v1/services/carts", 200, "{\"code\": \"carts\"}");

        assertThat(run("compose", "add", "shop", "carts", "--configuration", "{\"a\": 1}")
                        .err())
                .endsWith(
                        "apg: It is the code of a service; for that: `apg compose require shop carts`. A service has no configuration: give it to the capability that provides it.\n");
    }

    @Test
    void what_was_done_is_told_where_it_cannot_be_waited_for() {
        String version = """
                {"capability": "redis", "version": "1.0.0", "digest": "sha256:1", "created": true, "cursor": "1.2", "warnings": []}
                """;
        answer("/api/v1/capabilities/redis/versions", 201, version);

        Cli.Outcome published = Cli.alone(directory)
                .with("APG_URL", "http://127.0.0.1:" + server.getAddress().getPort())
                .reading("{\"format\": \"apg.version/1\", \"capability\": \"redis\", \"version\": \"1.0.0\"}")
                .run("publish", "-");

        assertThat(published.code()).isEqualTo(ExitCode.OK);
        assertThat(published.out()).startsWith("Published redis 1.0.0\n");
        assertThat(published.err()).isEqualTo("apg: It is done, but this node may not show it yet: Too busy\n");
    }
}
