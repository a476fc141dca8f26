package dev.apg.server.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a composition hears of newer versions, and whether it is true. */
record OutdatedAnswer(Composition composition, JsonNode json) {

    static OutdatedAnswer of(Composition composition) {
        return of(composition, "{}");
    }

    static OutdatedAnswer of(Composition composition, String question) {
        Answer answer = composition.ask("/outdated", question);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("X-APG-Seq")).isPresent();
        return new OutdatedAnswer(composition, answer.json());
    }

    Map<String, String> kinds() {
        return json.get("entries")
                .valueStream()
                .collect(Collectors.toMap(
                        entry -> entry.get("capability").asString(),
                        entry -> entry.get("kind").asString()));
    }

    JsonNode entry(String capability) {
        return json.get("entries")
                .valueStream()
                .filter(entry -> entry.get("capability").asString().equals(capability))
                .findFirst()
                .orElseThrow();
    }

    String heldBack(String capability) {
        return entry(capability).at("/held_back/sentence").asString();
    }

    JsonNode steps() {
        return json.at("/plan/steps");
    }

    /** Of the step with this number. */
    List<String> moves(int step) {
        return steps().get(step - 1)
                .get("moves")
                .valueStream()
                .map(move -> "%s %s"
                        .formatted(
                                move.get("kind").asString(),
                                move.get("capability").asString()))
                .toList();
    }

    List<String> sentences() {
        return steps().valueStream()
                .map(step -> step.get("sentence").asString())
                .toList();
    }

    /** Does what each step says and resolves as it says; that chooses what its moves lead to. Freezes what the last one leads to. */
    void follow() {
        Map<String, String> versions = new TreeMap<>();
        json.get("entries")
                .forEach(entry -> versions.put(
                        entry.get("capability").asString(), entry.get("current").asString()));
        for (JsonNode step : steps()) {
            apply(step.get("operations"));
            for (JsonNode move : step.get("moves")) {
                String capability = move.get("capability").asString();
                assertThat(versions.get(capability)).isEqualTo(move.path("from").asString(null));
                if (move.has("to")) {
                    versions.put(capability, move.get("to").asString());
                } else {
                    versions.remove(capability);
                }
            }
            assertThat(chosen(step.get("resolve").toString()))
                    .as(step.toString())
                    .isEqualTo(versions);
        }
        Answer frozen = composition.tryToFreezeWith(
                steps().get(steps().size() - 1).get("resolve").toString());
        assertThat(frozen.status()).as(frozen.text()).isEqualTo(201);
    }

    void apply(JsonNode operations) {
        if (!operations.isEmpty()) {
            composition.apply(operations.valueStream().map(JsonNode::toString).toArray(String[]::new));
        }
    }

    Map<String, String> chosen(String options) {
        Map<String, String> chosen = new TreeMap<>();
        composition
                .resolve(options)
                .json()
                .get("entries")
                .forEach(entry -> chosen.put(
                        entry.get("capability").asString(), entry.get("version").asString()));
        return chosen;
    }
}
