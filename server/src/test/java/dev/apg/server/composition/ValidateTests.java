package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.provides;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestServer;
import java.util.List;
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
    void a_conclusion_that_rests_on_several_others_is_told_without_their_numbers() {
        catalogue
                .publish("narrow", "1.0.0")
                .publish("narrow", "2.0.0")
                .publish("narrow", "3.0.0")
                .publish("narrow-low", "1.0.0", Catalogue.requires("narrow", "<3.0.0"))
                .publish("narrow-high", "1.0.0", Catalogue.requires("narrow", ">=2.0.0"))
                .publish("narrow-not", "1.0.0", "\"conflicts\": [{\"capability\": \"narrow\", \"range\": \"2.0.0\"}]");

        JsonNode report = catalogue
                .compose("narrowed", "narrow-low", "narrow-high", "narrow-not")
                .validate()
                .json();

        assertThat(report.at("/explanation/steps")
                        .valueStream()
                        .toList()
                        .getLast()
                        .get("sentence")
                        .asString())
                .containsPattern("\\(\\d+(, \\d+)*\\)");
        assertThat(finding(report, "conflicting").get("sentence").asString())
                .contains("narrow")
                .doesNotContainPattern("\\([0-9., ]+\\)");
    }

    @Test
    void a_range_that_nothing_matches_is_unsatisfied() {
        Composition composition = catalogue.compose("nothing", "redis-cart@^99.0.0");
        JsonNode report = composition.validate().json();
        assertThat(report.get("valid").asBoolean()).isFalse();
        assertThat(report.has("explanation")).isTrue();
        assertThat(finding(report, "unsatisfied").get("severity").asString()).isEqualTo("error");
        assertThat(finding(report, "unsatisfied").get("sentence").asString())
                .isEqualTo("Something that is needed cannot be had: you ask for redis-cart ^99.0.0, but no version of"
                        + " redis-cart is in that range (it has 7.2.5). The report's explanation derives it.");
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
    void a_provider_needs_a_port_only_where_an_address_asks_for_one_and_the_error_says_what_to_write() {
        String requires = "\"requirements\": [{\"name\": \"worker\", \"capability\": \"portless\"}]";
        String runtime = "\"runtime\": {\"image\": \"registry.example/caller:1\", \"user\": 1000%s}";
        String variable = ", \"environment\": [{\"name\": \"WORKER\", \"provider\": {\"requirement\": \"worker\"%s}}]";
        catalogue
                .publish(
                        "portless",
                        "1.0.0",
                        "\"runtime\": {\"image\": \"registry.example/portless:1\", \"user\": 1000}")
                .publish("asks-nothing", "1.0.0", requires, runtime.formatted(""))
                .publish(
                        "asks-host",
                        "1.0.0",
                        requires,
                        runtime.formatted(variable.formatted(", \"template\": \"{host}\"")))
                .publish("asks-port", "1.0.0", requires, runtime.formatted(variable.formatted("")));

        for (String content : List.of("asks-nothing", "asks-host")) {
            JsonNode report =
                    catalogue.compose("with-" + content, content).validate().json();
            assertThat(report.get("valid").asBoolean()).as(report.toString()).isTrue();
        }
        JsonNode report =
                catalogue.compose("with-asks-port", "asks-port").validate().json();
        assertThat(finding(report, "bundle.provider_port_unclear")
                        .get("sentence")
                        .asString())
                .isEqualTo("asks-port: runtime.environment[0].provider.template: {host}:{port} (expected: a template"
                        + " without {port}, such as {host}; or a version of portless that lists a port in runtime.ports,"
                        + " as this one lists none)");
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
