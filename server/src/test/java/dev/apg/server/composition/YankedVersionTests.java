package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.provides;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What compositions hear of a version that is yanked: who has it, what takes its place, and who asks for it still. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class YankedVersionTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private Catalogue catalogue;

    @BeforeAll
    void start() {
        catalogue = new Catalogue(server.client());
    }

    @Test
    void the_compositions_whose_newest_revision_locks_a_version_are_listed_page_by_page() {
        catalogue.publish("held", "1.0.0");
        catalogue.compose("holder-a", "held").freeze();
        catalogue.compose("holder-b", "held").freeze();
        catalogue.compose("holder-draft", "held");
        Composition moved = catalogue.compose("holder-moved", "held").freeze();
        catalogue.publish("held", "1.1.0");
        moved.apply("{\"op\": \"pin\", \"capability\": \"held\", \"version\": \"1.1.0\"}")
                .freeze();

        JsonNode page = holders("Held@1.0.0&limit=1").json();
        assertThat(page.get("total_count").asLong()).isEqualTo(2);
        assertThat(page.at("/items/0/code").asString()).isEqualTo("holder-a");
        assertThat(page.at("/items/0/head").asInt()).isEqualTo(1);
        JsonNode next = holders(
                        "held@1.0.0&limit=1&cursor=" + page.get("next_cursor").asString())
                .json();
        assertThat(next.at("/items/0/code").asString()).isEqualTo("holder-b");
        assertThat(next.has("next_cursor")).isFalse();
        assertThat(holders("held@1.1.0").json().findValuesAsString("code")).containsExactly("holder-moved");
        assertThat(holders("held@1.0.0&prefix=holder-b")
                        .json()
                        .get("total_count")
                        .asLong())
                .isEqualTo(1);
    }

    @Test
    void a_version_that_cannot_be_or_is_not_there_is_locked_by_nobody_and_said_to_be_unknown() {
        Answer malformed = holders("redis");
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.problem()).isEqualTo("composition.locks");
        Answer unknown = holders("nobody@1.0.0");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.problem()).isEqualTo("version.not_found");
    }

    @Test
    void a_step_down_after_a_yank_is_told_when_it_is_resolved_validated_and_frozen_and_then_no_more() {
        catalogue.publish("ledger", "1.2.0").publish("ledger", "1.3.0");
        Composition composition = catalogue.compose("books", "ledger").freeze();
        assertThat(composition.resolve().json().get("left_behind")).isEmpty();
        catalogue.state("ledger", "1.3.0", "yanked");

        String sentence = "ledger went down from 1.3.0 to 1.2.0: 1.3.0 is yanked: a test.";
        JsonNode left = composition.resolve().json().get("left_behind");
        assertThat(left).hasSize(1);
        assertThat(left.at("/0/kind").asString()).isEqualTo("down");
        assertThat(left.at("/0/sentence").asString()).isEqualTo(sentence);
        assertThat(composition.validate().json().at("/findings/0/sentence").asString())
                .isEqualTo(sentence);

        Answer frozen = composition.tryToFreeze();
        assertThat(frozen.status()).as(frozen.text()).isEqualTo(201);
        assertThat(frozen.json().at("/warnings/0/code").asString()).isEqualTo("left_behind");
        assertThat(frozen.json().at("/warnings/0/version").asString()).isEqualTo("1.2.0");
        assertThat(frozen.json().at("/warnings/0/sentence").asString()).isEqualTo(sentence);
        assertThat(composition.resolve().json().get("left_behind")).isEmpty();
    }

    @Test
    void a_provider_that_gave_way_to_another_one_is_told_with_the_reason() {
        catalogue
                .publish("alpha-queue", "1.0.0", provides("queue", "1.0.0"))
                .publish("beta-queue", "1.0.0", provides("queue", "1.0.0"))
                .publish("worker", "1.0.0", "\"requirements\": [{\"name\": \"jobs\", \"service\": \"queue\"}]");
        Composition composition = catalogue.compose("working", "worker").freeze();
        catalogue.state("alpha-queue", "1.0.0", "yanked");

        assertThat(composition.resolve().json().get("left_behind").findValuesAsString("sentence"))
                .containsExactly(
                        "alpha-queue 1.0.0 was removed: the requirement jobs of worker is met now by beta-queue; 1.0.0 is yanked: a test.");
        assertThat(composition.read("/diff").json().get("versions").findValuesAsString("sentence"))
                .anyMatch(sentence -> sentence.endsWith("; 1.0.0 is yanked: a test."));
    }

    @Test
    void a_provider_that_was_retired_is_told_to_be_the_reason_also_when_it_is_none_any_more() {
        catalogue
                .publish("alpha-store", "1.0.0", provides("store", "1.0.0"))
                .publish("beta-store", "1.0.0", provides("store", "1.0.0"))
                .publish("keeper", "1.0.0", "\"requirements\": [{\"name\": \"things\", \"service\": \"store\"}]");
        Composition composition = catalogue.compose("keeping", "keeper").freeze();
        catalogue.status("alpha-store", "deprecated");
        catalogue.status("alpha-store", "retired");

        String removed =
                "alpha-store 1.0.0 was removed: the requirement things of keeper is met now by beta-store; alpha-store";
        assertThat(composition.resolve().json().get("left_behind").findValuesAsString("sentence"))
                .containsExactly(removed + " is retired.");
        assertThat(composition.read("/diff").json().get("versions").findValuesAsString("sentence"))
                .containsExactly(
                        removed + " is retired.",
                        "beta-store 1.0.0 was added: alpha-store, which met the requirement things of keeper, is retired.");
        OutdatedAnswer outdated = OutdatedAnswer.of(composition);
        assertThat(outdated.steps().get(0).get("moves").findValuesAsString("sentence"))
                .containsExactly(
                        "alpha-store 1.0.0 would be removed: the requirement things of keeper would be met by beta-store;"
                                + " alpha-store is retired.",
                        "beta-store 1.0.0 would be added: alpha-store, which meets the requirement things of keeper, is"
                                + " retired.");

        composition.freeze();
        catalogue.status("alpha-store", "deprecated");

        assertThat(composition.read("/diff?from=1&to=2").json().get("versions").findValuesAsString("sentence"))
                .containsExactly(
                        removed + " was retired.",
                        "beta-store 1.0.0 was added: alpha-store, which met the requirement things of keeper, was"
                                + " retired.");
    }

    @Test
    void a_provider_that_comes_is_told_with_the_need_that_the_one_before_does_not_meet() {
        catalogue
                .publish("disk-kv", "1.0.0", provides("sessions", "1.0.0"))
                .publish("mem-kv", "2.0.0", provides("sessions", "2.0.0"))
                .publish("signing", "1.0.0", "\"requirements\": [{\"service\": \"sessions\", \"range\": \"^1.0.0\"}]");
        Composition composition = catalogue.compose("signed", "signing@*").freeze();
        catalogue.publish("signing", "2.0.0", "\"requirements\": [{\"service\": \"sessions\", \"range\": \"^2.0.0\"}]");

        assertThat(OutdatedAnswer.of(composition).steps().get(0).get("moves").findValuesAsString("sentence"))
                .contains(
                        "disk-kv 1.0.0 would be removed: the requirement sessions of signing would be met by mem-kv.",
                        "mem-kv 2.0.0 would be added: signing 2.0.0 needs service sessions ^2.0.0, which disk-kv 1.0.0"
                                + " does not meet.");
    }

    @Test
    void a_need_that_another_capability_meets_is_told_where_nothing_comes_or_goes() {
        catalogue
                .publish("swap-a", "1.0.0", provides("swapping", "1.0.0"))
                .publish("swap-b", "1.0.0", provides("swapping", "1.0.0"))
                .publish("swap-user", "1.0.0", "\"requirements\": [{\"service\": \"swapping\"}]");
        Composition composition =
                catalogue.compose("swapped", "swap-a", "swap-b", "swap-user").freeze();
        assertThat(composition.resolve().json().get("swaps")).isEmpty();
        catalogue.publish("swap-a", "1.1.0");

        String sentence = "Service swapping is provided to swap-user by swap-b instead of swap-a.";
        String update = "{\"update_all\": true}";
        assertThat(composition.resolve(update).json().get("swaps").findValuesAsString("sentence"))
                .containsExactly(sentence);
        JsonNode warnings = composition.tryToFreezeWith(update).json().get("warnings");
        assertThat(warnings.findValuesAsString("code")).contains("swap");
        assertThat(warnings.findValuesAsString("sentence")).contains(sentence);
        assertThat(composition.read("/diff?from=1&to=2").json().get("bindings").findValuesAsString("sentence"))
                .containsExactly(sentence);
    }

    @Test
    void another_provider_of_a_service_that_the_draft_itself_asks_for_is_told() {
        catalogue
                .publish("root-a", "1.0.0", provides("rooting", "1.0.0"))
                .publish("root-b", "1.0.0", provides("rooting", "1.0.0"));
        Composition composition = catalogue
                .compose("rooted")
                .apply("{\"op\": \"require_service\", \"service\": \"rooting\"}")
                .freeze();
        catalogue.state("root-a", "1.0.0", "yanked");

        assertThat(composition.resolve().json().get("swaps").toString())
                .isEqualTo("[{\"requirement\":\"rooting\",\"from\":\"root-a\",\"to\":\"root-b\","
                        + "\"sentence\":\"Service rooting is provided by root-b instead of root-a.\"}]");
        assertThat(composition.read("/diff").json().at("/bindings/0/sentence").asString())
                .isEqualTo("Service rooting is provided by root-b instead of root-a.");
    }

    @Test
    void what_goes_up_by_choice_and_what_the_draft_no_longer_names_is_not_left_behind() {
        catalogue.publish("rising", "1.0.0").publish("leaving", "1.0.0");
        Composition composition =
                catalogue.compose("changing", "rising", "leaving").freeze();
        catalogue.publish("rising", "1.1.0");
        composition.apply("{\"op\": \"remove_member\", \"capability\": \"leaving\"}");

        JsonNode resolved = composition.resolve("{\"update\": [\"rising\"]}").json();

        assertThat(resolved.at("/entries/0/version").asString()).isEqualTo("1.1.0");
        assertThat(resolved.get("left_behind")).isEmpty();
    }

    @Test
    void a_service_of_the_same_code_does_not_take_the_place_of_a_removed_member() {
        catalogue.publish("basket", "1.0.0").publish("basket-server", "1.0.0", provides("basket", "1.0.0"));
        Composition composition = catalogue.compose("namesakes", "basket").freeze();
        composition.apply(
                "{\"op\": \"remove_member\", \"capability\": \"basket\"}",
                "{\"op\": \"require_service\", \"service\": \"basket\"}");

        JsonNode resolved = composition.resolve().json();

        assertThat(resolved.at("/entries/0/capability").asString()).isEqualTo("basket-server");
        assertThat(resolved.get("left_behind")).isEmpty();
    }

    @Test
    void pins_and_ranges_that_only_a_yanked_version_would_do_for_are_taken_with_a_warning() {
        catalogue.publish("risky", "1.0.0", provides("risk", "1.0.0")).publish("risky", "2.0.0");
        catalogue.state("risky", "1.0.0", "yanked");
        Composition composition = catalogue.compose("daring");

        JsonNode warnings = composition
                .tryToApply(
                        "{\"op\": \"add_member\", \"capability\": \"risky\", \"range\": \"^1.0.0\"}",
                        "{\"op\": \"pin\", \"capability\": \"risky\", \"version\": \"1.0.0\"}",
                        "{\"op\": \"require_service\", \"service\": \"risk\"}",
                        "{\"op\": \"exclude\", \"capability\": \"risky\", \"range\": \"1.0.0\"}",
                        "{\"op\": \"set_range\", \"capability\": \"risky\", \"range\": \"*\"}")
                .json()
                .get("warnings");

        assertThat(warnings.findValuesAsString("code"))
                .containsExactly("range.only_yanked", "pin.yanked", "range.only_yanked");
        assertThat(warnings.findValuesAsString("field"))
                .containsExactly("operations[0].range", "operations[1].version", "operations[2].range");
        assertThat(warnings.at("/0/message").asString())
                .isEqualTo(
                        "every version of the capability risky in ^1.0.0 is yanked (1.0.0: a test): it is taken only where the policy accepts that");
        assertThat(warnings.at("/1/message").asString())
                .isEqualTo("risky 1.0.0 is yanked (a test): it is taken only where the policy accepts that");
        Answer whole = catalogue.reader().with("If-Match", "*").put(composition.path() + "/draft", """
                        {"format": "apg.composition/1", "composition": "daring", "members": [{"capability": "risky"}],
                         "pins": {"risky": "1.0.0"}}
                        """);
        assertThat(whole.json().at("/warnings/0/field").asString()).isEqualTo("pins.risky");
    }

    @Test
    void an_explanation_that_rests_on_a_yank_gives_its_reason() {
        catalogue.publish("broken", "1.0.0").publish("broken", "2.0.0");
        catalogue.state("broken", "2.0.0", "yanked");
        Composition composition = catalogue.compose("mending", "broken");

        JsonNode why = composition
                .ask("/why", "{\"capability\": \"broken\", \"version\": \"2.0.0\"}")
                .json();

        assertThat(why.get("verdict").asString()).isEqualTo("impossible");
        assertThat(why.at("/explanation/prose").asString()).endsWith("\nbroken 2.0.0 is yanked: a test.\n");
    }

    private Answer holders(String query) {
        return catalogue.reader().get("/api/v1/compositions?locks=" + query);
    }
}
