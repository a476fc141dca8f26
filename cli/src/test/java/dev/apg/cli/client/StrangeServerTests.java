package dev.apg.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands at APG_URL may be anything. */
class StrangeServerTests {
    @TempDir
    Path directory;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer strange;

    @BeforeEach
    void start() throws IOException {
        strange = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        strange.setExecutor(threads);
        strange.start();
    }

    @AfterEach
    void stop() {
        strange.stop(0);
        threads.shutdownNow();
    }

    private Cli.Outcome run(String... arguments) {
        return Cli.alone(directory)
                .with("APG_URL", "http://127.0.0.1:" + strange.getAddress().getPort())
                .reading("{}\n")
                .run(arguments);
    }

    private void answer(int status, String location, String body) {
        strange.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().set("Location", location);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"show redis", "compose list", "search redis", "bundle shop@1 -o out", "token list"})
    void an_answer_without_a_body_is_named(String command) {
        answer(200, "", "");

        Cli.Outcome outcome = run(command.split(" "));

        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.err()).isEqualTo("apg: The answer is empty: is APG_URL the address of an APG server?\n");
    }

    @ParameterizedTest
    @CsvSource({"show redis, 200", "show redis, 404", "compose list, 503", "show redis, 502"})
    void null_is_no_answer(String command, int status) {
        answer(status, "", "null");

        Cli.Outcome outcome = run(command.split(" "));

        assertThat(outcome.err()).contains("is APG_URL").doesNotContain("NullPointer", "should not have happened");
    }

    @ParameterizedTest
    @CsvSource({"show redis, 302", "compose list, 307", "export, 302", "bundle shop@1 -o out, 301", "show redis, 304"})
    void being_sent_elsewhere_is_named(String command, int status) {
        answer(status, "https://login.example.org/", "");

        Cli.Outcome outcome = run(command.split(" "));

        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.err())
                .isEqualTo(
                        "apg: http://127.0.0.1:%d answered %d, to go to https://login.example.org/: is APG_URL right?\n"
                                .formatted(strange.getAddress().getPort(), status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"show redis", "import -", "bundle shop@1 -o out"})
    void an_answer_without_an_end_is_given_up(String command) {
        strange.createContext("/", StrangeServerTests::endless);

        Cli.Outcome outcome = run(command.split(" "));

        assertThat(outcome.code()).isIn(ExitCode.FAILED, ExitCode.UNAVAILABLE);
        assertThat(outcome.err()).contains("does not stop answering").contains("is APG_URL right?");
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(200, 0);
        byte[] spaces = new byte[64 * 1024];
        Arrays.fill(spaces, (byte) ' ');
        try (OutputStream body = exchange.getResponseBody()) {
            while (true) {
                body.write(spaces);
            }
        } catch (IOException givenUp) {
            exchange.close();
        }
    }

    @Test
    void a_document_without_an_end_is_refused_before_anything_is_sent() {
        answer(500, "", "");

        for (String command : new String[] {"publish /dev/zero", "compose create -f /dev/zero"}) {
            Cli.Outcome outcome = run(command.split(" "));

            assertThat(outcome.code()).isEqualTo(ExitCode.INVALID);
            assertThat(outcome.err()).isEqualTo("apg: /dev/zero: too large (expected: a document of at most 4 MiB)\n");
        }
    }

    @Test
    void a_problem_whose_errors_are_none_of_ours_is_told_in_a_sentence() {
        answer(422, "", """
                {"title": "t", "status": 422, "code": "x", "detail": "d", "errors": [{"name": "a", "reason": "b"}]}
                """);

        Cli.Outcome outcome = run("search", "cart");

        assertThat(outcome.err()).contains("answered 422 without saying why").doesNotContain("Exception");
    }

    @Test
    void text_of_a_server_does_not_rewrite_the_terminal() {
        answer(200, "", """
                {"valid": false, "findings": [{"severity": "error", "code": "run.port\\u001b[2J", "capability": "shop",
                 "sentence": "a\\u0007b\\u009bc\\u202ed\\re", "fixes": []}]}
                """);

        Cli.Outcome outcome = run("compose", "validate", "shop");

        assertThat(outcome.out()).contains("a b c d e").doesNotContain("\u001b", "\u0007", "\u009b", "\u202e", "\r");
    }
}
