package dev.apg.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.catalog.Eventually;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people see when the PostgreSQL that the server brought along dies or hangs. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class EmbeddedOutageTests {
    @Test
    void a_postgresql_that_is_killed_is_started_again_with_all_that_was_acknowledged() throws Exception {
        try (TestServer server = TestServer.startEmbedded()) {
            TestClient client = server.client();
            for (int i = 0; i < 20; i++) {
                assertThat(issue(client, "before-" + i).status()).isEqualTo(201);
            }
            ProcessHandle postmaster = postmaster(server);
            postmaster.destroyForcibly();
            postmaster.onExit().join();

            Eventually.holds(() -> assertThat(issue(client, "after").status()).isEqualTo(201));
            assertThat(postmaster(server).pid()).isNotEqualTo(postmaster.pid());
            assertThat(labels(client))
                    .contains("after")
                    .containsAll(Stream.iterate(0, i -> i < 20, i -> i + 1)
                            .map(i -> "before-" + i)
                            .toList());
            Eventually.holds(
                    () -> assertThat(server.anonymous().get("/readyz").status()).isEqualTo(200));
        }
    }

    @Test
    void while_postgresql_hangs_everybody_gets_an_answer_and_afterwards_the_right_one() throws Exception {
        try (TestServer server = TestServer.startEmbedded()) {
            TestClient client = server.client();
            assertThat(issue(client, "before").status()).isEqualTo(201);
            List<ProcessHandle> processes = Stream.concat(
                            Stream.of(postmaster(server)), postmaster(server).descendants())
                    .toList();
            signal("STOP", processes);
            try {
                Answer refused = issue(client, "while");
                assertThat(refused.status()).as(refused.text()).isEqualTo(503);
                assertThat(refused.problem()).isEqualTo("database.unavailable");
                assertThat(refused.header("Retry-After")).isPresent();
                assertThat(server.anonymous().get("/readyz").status()).isEqualTo(503);
                assertThat(client.get("/api/health").status()).isEqualTo(503);
                assertThat(client.get("/livez").status()).isEqualTo(200);
                assertThat(client.get("/api/v1/capabilities").status()).isIn(200, 503);
            } finally {
                signal("CONT", processes);
            }
            Eventually.holds(() -> assertThat(issue(client, "after").status()).isEqualTo(201));
            Eventually.holds(
                    () -> assertThat(server.anonymous().get("/readyz").status()).isEqualTo(200));
        }
    }

    private static Answer issue(TestClient client, String label) {
        return client.post("/api/v1/tokens", Map.of("label", label, "role", "observer"));
    }

    private static List<String> labels(TestClient client) {
        return client.get("/api/v1/tokens?limit=100")
                .json()
                .get("items")
                .valueStream()
                .map(token -> token.get("label").asString())
                .toList();
    }

    private static ProcessHandle postmaster(TestServer server) throws IOException {
        var file = server.dataDirectory().resolve("postgresql/data/postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static void signal(String name, List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        }
    }
}
