package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.requires;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What is said of newer versions that others, the draft itself or its policy keep out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutdatedPolicyTests {
    private static final String CHEAP =
            "{\"op\": \"set_policy\", \"policy\": {\"objective\": [\"minimal_change\", \"cheapest\"]}}";

    @AutoClose
    private final TestServer server = TestServer.start();

    private final Catalogue catalogue = new Catalogue(server.client());

    private static String pin(String capability, String version) {
        return "{\"op\": \"pin\", \"capability\": \"%s\", \"version\": \"%s\"}".formatted(capability, version);
    }

    private static String unpin(String capability) {
        return "{\"op\": \"unpin\", \"capability\": \"%s\"}".formatted(capability);
    }

    private static String cost(int cost) {
        return "\"cost\": " + cost;
    }

    @Test
    void a_deprecated_version_is_left_first_although_the_choice_rule_prefers_what_keeps_it() {
        catalogue.publish("left-auth", "1.1.0").publish("left-bill", "1.2.0", requires("left-auth", "^1.0.0"));
        Composition composition = catalogue
                .compose("leaving", "left-auth@^1.0.0", "left-bill@^1.0.0")
                .freeze();
        catalogue
                .publish("left-auth", "1.2.0")
                .publish("left-bill", "1.3.0", requires("left-auth", "~1.1.0"))
                .state("left-bill", "1.2.0", "deprecated");

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.moves(1)).containsExactly("up left-bill");
        assertThat(answer.steps().get(0).at("/moves/0/sentence").asString())
                .isEqualTo("left-bill would go up from 1.2.0 to 1.3.0: 1.2.0 is deprecated: a test.");
        assertThat(answer.steps()).hasSize(1);
        assertThat(answer.entry("left-auth").get("within_ranges").asString()).isEqualTo("1.2.0");
        assertThat(answer.entry("left-auth").get("planned").asString()).isEqualTo("1.1.0");
        assertThat(answer.heldBack("left-auth"))
                .isEqualTo("After the plan, left-auth is not 1.2.0: left-bill 1.3.0 requires left-auth ~1.1.0.");
        answer.follow();
    }

    @Test
    void a_move_to_a_deprecated_version_says_so_wherever_it_is_told() {
        catalogue.publish("faint", "1.0.0");
        Composition composition = catalogue.compose("fainting", "faint@^1.0.0").freeze();
        catalogue.publish("faint", "1.1.0").state("faint", "1.1.0", "deprecated");

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.entry("faint").get("within_ranges_state").asString()).isEqualTo("deprecated");
        assertThat(answer.steps().get(0).at("/moves/0/sentence").asString())
                .isEqualTo("faint would go up from 1.0.0 to 1.1.0: nothing but the lock is in the way of it."
                        + " faint 1.1.0 is deprecated: a test.");
        assertThat(composition
                        .ask("/why", "{\"capability\": \"faint\", \"version\": \"1.1.0\"}")
                        .json()
                        .at("/changes/0/sentence")
                        .asString())
                .endsWith(" faint 1.1.0 is deprecated: a test.");
    }

    @Test
    void what_moves_because_its_version_does_not_go_with_the_others_any_more_says_so() {
        catalogue
                .publish("gone-kit", "1.0.0")
                .publish("gone-kit", "2.0.0")
                .publish("gone-tax", "1.0.0")
                .publish("gone-tax", "2.0.0", requires("gone-kit", "^1.0.0"))
                .publish("gone-app", "1.0.0", requires("gone-kit", "^1.0.0"))
                .publish("gone-app", "2.0.0", requires("gone-kit", "^2.0.0"));
        Composition composition =
                catalogue.compose("going", "gone-app@^1.0.0", "gone-tax").freeze();

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.steps()
                        .get(0)
                        .get("moves")
                        .valueStream()
                        .map(move -> move.get("sentence").asString()))
                .containsExactly(
                        "gone-app would go up from 1.0.0 to 2.0.0: the draft asks for ^2.0.0 instead of ^1.0.0.",
                        "gone-kit would go up from 1.0.0 to 2.0.0: gone-app, which needs it, is 2.0.0 instead of 1.0.0.",
                        "gone-tax would go down from 2.0.0 to 1.0.0: gone-tax 2.0.0 needs gone-kit ^1.0.0, and gone-kit is 2.0.0.");
        answer.follow();
    }

    @Test
    void what_the_draft_itself_pins_or_excludes_is_said_to_be_held_by_that_whatever_the_policy_asks_for() {
        catalogue
                .publish("held-auth", "1.0.1", cost(10))
                .publish("held-bill", "1.1.0", requires("held-auth", "^1.0.0"), cost(25))
                .publish("held-kit", "3.0.0");
        Composition composition = catalogue.compose("holding", "held-bill", "held-kit@^3.0.0");
        composition.apply(
                pin("held-bill", "1.1.0"),
                pin("held-auth", "1.0.1"),
                "{\"op\": \"exclude\", \"capability\": \"held-kit\", \"range\": \"3.1.0\"}",
                CHEAP);
        composition.freeze();
        catalogue
                .publish("held-auth", "1.1.0", cost(12))
                .publish("held-bill", "1.2.0", requires("held-auth", "^1.0.0"), cost(30))
                .publish("held-kit", "3.1.0");

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.kinds())
                .isEqualTo(Map.of(
                        "held-auth", "needs_range_change",
                        "held-bill", "needs_range_change",
                        "held-kit", "blocked"));
        assertThat(answer.heldBack("held-bill")).isEqualTo("held-bill is not 1.2.0: the draft pins it to 1.1.0.");
        assertThat(answer.heldBack("held-kit")).isEqualTo("held-kit is not 3.1.0: the draft excludes held-kit 3.1.0.");
        assertThat(answer.sentences())
                .containsExactly(
                        "Pin held-auth to 1.1.0 instead of 1.0.1.", "Pin held-bill to 1.2.0 instead of 1.1.0.");
        answer.follow();
    }

    @Test
    void no_step_leads_to_an_older_version_because_it_is_cheaper_and_impact_agrees_on_what_a_pin_takes() {
        catalogue.publish("cost-bill", "1.0.0", cost(20)).publish("cost-bill", "1.1.0", cost(25));
        Composition composition = catalogue.compose("costing", "cost-bill");
        composition.apply(pin("cost-bill", "1.1.0"), CHEAP);
        composition.freeze();
        composition.apply(unpin("cost-bill"));
        composition.freeze();
        catalogue.publish("cost-bill", "1.2.0", cost(30));

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.steps()).isEmpty();
        assertThat(answer.json().at("/plan/older").findValuesAsString("sentence"))
                .containsExactly(
                        "An update of everything would take cost-bill 1.0.0, which is older than 1.1.0: the policy asks"
                                + " for the lowest cost before it asks for newer versions.");
        assertThat(answer.kinds()).isEqualTo(Map.of("cost-bill", "not_preferred"));
        Answer impact = catalogue
                .reader()
                .post(
                        "/api/v1/impact?verdict=upgradable",
                        "{\"kind\": \"version\", \"capability\": \"cost-bill\", \"version\": \"1.2.0\"}");
        assertThat(impact.json().get("items").findValuesAsString("composition")).containsExactly("costing");
        JsonNode operations = answer.entry("cost-bill").get("operations");
        assertThat(operations.toString())
                .isEqualTo("[{\"op\":\"pin\",\"capability\":\"cost-bill\",\"version\":\"1.2.0\"}]");
        answer.apply(operations);
        assertThat(answer.chosen("{}")).containsEntry("cost-bill", "1.2.0");
    }

    @Test
    void what_a_pin_would_take_is_looked_for_within_the_one_step_budget_of_the_question() {
        List<String> codes = List.of("tight-a", "tight-b", "tight-c");
        Composition composition = catalogue.compose("tight");
        for (String code : codes) {
            catalogue.publish(code, "1.0.0", cost(20)).publish(code, "1.1.0", cost(25));
            composition.apply("{\"op\": \"add_member\", \"capability\": \"%s\"}".formatted(code), pin(code, "1.1.0"));
        }
        composition.apply(CHEAP).freeze();
        composition.apply(codes.stream().map(OutdatedPolicyTests::unpin).toArray(String[]::new));
        // What has to come in beside it has to be searched for.
        catalogue.publish("tight-part", "1.0.0");
        codes.forEach(code -> catalogue.publish(code, "1.2.0", requires("tight-part", "*"), cost(30)));
        OutdatedAnswer all = OutdatedAnswer.of(composition);
        assertThat(all.kinds().values()).containsOnly("not_preferred");
        long steps = all.json().get("steps").asLong();

        // Enough for the plan and some of the searches behind it, not for the last one.
        OutdatedAnswer most = OutdatedAnswer.of(composition, "{\"step_budget\": %d}".formatted(steps - 130));

        assertThat(most.json().get("steps").asLong()).isLessThan(steps);
        assertThat(most.kinds()).containsEntry("tight-a", "not_preferred").containsEntry("tight-c", "not_checked");
    }

    @Test
    void what_decided_under_the_objectives_is_looked_for_within_the_one_step_budget_too() {
        catalogue
                .publish("frugal-part", "1.0.0", cost(1))
                .publish("frugal-part", "2.0.0", cost(9))
                .publish("frugal-top", "1.0.0", requires("frugal-part", "^1.0.0"), cost(1))
                .publish("frugal-top", "2.0.0", requires("frugal-part", "^2.0.0"), cost(2));
        Composition composition = catalogue.compose("frugal", "frugal-top");
        composition.apply("{\"op\": \"set_policy\", \"policy\": {\"objective\": \"cheapest\"}}");
        composition.freeze();
        long one = composition.resolve().json().get("steps").asLong();

        OutdatedAnswer all = OutdatedAnswer.of(composition);
        OutdatedAnswer nothing = OutdatedAnswer.of(composition, "{\"step_budget\": %d}".formatted(one));

        assertThat(all.heldBack("frugal-part"))
                .isEqualTo(
                        "frugal-part is not 2.0.0: the policy asks for the lowest cost, which would be 9 more with it.");
        assertThat(all.kinds()).containsEntry("frugal-part", "not_preferred");
        assertThat(nothing.json().get("steps").asLong()).isEqualTo(one);
        assertThat(nothing.heldBack("frugal-part"))
                .isEqualTo("frugal-part is not 2.0.0: frugal-top 1.0.0 requires frugal-part ^1.0.0.");
        assertThat(nothing.kinds().values()).containsOnly("not_checked");
    }

    @Test
    void what_an_objective_moves_is_explained_by_it_and_not_by_what_moves_beside_it() {
        for (String code : List.of("aim-a", "aim-b")) {
            catalogue.publish(code, "1.0.0", cost(30));
        }
        catalogue.publish("aim-top", "1.0.0", """
                "requirements": [{"capability": "aim-a"}, {"capability": "aim-b"}]""");
        Composition composition = catalogue.compose("aiming", "aim-top");
        composition.apply("{\"op\": \"set_policy\", \"policy\": {\"objective\": [\"cheapest\"]}}");
        composition.freeze();
        catalogue
                .publish("aim-a", "1.0.1", requires("aim-b", "*"), cost(20))
                .publish("aim-b", "1.0.1", requires("aim-a", "*"), cost(20));

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.steps().findValuesAsString("sentence"))
                .contains(
                        "aim-a would go up from 1.0.0 to 1.0.1: the policy asks for the lowest cost, and has this for it now.",
                        "aim-b would go up from 1.0.0 to 1.0.1: the policy asks for the lowest cost, and has this for it now.");
        answer.follow();
    }

    @Test
    void what_takes_a_range_and_a_pin_under_an_objective_is_told_with_both() {
        catalogue
                .publish("both-kit", "1.0.0", cost(1))
                .publish("both-web", "1.0.0", requires("both-kit", "^1.0.0"), cost(1));
        Composition composition = catalogue.compose("both", "both-web@^1.0.0");
        composition.apply("{\"op\": \"set_policy\", \"policy\": {\"objective\": [\"cheapest\"]}}");
        composition.freeze();
        catalogue
                .publish("both-kit", "2.0.0", cost(5))
                .publish("both-web", "2.0.0", requires("both-kit", ">=1.0.0"), cost(2));

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.kinds()).containsEntry("both-kit", "needs_range_change");
        assertThat(answer.entry("both-kit").get("with_changes").asString()).isEqualTo("2.0.0");
        JsonNode operations = answer.entry("both-kit").get("operations");
        assertThat(operations.toString())
                .isEqualTo("[{\"op\":\"set_range\",\"capability\":\"both-web\",\"range\":\"^2.0.0\"},"
                        + "{\"op\":\"pin\",\"capability\":\"both-kit\",\"version\":\"2.0.0\"}]");
        answer.apply(operations);
        assertThat(answer.chosen("{\"update_all\": true}")).containsEntry("both-kit", "2.0.0");
    }

    @Test
    void the_version_behind_a_yanked_one_is_spoken_of_once() {
        catalogue.publish("once-kit", "1.0.0", cost(1));
        Composition composition = catalogue.compose("once", "once-kit");
        composition.apply("{\"op\": \"set_policy\", \"policy\": {\"objective\": [\"cheapest\"]}}");
        composition.freeze();
        catalogue
                .publish("once-kit", "1.1.0", cost(5))
                .publish("once-kit", "1.2.0", cost(5))
                .state("once-kit", "1.2.0", "yanked");

        assertThat(OutdatedAnswer.of(composition).heldBack("once-kit"))
                .isEqualTo("once-kit is not 1.2.0: it is yanked (a test), which the policy does not accept. Nor is it"
                        + " 1.1.0: the policy asks for the lowest cost, which would be 4 more with it.");
    }
}
