package dev.apg.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway may lose the server behind it; what is asked again then need not say what became of the first. */
class LostAnswerTests {
    private static final String UNDER_WAY = refusal(409, "idempotency_key.under_way");
    private static final String CREATED = "201 {\"code\": \"shop\", \"type\": \"custom\"}";

    @TempDir
    Path directory;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private HttpServer gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.setExecutor(threads);
        gateway.createContext("/", this::answer);
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
        threads.shutdownNow();
    }

    private static String refusal(int status, String code) {
        return "%1$d {\"type\": \"about:blank\", \"title\": \"t\", \"status\": %1$d, \"code\": \"%2$s\", \"detail\": \"told\"}"
                .formatted(status, code);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        String answer = answers.remove();
        byte[] body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Cli.Outcome create(String... answered) {
        answers.addAll(List.of(answered));
        return Cli.alone(directory)
                .with("APG_URL", "http://127.0.0.1:" + gateway.getAddress().getPort())
                .with("APG_TIMEOUT", "60")
                .run("compose", "create", "shop", "--json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"502 <html>", "504 <html>"})
    void what_a_gateway_did_not_hear_is_asked_for_until_it_is_known(String lost) {
        Cli.Outcome created = create(lost, UNDER_WAY, UNDER_WAY, CREATED);

        assertThat(created.err()).isEmpty();
        assertThat(created.code()).isEqualTo(ExitCode.OK);
        assertThat(created.json().path("code").asString()).isEqualTo("shop");
        assertThat(keys).hasSize(4).doesNotContainNull();
        assertThat(keys.stream().distinct()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "500 internal",
                "503 database.disk_full",
                "401 token.missing",
                "403 permission.denied",
                "429 rate.exceeded"
            })
    void a_refusal_of_the_second_try_does_not_say_what_became_of_the_first(String second) {
        Cli.Outcome created =
                create("502 <html>", refusal(Integer.parseInt(second.substring(0, 3)), second.substring(4)));

        assertThat(created.code()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(created.out()).isEmpty();
        assertThat(created.err())
                .endsWith("Whether it was done is not known: look at what is there before you do it again.\n")
                .doesNotContain("told");
    }

    @Test
    void a_refusal_that_only_a_server_can_give_that_did_not_do_it_is_the_outcome() {
        Cli.Outcome created = create("502 <html>", refusal(409, "composition.exists"));

        assertThat(created.code()).isEqualTo(ExitCode.CONFLICT);
        assertThat(created.err()).isEqualTo("apg: told\n");
    }

    @Test
    void what_the_server_itself_refuses_is_not_asked_again() {
        Cli.Outcome created = create(refusal(503, "server.busy"));

        assertThat(created.err()).isEqualTo("apg: told\n");
        assertThat(keys).hasSize(1);
    }
}
