package dev.apg.server.capability;

import static dev.apg.server.capability.Registry.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.WireJson;
import dev.apg.contract.capability.ImportProgress;
import dev.apg.server.tenancy.Role;
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

class RefusedImportTests {
    @AutoClose
    private static final TestServer server = TestServer.start();

    private Registry registry;

    @BeforeEach
    void freshTenant() {
        registry = Registry.of(server);
    }

    @Test
    void a_status_that_claims_a_version_is_refused_without_one() {
        Answer answer = registry.importLines(status("a", "active"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("capability.no_version");
    }

    @Test
    void one_bad_line_among_ten_thousand_is_named_and_nothing_is_written() {
        String lines = IntStream.rangeClosed(1, 10_000)
                .mapToObj(i -> i == 5_000 ? line("c" + i, "1.0", "") : line("c" + i, "1.0.0", ""))
                .collect(Collectors.joining());

        Answer answer = registry.importLines(lines);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("import.invalid");
        assertThat(errors(answer)).hasSize(1);
        assertThat(errors(answer).getFirst().get("line").asInt()).isEqualTo(5_000);
        assertThat(errors(answer).getFirst().get("field").asString()).isEqualTo("version");
        assertThat(registry.version("c1", "1.0.0", "").status()).isEqualTo(404);
        assertThat(registry.client.get("/api/v1/export").text()).isEmpty();
    }

    @Test
    void every_error_of_a_batch_is_reported_whatever_its_kind() {
        registry.publish(Registry.version("there", "1.0.0"));

        Answer answer = registry.importLines(line("a", "1.0.0", ",\"requirements\":[{\"capability\":\"nowhere\"}]")
                + "this is not JSON\n"
                + line("b", "not-a-version", ",\"colour\":1")
                + line("there", "1.0.0", ",\"cost\":1")
                + line("a", "1.0.0", "")
                + "{\"format\":\"apg.other/1\"}\n"
                + "{\"format\":\"apg.version/1\",\"capability\":\"x\",\"capability\":\"y\",\"version\":\"1.0.0\"}\n"
                + line("late", "one", ",\"cost\":1e400,\"about\":{\"owner\":\"a\\u0000b\"}"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(errors(answer))
                .extracting(error ->
                        error.get("line").asInt() + " " + error.get("code").asString())
                .contains(
                        "1 capability.unknown",
                        "3 version.malformed",
                        "3 unknown_field",
                        "4 version.digest_differs",
                        "5 version.digest_differs",
                        "6 format.unknown",
                        "7 field.duplicate",
                        "8 version.malformed",
                        "8 number.too_large",
                        "8 text.malformed");
        assertThat(errors(answer)).anyMatch(error -> error.get("line").asInt() == 2);
        assertThat(registry.version("a", "1.0.0", "").status()).isEqualTo(404);
    }

    @Test
    void errors_in_a_yaml_stream_name_the_file_and_its_own_line() {
        Answer answer = registry.importYaml("""
                ---
                format: apg.source/1
                source: shop/cart/capability.yaml
                begins: 6
                ---
                # a comment
                format: apg.version/1
                capability: cart
                version: 1.0.0
                requirements:
                  - {capability: nowhere}
                ---
                format: apg.source/1
                source: shop/store/capability.yaml
                begins: 17
                ---
                format: apg.version/1
                capability: store
                version: one
                """);

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(errors(answer))
                .extracting(error -> "%s:%d %s"
                        .formatted(
                                error.get("source").asString(),
                                error.get("line").asInt(),
                                error.get("field").asString()))
                .containsExactlyInAnyOrder(
                        "shop/store/capability.yaml:3 version",
                        "shop/cart/capability.yaml:6 requirements[0].capability");
    }

    @Test
    void a_problem_after_progress_has_begun_is_the_last_line() {
        String lines = IntStream.rangeClosed(1, 2_000)
                .mapToObj(i -> line("c" + i % 100, i == 1_500 ? "one" : "1.0." + i, ""))
                .collect(Collectors.joining());

        Answer answer = registry.client
                .with("Accept", "application/x-ndjson")
                .send("POST", "/api/v1/imports", BodyPublishers.ofString(lines), "application/jsonl");

        assertThat(progress(answer).getLast().problem().code()).isEqualTo("import.invalid");
        assertThat(progress(answer).getLast().problem().errors()).hasSize(1);
    }

    @Test
    void one_document_too_many_is_refused_in_either_form() {
        int tooMany = ImportReader.MAX_DOCUMENTS + 1;
        for (Answer refused : List.of(
                registry.importLines("{\"format\":\"apg.other/1\"}\n".repeat(tooMany)),
                registry.importYaml("--- {format: apg.other/1}\n".repeat(tooMany)))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(413);
            assertThat(refused.problem()).isEqualTo("import.too_large");
        }
    }

    @Test
    void somebody_who_only_reads_may_not_import() {
        assertThat(Registry.of(server, Role.OBSERVER)
                        .importLines(line("a", "1.0.0", ""))
                        .problem())
                .isEqualTo("permission.denied");
    }

    @Test
    void a_developer_may_import_versions_but_no_tombstones() {
        Registry developer = Registry.of(server, Role.CAPABILITY_DEVELOPER);

        assertThat(developer.importLines(line("a", "1.0.0", "")).status()).isEqualTo(200);
        assertThat(developer
                        .importLines(
                                "{\"format\":\"apg.state/1\",\"capability\":\"a\",\"version\":\"2.0.0\",\"state\":\"purged\",\"reason\":\"leak\",\"digest\":\"sha256:%s\"}\n"
                                        .formatted("0".repeat(64)))
                        .problem())
                .isEqualTo("permission.denied");
    }

    @Test
    void a_state_that_cannot_be_chosen_is_refused_with_those_that_can() {
        registry.has("stated", "1.0.0");
        for (String state : List.of("yankd", "pending")) {
            Answer refused = registry.importLines(
                    "{\"format\":\"apg.state/1\",\"capability\":\"stated\",\"version\":\"1.0.0\",\"state\":\"%s\",\"reason\":\"why\"}\n"
                            .formatted(state));

            assertThat(refused.status()).isEqualTo(422);
            assertThat(errors(refused)).singleElement().satisfies(error -> {
                assertThat(error.get("field").asString()).isEqualTo("state");
                assertThat(error.get("value").asString()).isEqualTo(state);
                assertThat(error.get("expected").asString()).isEqualTo("one of published, deprecated, yanked, purged");
            });
        }
    }

    private static String status(String code, String status) {
        return "{\"format\":\"apg.capability/1\",\"capability\":\"%s\",\"status\":\"%s\"}\n".formatted(code, status);
    }

    private static List<ImportProgress> progress(Answer answer) {
        return answer.text()
                .lines()
                .map(text -> WireJson.MAPPER.readValue(text, ImportProgress.class))
                .toList();
    }

    private static List<JsonNode> errors(Answer answer) {
        return StreamSupport.stream(answer.json().get("errors").spliterator(), false)
                .toList();
    }
}
