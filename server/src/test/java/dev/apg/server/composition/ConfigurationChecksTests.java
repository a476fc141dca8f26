package dev.apg.server.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.composition.ValidationReport.Finding;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas that publishing may refuse one day and that stored versions may still have. */
class ConfigurationChecksTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/schema.json",
                "http://127.0.0.1:1/schema.json",
                "file:///etc/hostname",
                "classpath:application.yaml",
                "#/nowhere",
                "#"
            })
    void a_reference_that_cannot_be_followed_is_said_to_be_not_checked(String reference) {
        assertThat(check(Map.of("$ref", reference), Map.of("a", 1)))
                .extracting(Finding::code)
                .containsExactly("configuration.not_checked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"^(([a-z])+.)+[A-Z]([a-z])+$", "(.*)*(.*)*(.*)*x$", "^(a+)+$"})
    void an_expression_that_would_backtrack_for_ever_is_answered(String expression) {
        Map<String, Object> schema = Map.of("properties", Map.of("a", Map.of("pattern", expression)));
        assertThat(check(schema, Map.of("a", "a".repeat(60_000) + "!")))
                .extracting(Finding::code)
                .containsExactly("configuration.invalid");
    }

    @Test
    void an_expression_that_needs_backtracking_is_said_to_be_not_checked() {
        Map<String, Object> schema = Map.of("properties", Map.of("a", Map.of("pattern", "^(a)\\1$")));
        assertThat(check(schema, Map.of("a", "aa")))
                .extracting(Finding::code)
                .containsExactly("configuration.not_checked");
    }

    @Test
    void references_that_fan_out_for_ever_are_said_to_be_not_checked() {
        Map<String, Object> definitions = new HashMap<>(Map.of("d40", true));
        for (int i = 0; i < 40; i++) {
            Map<String, Object> next = Map.of("$ref", "#/$defs/d" + (i + 1));
            definitions.put("d" + i, Map.of("allOf", List.of(next, next)));
        }
        Map<String, Object> schema = Map.of("$defs", definitions, "$ref", "#/$defs/d0");
        assertThat(check(schema, Map.of("a", 1)))
                .extracting(Finding::code)
                .containsExactly("configuration.not_checked");
    }

    @Test
    void a_reference_inside_the_schema_is_followed() {
        Map<String, Object> schema = Map.of(
                "$defs", Map.of("level", Map.of("enum", List.of("info", "debug"))),
                "properties", Map.of("level", Map.of("$ref", "#/$defs/level")));
        assertThat(check(schema, Map.of("level", "info"))).isEmpty();
        assertThat(check(schema, Map.of("level", "loud"))).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("configuration.invalid");
            assertThat(finding.path()).isEqualTo("configuration.level");
        });
    }

    @Test
    void the_sentence_is_the_same_in_every_locale() {
        Map<String, Object> schema = Map.of("required", List.of("region"));
        Locale before = Locale.getDefault();
        List<Finding> here = check(schema, Map.of());
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(check(schema, Map.of())).isEqualTo(here);
        } finally {
            Locale.setDefault(before);
        }
        assertThat(here).extracting(Finding::path).containsExactly("configuration.region");
    }

    @Test
    void configuration_without_a_schema_is_not_checked_and_nothing_is_nothing() {
        assertThat(ConfigurationChecks.check("a", "1.0.0", null, Map.of())).isEmpty();
        assertThat(ConfigurationChecks.check("a", "1.0.0", null, Map.of("b", 1)))
                .extracting(Finding::code)
                .containsExactly("configuration.not_checked");
    }

    private static List<Finding> check(Map<String, Object> schema, Map<String, Object> configuration) {
        return ConfigurationChecks.check("a", "1.0.0", schema, configuration);
    }
}
