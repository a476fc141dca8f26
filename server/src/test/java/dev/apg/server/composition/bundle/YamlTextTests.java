package dev.apg.server.composition.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.yaml.snakeyaml.Yaml;

/** What is written here is read by libraries, one for YAML 1.2 and one for YAML 1.1. */
class YamlTextTests {
    @Test
    void every_shape_is_read_as_it_was() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("nothing", Map.of());
        document.put("none", List.of());
        document.put("map", Map.of("truth", true, "number", -7, "large", 12_345_678_901L, "text", "7"));
        document.put(
                "list", List.of("a", Map.of("deep", List.of(Map.of("deeper", List.of(1, 2)))), List.of(), Map.of()));
        document.put("lists", List.of(List.of("a", "b"), List.of(List.of(1), List.of(2, 3))));

        assertRead(document);
    }

    @Test
    void keys_are_read_however_long_or_odd_they_are() {
        Map<String, Object> document = new LinkedHashMap<>();
        for (String key : List.of("", "on", "a: b", "- a", "\n", "é\uD83D\uDE00", "k".repeat(1024), "k".repeat(5000))) {
            document.put(key, Map.of(key, List.of(key, Map.of(key, key))));
        }

        assertRead(document);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "{}", "NO", "Null", "1e3", "0755", "1:20", "a:", ":a", "a::b", "a:b", "/a", ".a", "-", "\u2028",
                "\u00a0"
            })
    void a_text_stays_a_text(String text) {
        assertRead(Map.of("key", text));
    }

    @Test
    void documents_follow_each_other() {
        List<Map<String, Object>> documents = List.of(Map.of("a", 1), Map.of(), Map.of("b", "c"));
        String text = new String(YamlText.documents(documents), UTF_8);

        assertThat(StreamSupport.stream(load().loadAllFromString(text).spliterator(), false)
                        .toList())
                .isEqualTo(documents);
    }

    @Test
    void what_has_no_form_is_refused() {
        assertThatThrownBy(() -> YamlText.document(Map.of("a", 1.5))).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRead(Map<String, Object> document) {
        String text = new String(YamlText.document(document), UTF_8);
        assertThat(load().loadFromString(text)).as(text).isEqualTo(document);
        assertThat(new Yaml().<Object>load(text)).as(text).isEqualTo(document);
    }

    private static Load load() {
        return new Load(LoadSettings.builder().build());
    }
}
