package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.document;
import static dev.apg.server.composition.Catalogue.provides;
import static dev.apg.server.composition.Catalogue.requires;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** The steps to newer versions: in which order, and that doing what they say leads where they say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutdatedPlanTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private final Catalogue catalogue = new Catalogue(server.client());

    @Test
    void an_update_of_patches_comes_first_then_minor_and_then_major_changes() {
        catalogue
                .publish("kept-minor", "1.0.0")
                .publish("tilde", "1.0.0")
                .publish("caret", "1.0.0")
                .publish("zero", "0.1.0")
                .publish("below", "1.0.0")
                .publish("above", "1.0.0", requires("below", "^1.0.0"));
        Composition composition = catalogue
                .compose("laddered", "kept-minor@^1.0.0", "tilde@~1.0.0", "caret@^1.0.0", "above@^1.0.0", "zero@^0.1.0")
                .freeze();
        catalogue
                .publish("kept-minor", "1.4.0")
                .publish("tilde", "1.0.1")
                .publish("tilde", "1.2.0")
                .publish("tilde", "2.0.0")
                .publish("caret", "2.1.0")
                .publish("zero", "0.2.0")
                .publish("below", "2.0.0")
                .publish("above", "2.0.0", requires("below", "^2.0.0"));

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.sentences())
                .containsExactly(
                        "Update tilde within the ranges and pins of the draft.",
                        "Update kept-minor within the ranges and pins of the draft.",
                        "Ask for tilde ~1.2.0 instead of ~1.0.0.",
                        "Ask for zero ^0.2.0 instead of ^0.1.0.",
                        "Ask for above ^2.0.0 instead of ^1.0.0.",
                        "Ask for caret ^2.1.0 instead of ^1.0.0.",
                        "Ask for tilde ~2.0.0 instead of ~1.2.0.");
        assertThat(answer.steps().valueStream().map(step -> step.get("size").asString()))
                .containsExactly("patch", "minor", "minor", "minor", "major", "major", "major");
        assertThat(answer.steps()
                        .valueStream()
                        .map(step -> step.get("stands_alone").asBoolean()))
                .containsOnly(true);
        assertThat(answer.moves(5)).containsExactly("up above", "up below");
        assertThat(answer.entry("below").get("plan_step").asInt()).isEqualTo(5);
        assertThat(answer.entry("kept-minor").get("plan_step").asInt()).isEqualTo(2);
        assertThat(answer.steps().get(0).get("resolve").toString())
                .isEqualTo("{\"update\":[\"tilde\"],\"update_all\":false}");
        assertThat(answer.steps().get(1).at("/resolve/update_all").asBoolean()).isTrue();
        answer.follow();
        assertThat(OutdatedAnswer.of(composition).kinds().values()).containsOnly("up_to_date");
    }

    @Test
    void members_that_need_each_other_move_in_one_step() {
        catalogue.publishTogether(
                document("ring-a", "1.0.0", requires("ring-b", "^1.0.0")),
                document("ring-b", "1.0.0", requires("ring-a", "^1.0.0")));
        Composition composition =
                catalogue.compose("ringed", "ring-a@^1.0.0", "ring-b@^1.0.0").freeze();
        catalogue.publishTogether(
                document("ring-a", "2.0.0", requires("ring-b", "^2.0.0")),
                document("ring-b", "2.0.0", requires("ring-a", "^2.0.0")));

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.sentences())
                .containsExactly(
                        "Ask for ring-a ^2.0.0 instead of ^1.0.0, and ask for ring-b ^2.0.0 instead of ^1.0.0.");
        assertThat(answer.entry("ring-b").get("operations")).hasSize(2);
        answer.follow();
    }

    @Test
    void what_is_bound_to_a_platform_moves_with_it_and_nothing_else_does() {
        int members = 12;
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of("platform@^1.0.0", "bystander@^1.0.0"));
        for (int i = 0; i < members; i++) {
            before.add(document("part-" + i, "1.0.0", requires("platform", "^1.0.0")));
            after.add(document("part-" + i, "2.0.0", requires("platform", "^2.0.0")));
            names.add("part-%d@^1.0.0".formatted(i));
        }
        catalogue.publish("platform", "1.0.0").publish("bystander", "1.0.0");
        catalogue.publishTogether(before.toArray(String[]::new));
        Composition composition =
                catalogue.compose("platformed", names.toArray(String[]::new)).freeze();
        catalogue.publish("platform", "2.0.0").publish("bystander", "2.0.0");
        catalogue.publishTogether(after.toArray(String[]::new));

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.sentences()).hasSize(2).first().isEqualTo("Ask for bystander ^2.0.0 instead of ^1.0.0.");
        assertThat(answer.steps().get(1).get("operations")).hasSize(members + 1);
        answer.follow();
    }

    @Test
    void a_step_that_needs_an_earlier_one_says_so_and_its_entry_brings_all_that_is_needed() {
        catalogue.publish("base", "1.0.0").publish("tool", "1.0.0");
        Composition composition =
                catalogue.compose("based", "base@~1.0.0", "tool@^1.0.0").freeze();
        catalogue.publish("base", "1.1.0").publish("tool", "2.0.0", requires("base", "^1.1.0"));

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.sentences())
                .containsExactly("Ask for base ~1.1.0 instead of ~1.0.0.", "Ask for tool ^2.0.0 instead of ^1.0.0.");
        assertThat(answer.steps().get(1).get("stands_alone").asBoolean()).isFalse();
        JsonNode tool = answer.entry("tool");
        assertThat(tool.get("operations")).hasSize(2);
        answer.follow();
    }

    @Test
    void a_required_service_is_asked_for_in_the_range_of_its_newer_provider() {
        catalogue.publish("old-store", "1.0.0", provides("storing", "1.0.0"));
        Composition composition = catalogue
                .compose("stored")
                .apply("{\"op\": \"require_service\", \"service\": \"storing\", \"range\": \"^1.0.0\"}")
                .freeze();
        catalogue.publish("old-store", "5.0.0", provides("storing", "2.0.0"));

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.kinds()).isEqualTo(Map.of("old-store", "needs_range_change"));
        assertThat(answer.sentences()).containsExactly("Ask for service storing ^2.0.0 instead of ^1.0.0.");
        assertThat(answer.entry("old-store").get("operations"))
                .hasToString("[{\"op\":\"require_service\",\"service\":\"storing\",\"range\":\"^2.0.0\"}]");
        answer.follow();
    }

    @Test
    void another_provider_that_takes_over_is_among_the_moves() {
        catalogue
                .publish("a-cache", "1.0.0", provides("caching", "1.0.0"))
                .publish("web", "1.0.0", "\"requirements\": [{\"service\": \"caching\", \"range\": \"^1.0.0\"}]");
        Composition composition = catalogue.compose("cached", "web@^1.0.0").freeze();
        catalogue
                .publish("b-cache", "1.0.0", provides("caching", "2.0.0"))
                .publish("web", "2.0.0", "\"requirements\": [{\"service\": \"caching\", \"range\": \"^2.0.0\"}]");

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.steps().get(0).get("swaps").findValuesAsString("sentence"))
                .containsExactly("Service caching would be provided to web by b-cache instead of a-cache.");
        assertThat(answer.moves(1)).containsExactly("removed a-cache", "added b-cache", "up web");
        answer.follow();
    }

    @Test
    void a_newer_version_that_the_rule_passes_over_when_all_are_freed_is_still_within_the_ranges() {
        catalogue.publish("first", "1.0.0").publish("second", "1.0.0");
        Composition composition = catalogue.compose("rivals", "first", "second").freeze();
        catalogue
                .publish("first", "2.0.0")
                .publish("second", "2.0.0", "\"conflicts\": [{\"capability\": \"first\", \"range\": \"^2.0.0\"}]");

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.kinds()).isEqualTo(Map.of("first", "within_ranges", "second", "within_ranges"));
        assertThat(answer.entry("second").has("plan_step")).isFalse();
        assertThat(answer.entry("second").get("within_ranges").asString()).isEqualTo("2.0.0");
        assertThat(answer.entry("second").get("planned").asString()).isEqualTo("1.0.0");
        assertThat(answer.heldBack("second"))
                .isEqualTo("After the plan, second is not 2.0.0: it and first 2.0.0 conflict.");
        assertThat(answer.chosen("{\"update\": [\"second\"]}")).containsEntry("second", "2.0.0");
        assertThat(answer.json().at("/plan/out_of_reach/0/sentence").asString())
                .isEqualTo("second is not 2.0.0: it and first 2.0.0 conflict.");
        answer.follow();
    }

    @Test
    void hundreds_of_entries_cost_a_few_searches_and_a_plan_of_bounded_length() {
        int members = 300;
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            String name = "many-%03d".formatted(i);
            before.add(document(name, "1.0.0", requires("many-leaf-%03d".formatted(i), "^1.0.0")));
            before.add(document("many-leaf-%03d".formatted(i), "1.0.0"));
            after.add(document("many-leaf-%03d".formatted(i), "1.1.0"));
            after.add(document(name, "2.0.0", requires("many-leaf-%03d".formatted(i), "^1.0.0")));
            names.add(name + "@^1.0.0");
        }
        catalogue.publishTogether(before.toArray(String[]::new));
        Composition composition =
                catalogue.compose("crowded", names.toArray(String[]::new)).freeze();
        catalogue.publishTogether(after.toArray(String[]::new));

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.kinds()).hasSize(2 * members);
        assertThat(answer.kinds().values().stream().filter("within_ranges"::equals))
                .hasSize(members);
        assertThat(answer.kinds().values().stream().filter("needs_range_change"::equals))
                .hasSize(members);
        assertThat(answer.steps()).hasSize(50);
        assertThat(answer.json().at("/plan/left")).hasSize(members - 49);
        long one = composition.resolve().json().get("steps").asLong();
        // Three searches for all entries, two for each step.
        assertThat(answer.json().get("steps").asLong()).isLessThan(110 * one);
    }
}
