package dev.apg.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.apg.server.ApgServer;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthTests {
    @Test
    void health_tells_each_component_without_a_token() {
        try (var server = TestServer.start()) {
            for (String path : new String[] {"/health", "/api/health"}) {
                Answer answer = server.anonymous().get(path);
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                assertThat(answer.json().get("status").asString()).isEqualTo("up");
                assertThat(answer.json().get("version").asString()).isEqualTo(ApgServer.VERSION);
                assertThat(answer.json().at("/components/database/status").asString())
                        .isEqualTo("up");
            }
            assertThat(server.anonymous().get("/livez").status()).isEqualTo(200);
            assertThat(server.anonymous().get("/readyz").status()).isEqualTo(200);
        }
    }

    @Test
    void a_server_without_metrics_has_no_second_port_and_serves_as_any_other() throws IOException {
        TestDatabase database = TestDatabase.create();
        Path directory = Files.createTempDirectory("apg-test-");
        try (var server = TestServer.start(database, directory, TestServer::withoutMetrics)) {
            assertThatIllegalStateException().isThrownBy(server::metricsUrl);
            assertThat(server.anonymous().get("/readyz").status()).isEqualTo(200);
            assertThat(server.client().get("/api/v1/capabilities").status()).isEqualTo(200);
            assertThat(server.client().get("/metrics").status()).isEqualTo(404);
        }
    }

    @Test
    void a_database_that_goes_away_gives_503_and_recovers_without_a_restart() throws Exception {
        try (var server = TestServer.start()) {
            TestClient client = server.client();
            assertThat(client.get("/api/v1/tokens").status()).isEqualTo(200);

            server.database().goAway();
            Answer away = client.post("/api/v1/tokens", Map.of("label", "a", "role", "observer"));
            assertThat(away.status()).as(away.text()).isEqualTo(503);
            assertThat(away.problem()).isEqualTo("database.unavailable");
            assertThat(away.header("Retry-After")).isPresent();
            assertThat(server.anonymous().get("/readyz").status()).isEqualTo(503);
            assertThat(server.anonymous().get("/livez").status()).isEqualTo(200);
            TestClient stranger = server.client("not-a-token");
            assertThat(stranger.get("/livez").status()).isEqualTo(200);
            for (String probe : new String[] {"/readyz", "/health", "/api/health"}) {
                assertThat(stranger.get(probe).json().get("status").asString())
                        .as(probe)
                        .isIn("down", "out_of_service");
            }

            server.database().comeBack();
            assertThat(eventually(client)).isEqualTo(201);
        }
    }

    /** The pool may hold one more broken connection; a client that obeys Retry-After gets through. */
    private static int eventually(TestClient client) {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        int status;
        do {
            status = client.post("/api/v1/tokens", Map.of("label", "a", "role", "observer"))
                    .status();
        } while (status == 503 && Instant.now().isBefore(end));
        return status;
    }

    @Test
    void metrics_count_requests_by_method_status_and_route_on_a_port_of_their_own() throws Exception {
        try (var server = TestServer.start()) {
            TestClient client = server.client();
            client.delete("/api/v1/tokens/0198c5d0-7c3e-7000-8000-3f1a5b6c7d8e");
            client.get("/api/v1/nowhere/at/all");
            TestClient again = client.with("Idempotency-Key", "k-1");
            again.post("/api/v1/compositions", Map.of("code", "shop"));
            again.post("/api/v1/compositions", Map.of("code", "shop"));
            again.post("/api/v1/compositions/shop/revisions", Map.of());
            server.anonymous().get("/api/v1/capabilities/redis");
            String metrics = scrapeUntil(server.metricsUrl(), "status=\"401\"");
            assertThat(metrics)
                    .contains("http_requests_total{method=\"DELETE\",route=\"/api/v1/tokens/{id}\",status=\"404\"} 1.0")
                    .contains("http_requests_total{method=\"GET\",route=\"unmatched\",status=\"404\"}")
                    // These were answered before any controller saw them.
                    .contains("http_requests_total{method=\"POST\",route=\"/api/v1/compositions\",status=\"201\"} 2.0")
                    .contains("route=\"/api/v1/compositions/{code}/revisions\",status=\"422\"} 1.0")
                    .contains(
                            "http_requests_total{method=\"GET\",route=\"/api/v1/capabilities/{code}\",status=\"401\"} 1.0")
                    .doesNotContain("method=\"POST\",route=\"unmatched\"")
                    .containsPattern("http_request_duration_seconds_bucket\\{.*le=\"0.05\"");
            assertThat(server.anonymous().get("/metrics").status()).isEqualTo(404);
            assertThat(scrape(server.metricsUrl(), "/")).doesNotContain("_links");
        }
    }

    /** A request is counted when its answer is on the way already. */
    private static String scrapeUntil(URI metrics, String counted) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        String scraped;
        do {
            scraped = scrape(metrics, "/metrics");
        } while (!scraped.contains(counted) && Instant.now().isBefore(end));
        return scraped;
    }

    private static String scrape(URI metrics, String path) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(metrics.resolve(path)).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
