package dev.apg.cli.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers in a server's place what a test says, whatever it is asked. */
public final class FakeServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /**
     * A request that came.
     *
     * @param key its {@code Idempotency-Key}; null without one
     */
    public record Asked(String method, String path, String key) {}

    /** What is answered. */
    public record Answer(int status, Map<String, String> headers, String body) {
        public static Answer of(int status, String body) {
            return new Answer(status, Map.of(), body);
        }

        /** A refusal as APG gives it. */
        public static Answer refusal(int status, String code, String detail) {
            return of(
                    status,
                    "{\"type\": \"about:blank\", \"title\": \"t\", \"status\": %d, \"code\": \"%s\", \"detail\": \"%s\"}"
                            .formatted(status, code, detail));
        }

        public Answer with(String header, String value) {
            var more = new HashMap<>(headers);
            more.put(header, value);
            return new Answer(status, Map.copyOf(more), body);
        }
    }

    private FakeServer(HttpServer server) {
        this.server = server;
    }

    /** One that answers nothing yet. */
    public static FakeServer start() throws IOException {
        var fake = new FakeServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        fake.server.setExecutor(fake.threads);
        fake.server.start();
        return fake;
    }

    /** One that gives these answers, one after the other, to whatever it is asked. */
    public static FakeServer answering(Answer... answers) throws IOException {
        FakeServer fake = start();
        fake.answer("/", answers);
        return fake;
    }

    /**
     * Gives these answers, one after the other, to what is asked of this path and below it, unless a longer path is known.
     * The last of them is given again.
     */
    public void answer(String path, Answer... answers) {
        Queue<Answer> left = new ArrayDeque<>(List.of(answers));
        server.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Idempotency-Key")));
            give(next(left), exchange);
        });
    }

    /** Gives an answer to what is asked of this path that has no end. */
    public void answerWithoutEnd(String path) {
        server.createContext(path, FakeServer::giveWithoutEnd);
    }

    private static Answer next(Queue<Answer> left) {
        synchronized (left) {
            return left.size() == 1 ? left.element() : left.remove();
        }
    }

    private static void give(Answer answer, HttpExchange exchange) throws IOException {
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void giveWithoutEnd(HttpExchange exchange) throws IOException {
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

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What came, in its order. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** The paths of what came, in its order. */
    public List<String> paths() {
        return asked.stream().map(Asked::path).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
