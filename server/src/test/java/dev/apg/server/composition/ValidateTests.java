package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.provides;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.WireJson;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.ValidationReport;
import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValidateTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private Catalogue catalogue;

    @BeforeAll
    void start() {
        catalogue = new Catalogue(server.client());
        catalogue
                .publish("redis-cart", "7.2.5", provides("cart-store", "1.1.0"))
                .publish("base", "1.0.0")
                .publish("left", "1.0.0");
    }

    @Test
    void a_range_that_nothing_matches_is_unsatisfied() {
        Composition composition = catalogue.compose("nothing", "redis-cart@^99.0.0");
        JsonNode report = composition.validate().json();
        assertThat(report.get("valid").asBoolean()).isFalse();
        assertThat(report.has("explanation")).isTrue();
        assertThat(finding(report, "unsatisfied").get("severity").asString()).isEqualTo("error");
        assertThat(finding(report, "not_checked").get("severity").asString()).isEqualTo("note");
    }

    @Test
    void configuration_is_held_against_the_schema_of_the_chosen_version() {
        catalogue.publish("configured", "1.0.0", """
                "configuration_schema": {"type": "object", "required": ["level", "region"], "additionalProperties": false,
                  "properties": {"level": {"type": "string", "enum": ["info", "debug"]}, "region": {"type": "string"}}}
                """);
        Composition composition = catalogue.compose("settings", "configured", "base");
        composition.apply(
                "{\"op\": \"set_configuration\", \"capability\": \"configured\", \"configuration\": {\"level\": \"loud\"}}",
                "{\"op\": \"set_configuration\", \"capability\": \"base\", \"configuration\": {\"a\": 1}}",
                "{\"op\": \"set_configuration\", \"capability\": \"left\", \"configuration\": {\"a\": 1}}");
        JsonNode report = composition.validate().json();
        assertThat(report.get("valid").asBoolean()).isFalse();
        assertThat(finding(report, "configuration.invalid").get("path").asString())
                .isEqualTo("configuration.level");
        assertThat(finding(report, "configuration.missing").get("path").asString())
                .isEqualTo("configuration.region");
        assertThat(finding(report, "configuration.not_checked")
                        .get("capability")
                        .asString())
                .isEqualTo("base");
        assertThat(finding(report, "configuration.unused").get("capability").asString())
                .isEqualTo("left");
        composition.apply(
                "{\"op\": \"set_configuration\", \"capability\": \"configured\", \"configuration\": {\"level\": \"info\", \"region\": \"eu\"}}");
        assertThat(composition.validate().json().get("valid").asBoolean()).isTrue();
    }

    @Test
    void marked_versions_in_use_are_warned_about() {
        catalogue.publish("aging", "1.0.0");
        catalogue.state("aging", "1.0.0", "deprecated");
        JsonNode report = catalogue.compose("old", "aging").validate().json();
        assertThat(report.get("valid").asBoolean()).isTrue();
        assertThat(finding(report, "deprecated").get("capability").asString()).isEqualTo("aging");
        assertThat(finding(report, "nothing_to_run").get("severity").asString()).isEqualTo("note");
    }

    @Test
    void what_cannot_run_side_by_side_is_an_error_and_a_loose_image_a_warning() {
        String runtime =
                "\"runtime\": {\"image\": \"registry.example/a:1\", \"ports\": [{\"name\": \"http\", \"port\": 80}]}";
        catalogue.publish("same.name", "1.0.0", runtime).publish("same_name", "1.0.0", runtime);
        JsonNode report =
                catalogue.compose("clash", "same.name", "same_name").validate().json();
        assertThat(report.get("valid").asBoolean()).isFalse();
        assertThat(finding(report, "bundle.name_collision").get("severity").asString())
                .isEqualTo("error");
        assertThat(finding(report, "run.image_not_pinned").get("severity").asString())
                .isEqualTo("warning");
    }

    @Test
    void a_need_that_is_met_by_a_module_comes_with_the_providers_that_run_as_operations_that_mend_it() {
        String runs = "\"runtime\": {\"image\": \"registry.example/%s:1\", \"user\": 1000,"
                + " \"ports\": [{\"name\": \"main\", \"port\": 6000}]}";
        catalogue
                .publish("alloy-store", "1.0.0", provides("store", "1.0.0"))
                .publish("better-store", "1.0.0", provides("store", "1.0.0"))
                .publish("kv-store", "1.0.0", provides("store", "1.0.0"), runs.formatted("kv"))
                .publish("old-store", "1.0.0", provides("store", "0.9.0"), runs.formatted("old"))
                .publish("invoice", "1.0.0", """
                        "requirements": [{"name": "store", "any_of": [{"service": "store", "range": "^1.0.0"}]}],
                        "runtime": {"image": "registry.example/invoice:1", "environment": [
                          {"name": "STORE", "provider": {"requirement": "store"}},
                          {"name": "STORE_HOST", "provider": {"requirement": "store", "template": "{host}"}}]}
                        """);
        for (Composition composition : new Composition[] {
            catalogue.compose("pulled-in", "invoice"),
            catalogue.compose("named", "invoice", "alloy-store"),
            catalogue.compose("both-named", "invoice", "alloy-store", "kv-store")
        }) {
            ValidationReport report = composition.validate().as(ValidationReport.class);
            assertThat(report.valid()).isFalse();
            assertThat(report.findings())
                    .filteredOn(finding -> finding.code().equals("bundle.provider_absent"))
                    .hasSize(2)
                    .allSatisfy(finding -> assertThat(finding.fixes())
                            .singleElement()
                            .satisfies(fix -> assertThat(fix.sentence()).contains("kv-store", "invoice")));
            Answer refused = composition.tryToFreeze();
            assertThat(refused.problem()).isEqualTo("composition.invalid");
            composition.apply(report.findings().getFirst().fixes().getFirst().operations().stream()
                    .map(WireJson.MAPPER::writeValueAsString)
                    .toArray(String[]::new));
            assertThat(composition.validate().as(ValidationReport.class).valid())
                    .isTrue();
        }
    }

    @Test
    void a_fix_does_not_ask_for_a_member_that_is_there_already() {
        catalogue
                .publish("a-queue", "1.0.0", provides("queue", "1.0.0"))
                .publish(
                        "b-queue",
                        "1.0.0",
                        provides("queue", "1.0.0"),
                        "\"runtime\": {\"image\": \"registry.example/b:1\", \"user\": 1000,"
                                + " \"ports\": [{\"name\": \"main\", \"port\": 6000}]}")
                .publish("worker", "1.0.0", """
                        "requirements": [{"name": "queue", "service": "queue"}],
                        "runtime": {"image": "registry.example/worker:1", "environment": [
                          {"name": "QUEUE", "provider": {"requirement": "queue"}}]}
                        """);
        ValidationReport report = catalogue
                .compose("two-queues", "worker", "a-queue", "b-queue")
                .validate()
                .as(ValidationReport.class);
        assertThat(report.findings())
                .filteredOn(finding -> finding.code().equals("bundle.provider_absent"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.fixes())
                        .singleElement()
                        .satisfies(fix -> {
                            assertThat(fix.operations()).containsExactly(new DraftOperation.RemoveMember("a-queue"));
                            assertThat(fix.sentence())
                                    .isEqualTo(
                                            "Leave out a-queue beside b-queue: b-queue runs, and meets the requirement"
                                                    + " queue of worker.");
                        }));
    }

    private static JsonNode finding(JsonNode report, String code) {
        for (JsonNode finding : report.get("findings")) {
            if (finding.get("code").asString().equals(code)) {
                return finding;
            }
        }
        throw new AssertionError("no finding " + code + " in " + report);
    }
}
