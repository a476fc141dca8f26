package dev.apg.server.capability;

import static dev.apg.server.capability.Registry.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.tenancy.Role;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Clients that send or read so slowly that they would keep others from what they hold. */
class SlowTransferTests {
    @AutoClose
    private static final TestServer server = TestServer.start();

    @Test
    void bodies_that_trickle_in_hold_nobody_up_and_are_given_up() throws Exception {
        UUID slow = Registry.tenant(server);
        Registry slowClients = Registry.in(server, slow, Role.TENANT_ADMINISTRATOR);
        Registry others = Registry.of(server);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> trickles = IntStream.range(0, 5)
                    .mapToObj(i -> threads.submit((Callable<String>) () -> trickle(slowClients, "/api/v1/imports")))
                    .toList();
            for (int i = 0; i < 10; i++) {
                Answer imported = others.importLines(line("quick", "1.0." + i, ""));
                assertThat(imported.status()).as(imported.text()).isEqualTo(200);
            }
            List<String> codes = new ArrayList<>();
            for (Future<String> trickle : trickles) {
                codes.add(trickle.get());
            }
            // One too many of a tenant.
            assertThat(codes)
                    .containsExactlyInAnyOrder(
                            "503 import.busy",
                            "408 body.too_slow",
                            "408 body.too_slow",
                            "408 body.too_slow",
                            "408 body.too_slow");
        }
        assertThat(slowClients.importLines(line("late", "1.0.0", "")).status()).isEqualTo(200);
    }

    @Test
    void bodies_that_trickle_in_are_given_up_wherever_they_are_sent() throws Exception {
        Registry registry = Registry.of(server);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> trickles = List.of(
                            "/api/v1/services",
                            "/api/v1/resolve",
                            "/api/v1/capabilities/a/versions",
                            "/api/v1/compositions",
                            "/api/auth/token")
                    .stream()
                    .map(path -> threads.submit((Callable<String>) () -> trickle(registry, path)))
                    .toList();
            for (Future<String> trickle : trickles) {
                assertThat(trickle.get()).isEqualTo("408 body.too_slow");
            }
        }
    }

    /** Sends a body byte by byte until it is answered; status and code. */
    private static String trickle(Registry registry, String path) throws Exception {
        try (Socket socket = open("POST " + path, registry, "Content-Length: 10000")) {
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 1_000; i++) {
                        socket.getOutputStream().write(' ');
                        Thread.sleep(50);
                    }
                } catch (IOException | InterruptedException answered) {
                    // The server has answered and does not listen any more.
                }
            });
            String answer = answer(socket.getInputStream());
            sender.interrupt();
            String code = answer.replaceAll("(?s).*\"code\":\"([^\"]*)\".*", "$1");
            return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3) + " " + code;
        }
    }

    /** Not up to the end of the connection: for that the server waits until the body that it wants no more has come. */
    private static String answer(InputStream in) throws IOException {
        var answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) in.read());
        }
        int length = Integer.parseInt(answer.toString().replaceAll("(?si).*\r\ncontent-length: (\\d+)\r\n.*", "$1"));
        return answer + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Test
    void exports_that_nobody_reads_hold_neither_the_database_nor_other_tenants() throws Exception {
        Registry slow = Registry.of(server);
        for (int i = 0; i < 24; i++) {
            String contract =
                    ",\"contracts\":[{\"name\":\"api\",\"type\":\"protobuf\",\"document\":\"syntax = 'proto3'; // %s\"}]"
                            .formatted("x".repeat(1_000_000));
            Answer published = slow.importLines(line("large-" + i, "1.0.0", contract));
            assertThat(published.status()).as(published.text()).isEqualTo(200);
        }
        String whole = slow.client.get("/api/v1/export").text();
        assertThat(whole.lines()).hasSize(48);
        Registry others = Registry.of(server);
        others.has("small", "1.0.0");

        List<Socket> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                Socket reader = open("GET /api/v1/export", slow, "Connection: close");
                readers.add(reader);
                // The answer has begun, and is larger than what a connection holds.
                assertThat(reader.getInputStream().read()).isEqualTo('H');
            }
            Answer refused = slow.client.get("/api/v1/export");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.problem()).isEqualTo("export.busy");
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(others.client.get("/api/v1/export").text()).contains("\"small\"");
            assertThat(connections("idle in transaction")).isZero();

            String late = new String(readers.removeLast().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(late.substring(late.indexOf("\r\n\r\n") + 4)).isEqualTo(whole);
        } finally {
            for (Socket reader : readers) {
                reader.close();
            }
        }
        while (slow.client.get("/api/v1/export").status() == 503) {
            Thread.onSpinWait();
        }
        assertThat(slow.client.get("/api/v1/export").text()).isEqualTo(whole);
        try (var left = Files.list(server.dataDirectory())) {
            assertThat(left.map(Path::toString)).noneMatch(file -> file.endsWith(".scratch"));
        }
    }

    private static int connections(String state) throws Exception {
        try (var connection = server.database().superuser();
                var statement = connection.prepareStatement("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND state = ? AND query ILIKE '%version%'
                        """)) {
            statement.setString(1, state);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    @Test
    void a_disk_that_cannot_be_written_is_a_reason_to_try_later() throws Exception {
        try (TestServer harmed = TestServer.start()) {
            Registry registry = Registry.of(harmed);
            registry.has("a", "1.0.0");
            Path directory = harmed.dataDirectory();
            Path aside = directory.resolveSibling(directory.getFileName() + "-aside");
            Files.move(directory, aside);
            Files.createFile(directory);

            Answer imported = registry.importLines(line("a", "1.1.0", ""));
            Answer exported = registry.client.get("/api/v1/export");

            assertThat(imported.status()).as(imported.text()).isEqualTo(503);
            assertThat(imported.problem()).isEqualTo("server.disk_failed");
            assertThat(exported.problem()).isEqualTo("server.disk_failed");
            Files.delete(directory);
            Files.move(aside, directory);
            assertThat(registry.importLines(line("a", "1.1.0", "")).status()).isEqualTo(200);
            assertThat(registry.client.get("/api/v1/export").status()).isEqualTo(200);
        }
    }

    private static Socket open(String line, Registry registry, String header) throws IOException {
        URI url = server.url();
        var socket = new Socket(url.getHost(), url.getPort());
        socket.getOutputStream()
                .write("%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nAuthorization: %s\r\n%s\r\n\r\n"
                        .formatted(
                                line,
                                line.contains("imports") ? "application/jsonl" : "application/json",
                                registry.client.header("Authorization"),
                                header)
                        .getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }
}
