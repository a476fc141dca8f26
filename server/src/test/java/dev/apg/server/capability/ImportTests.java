package dev.apg.server.capability;

import static dev.apg.server.capability.Registry.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.WireJson;
import dev.apg.contract.capability.ImportProgress;
import dev.apg.contract.capability.ImportReport;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ImportTests {
    @AutoClose
    private static final TestServer server = TestServer.start();

    private Registry registry;

    @BeforeEach
    void freshTenant() {
        registry = Registry.of(server);
    }

    @Test
    void a_byte_order_mark_in_front_of_a_batch_or_of_a_line_is_no_part_of_it() {
        for (Answer answer : List.of(
                registry.importLines("\uFEFF" + line("a", "1.0.0", "") + "\uFEFF" + line("b", "1.0.0", "")),
                registry.importYaml("\uFEFF" + Registry.version("c", "1.0.0")),
                registry.importYaml("\uFEFF---\n" + Registry.version("d", "1.0.0")),
                registry.importLines("\uFEFF"))) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        }
        assertThat(registry.version("b", "1.0.0", "").status()).isEqualTo(200);
    }

    @Test
    void a_batch_is_published_in_one_range_of_the_log() {
        Answer answer =
                registry.importLines(line("a", "1.0.0", "") + "\n" + line("a", "1.1.0", "") + line("b", "1.0.0", ""));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        ImportReport report = answer.as(ImportReport.class);
        assertThat(report.documents()).isEqualTo(3);
        assertThat(report.created()).isEqualTo(3);
        List<String> types = events().stream()
                .map(event -> event.get("type").asString())
                .filter(type -> !type.startsWith("token.") && !type.startsWith("tenant."))
                .toList();
        assertThat(types)
                .containsExactly(
                        "capability.registered",
                        "capability.registered",
                        "version.published",
                        "version.published",
                        "version.published");
        assertThat(registry.version("a", "1.1.0", "").status()).isEqualTo(200);
        assertThat(registry.version("b", "1.0.0", "").json().get("published_by").asString())
                .isEqualTo("test");
    }

    private List<JsonNode> events() {
        return StreamSupport.stream(
                        registry.client
                                .get("/api/v1/events?after=1.0")
                                .json()
                                .get("items")
                                .spliterator(),
                        false)
                .toList();
    }

    @Test
    void a_version_that_is_imported_with_a_state_tells_of_both() {
        registry.importLines(
                line("a", "1.0.0", "")
                        + "{\"format\":\"apg.state/1\",\"capability\":\"a\",\"version\":\"1.0.0\",\"state\":\"yanked\",\"reason\":\"loses data\"}\n");
        var events = registry.client.get("/api/v1/events").json().get("items");
        assertThat(events.findValuesAsString("type")).endsWith("version.published", "version.yanked");
        assertThat(events.get(events.size() - 1).at("/data/reason").asString()).isEqualTo("loses data");
        assertThat(events.get(events.size() - 2).at("/data/state").asString())
                .as("what is published is said with the state that it has")
                .isEqualTo("yanked");
    }

    @Test
    void a_cycle_inside_a_batch_is_published() {
        Answer answer = registry.importLines(
                line("a", "1.0.0", ",\"requirements\":[{\"capability\":\"b\",\"range\":\"^1.0.0\"}]")
                        + line("b", "1.0.0", ",\"requirements\":[{\"capability\":\"a\"}]"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.as(ImportReport.class).warningCount()).isZero();
    }

    private static String status(String code, String status) {
        return "{\"format\":\"apg.capability/1\",\"capability\":\"%s\",\"status\":\"%s\"}\n".formatted(code, status);
    }

    @Test
    void a_status_may_follow_what_the_batch_itself_publishes() {
        registry.client.post("/api/v1/capabilities", "{\"capability\":\"a\"}");

        Answer answer = registry.importLines(status("a", "active") + line("a", "1.0.0", ""));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(registry.client
                        .with("X-APG-Min-Seq", answer.header("X-APG-Seq").orElseThrow())
                        .get("/api/v1/capabilities/a")
                        .json()
                        .get("status")
                        .asString())
                .isEqualTo("active");
    }

    @Test
    void importing_again_changes_nothing() {
        String lines = line("a", "1.0.0", "") + line("b", "1.0.0", ",\"requirements\":[{\"capability\":\"a\"}]");
        Answer first = registry.importLines(lines);
        Answer again = registry.importLines(lines);

        assertThat(again.as(ImportReport.class).created()).isZero();
        assertThat(again.as(ImportReport.class).unchanged()).isEqualTo(2);
        assertThat(again.as(ImportReport.class).cursor())
                .isEqualTo(first.as(ImportReport.class).cursor());
    }

    @Test
    void the_same_document_twice_in_a_batch_is_one() {
        Answer answer = registry.importLines(line("a", "1.0.0", "") + line("A", "1.0.0", ",\"cost\":0"));

        assertThat(answer.as(ImportReport.class).created()).isEqualTo(1);
        assertThat(answer.as(ImportReport.class).documents()).isEqualTo(2);
    }

    @Test
    void a_dry_run_tells_the_same_and_writes_nothing() {
        String good = line("a", "1.0.0", ",\"requirements\":[{\"service\":\"s\",\"range\":\"^2.0.0\"}]")
                + line("b", "1.0.0", ",\"provides\":[{\"service\":\"s\",\"version\":\"1.0.0\"}]");
        Answer dry = registry.client.send(
                "POST", "/api/v1/imports?dry_run=true", BodyPublishers.ofString(good), "application/jsonl");

        assertThat(dry.status()).as(dry.text()).isEqualTo(200);
        ImportReport report = dry.as(ImportReport.class);
        assertThat(report.dryRun()).isTrue();
        assertThat(report.created()).isEqualTo(2);
        assertThat(report.cursor()).isNull();
        assertThat(registry.client.get("/api/v1/export").text()).isEmpty();
        assertThat(registry.importLines(good).as(ImportReport.class).warnings()).isEqualTo(report.warnings());
    }

    @Test
    void progress_is_streamed_when_asked_for() {
        String lines = IntStream.rangeClosed(1, 3_000)
                .mapToObj(i -> line("c" + i % 100, "1.0." + i, ""))
                .collect(Collectors.joining());

        Answer answer = registry.client
                .with("Accept", "application/x-ndjson")
                .send("POST", "/api/v1/imports", BodyPublishers.ofString(lines), "application/jsonl");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<ImportProgress> told = progress(answer);
        assertThat(told.getFirst()).isEqualTo(ImportProgress.reading(1_000));
        assertThat(told).contains(ImportProgress.writing(1_000, 3_000));
        assertThat(told.getLast().report().created()).isEqualTo(3_000);
    }

    private static List<ImportProgress> progress(Answer answer) {
        return answer.text()
                .lines()
                .map(text -> WireJson.MAPPER.readValue(text, ImportProgress.class))
                .toList();
    }
}
