package dev.apg.server.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.WireJson;
import dev.apg.contract.capability.ImportProgress;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that begin before the request is carried out: the progress of imports. */
class ProgressTests {
    private static final String IMPORTS = "/api/v1/imports";
    private static final String LINES = "application/x-ndjson";

    @AutoClose
    private static final TestServer server = TestServer.start();

    @AutoClose
    private final HttpClient http = HttpClient.newHttpClient();

    private TestTenant tenant;

    @BeforeEach
    void freshTenant() {
        tenant = TestTenant.in(server);
    }

    @Test
    void progress_flows_while_the_import_runs_and_its_last_line_is_what_is_sent_again() throws Exception {
        String batch = batch(1_500, "1.0.0");
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve(IMPORTS))
                .headers(
                        "Authorization",
                        tenant.client().header("Authorization"),
                        "Idempotency-Key",
                        "k-1",
                        "Accept",
                        LINES,
                        "Content-Type",
                        "application/jsonl")
                .POST(BodyPublishers.ofString(batch))
                .build();
        List<String> told;
        try (var connection = server.database().superuser();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE version IN SHARE MODE");
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                // Nothing can be written yet, so the import is not at its end.
                assertThat(progress(lines.readLine()).phase()).isEqualTo("reading");
                connection.rollback();
                told = lines.lines().toList();
            }
        }
        assertThat(progress(told.getLast()).report().created()).isEqualTo(1_500);

        Answer again = keyed().send("POST", IMPORTS, BodyPublishers.ofString(batch), "application/jsonl");

        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(again.header("Content-Type")).contains(LINES);
        assertThat(again.text()).isEqualTo(told.getLast() + "\n");
    }

    @Test
    void an_import_that_is_refused_behind_its_progress_gives_its_key_back() {
        Answer refused =
                keyed().send("POST", IMPORTS, BodyPublishers.ofString(batch(1_500, "one")), "application/jsonl");
        List<String> lines = refused.text().lines().toList();
        assertThat(lines).hasSizeGreaterThan(1);
        assertThat(progress(lines.getLast()).problem().status()).isEqualTo(422);

        Answer mended =
                keyed().send("POST", IMPORTS, BodyPublishers.ofString(batch(1_500, "1.0.0")), "application/jsonl");

        assertThat(mended.header("Idempotency-Replayed")).isEmpty();
        assertThat(progress(mended.text().lines().toList().getLast()).report().created())
                .isEqualTo(1_500);
    }

    @Test
    void an_import_whose_client_went_away_is_carried_to_its_end_and_answered_by_its_key() throws Exception {
        String batch = batch(5_000, "1.0.0");
        URI url = server.url();
        try (var connection = server.database().superuser();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE version IN SHARE MODE");
            try (var socket = new Socket(url.getHost(), url.getPort())) {
                byte[] body = batch.getBytes(StandardCharsets.UTF_8);
                String head = """
                        POST %s HTTP/1.1
                        Host: localhost
                        Authorization: %s
                        Idempotency-Key: k-1
                        Accept: %s
                        Content-Type: application/jsonl
                        Content-Length: %d

                        """.formatted(IMPORTS, tenant.client().header("Authorization"), LINES, body.length);
                socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(body);
                assertThat(socket.getInputStream().read()).isEqualTo('H');
                // Closed with unread bytes, and at once: the server's next line meets a reset.
                socket.setSoLinger(true, 0);
            }
            connection.rollback();
        }

        Answer again = keyed().send("POST", IMPORTS, BodyPublishers.ofString(batch), "application/jsonl");
        Instant deadline = Instant.now().plusSeconds(120);
        while (again.status() == 409 && again.problem().equals("idempotency_key.under_way")) {
            assertThat(Instant.now()).as(again.text()).isBefore(deadline);
            Thread.sleep(100);
            again = keyed().send("POST", IMPORTS, BodyPublishers.ofString(batch), "application/jsonl");
        }

        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(progress(again.text()).report().created()).isEqualTo(5_000);
    }

    private TestClient keyed() {
        return tenant.client().with("Idempotency-Key", "k-1").with("Accept", LINES);
    }

    private static ImportProgress progress(String line) {
        return WireJson.MAPPER.readValue(line, ImportProgress.class);
    }

    /** Versions of one number, of which the last has another, which may be none. */
    private static String batch(int versions, String last) {
        return IntStream.rangeClosed(1, versions)
                .mapToObj(i -> "{\"format\":\"apg.version/1\",\"capability\":\"c%d\",\"version\":\"%s\"}\n"
                        .formatted(i, i == versions ? last : "1.0.0"))
                .collect(Collectors.joining());
    }
}
