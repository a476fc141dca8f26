package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.requires;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What newer versions there are of what a lock holds, and what is in their way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutdatedTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private final Catalogue catalogue = new Catalogue(server.client());

    @Test
    void a_lock_of_newest_versions_is_up_to_date_and_there_is_nothing_to_do() {
        catalogue.publish("fresh-db", "1.0.0").publish("fresh-app", "1.0.0", requires("fresh-db", "^1.0.0"));
        catalogue.publish("fresh-db", "1.1.0-rc.1");
        Composition composition = catalogue.compose("fresh", "fresh-app").freeze();

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.json().get("revision").asInt()).isEqualTo(1);
        assertThat(answer.json().get("draft_number").asInt()).isEqualTo(1);
        assertThat(answer.kinds()).isEqualTo(Map.of("fresh-app", "up_to_date", "fresh-db", "up_to_date"));
        assertThat(answer.steps()).isEmpty();
        assertThat(answer.json().at("/plan/out_of_reach")).isEmpty();
        JsonNode entry = answer.entry("fresh-db");
        assertThat(entry.get("newest").asString()).isEqualTo("1.0.0");
        assertThat(entry.has("size")).isFalse();
        composition.apply("{\"op\": \"set_policy\", \"policy\": {\"prereleases\": true}}");
        assertThat(OutdatedAnswer.of(composition)
                        .entry("fresh-db")
                        .get("within_ranges")
                        .asString())
                .isEqualTo("1.1.0-rc.1");
    }

    @Test
    void each_entry_says_what_an_update_takes_what_another_range_lets_in_and_what_is_in_the_way() {
        catalogue
                .publish("lib", "1.0.0")
                .publish("user", "1.0.0", requires("lib", "^1.0.0"))
                .publish("ranged", "1.0.0")
                .publish("pinned", "1.0.0")
                .publish("barred", "1.0.0");
        Composition composition = catalogue
                .compose("mixed", "user", "ranged@~1.0.0", "pinned", "barred")
                .apply(
                        "{\"op\": \"pin\", \"capability\": \"pinned\", \"version\": \"1.0.0\"}",
                        "{\"op\": \"exclude\", \"capability\": \"barred\", \"range\": \">=2\"}")
                .freeze();
        catalogue
                .publish("lib", "1.2.0")
                .publish("lib", "2.0.0")
                .publish("ranged", "1.0.1")
                .publish("ranged", "1.1.0")
                .publish("pinned", "1.0.1")
                .publish("barred", "2.0.0");

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.kinds())
                .isEqualTo(Map.of(
                        "user", "up_to_date",
                        "lib", "blocked",
                        "ranged", "needs_range_change",
                        "pinned", "needs_range_change",
                        "barred", "blocked"));
        JsonNode ranged = answer.entry("ranged");
        assertThat(ranged.get("within_ranges").asString()).isEqualTo("1.0.1");
        assertThat(ranged.get("with_changes").asString()).isEqualTo("1.1.0");
        assertThat(ranged.get("size").asString()).isEqualTo("minor");
        assertThat(ranged.get("operations"))
                .hasToString("[{\"op\":\"set_range\",\"capability\":\"ranged\",\"range\":\"~1.1.0\"}]");
        assertThat(answer.heldBack("ranged")).isEqualTo("ranged is not 1.1.0: the draft asks for ranged ~1.0.0.");
        assertThat(answer.entry("pinned").get("size").asString()).isEqualTo("patch");
        assertThat(answer.entry("pinned").get("operations"))
                .hasToString("[{\"op\":\"pin\",\"capability\":\"pinned\",\"version\":\"1.0.1\"}]");
        assertThat(answer.heldBack("pinned")).isEqualTo("pinned is not 1.0.1: the draft pins it to 1.0.0.");
        JsonNode lib = answer.entry("lib");
        assertThat(lib.get("within_ranges").asString()).isEqualTo("1.2.0");
        assertThat(lib.get("newest").asString()).isEqualTo("2.0.0");
        assertThat(lib.has("with_changes")).isFalse();
        assertThat(answer.heldBack("lib")).isEqualTo("lib is not 2.0.0: user 1.0.0 requires lib ^1.0.0.");
        assertThat(answer.heldBack("barred")).isEqualTo("barred is not 2.0.0: the draft excludes barred >=2.");
        assertThat(answer.json().at("/plan/out_of_reach").findValuesAsString("capability"))
                .containsExactly("barred", "lib");
        answer.follow();
    }

    @Test
    void operations_of_an_entry_alone_bring_it_to_the_version_that_is_named() {
        catalogue
                .publish("alone-a", "1.0.0")
                .publish("alone-b", "1.0.0")
                .publish("alone-b", "2.0.0")
                .publish("alone-a", "2.0.0", requires("alone-b", "^2.0.0"));
        Composition composition =
                catalogue.compose("loners", "alone-a@^1.0.0", "alone-b@^1.0.0").freeze();

        OutdatedAnswer answer = OutdatedAnswer.of(composition);
        JsonNode entry = answer.entry("alone-b");

        assertThat(entry.get("kind").asString()).isEqualTo("needs_range_change");
        answer.apply(entry.get("operations"));
        assertThat(answer.chosen("{\"update_all\": true}"))
                .containsEntry("alone-b", entry.get("with_changes").asString());
    }

    @Test
    void a_current_version_that_was_yanked_deprecated_or_purged_is_told_with_its_reason() {
        catalogue
                .publish("gone-y", "1.0.0")
                .publish("gone-y", "1.1.0")
                .publish("gone-d", "1.0.0")
                .publish("gone-p", "1.0.0")
                .publish("gone-p", "1.1.0");
        Composition composition =
                catalogue.compose("going", "gone-y", "gone-d", "gone-p").freeze();
        catalogue.publish("gone-d", "1.0.1");
        catalogue.state("gone-y", "1.1.0", "yanked");
        catalogue.state("gone-d", "1.0.0", "deprecated");
        catalogue.state("gone-p", "1.1.0", "purged");

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.entry("gone-y").get("state").asString()).isEqualTo("yanked");
        assertThat(answer.entry("gone-y").get("state_reason").asString()).isEqualTo("a test");
        assertThat(answer.entry("gone-y").get("newest_state").asString()).isEqualTo("yanked");
        assertThat(answer.entry("gone-y").get("within_ranges").asString()).isEqualTo("1.0.0");
        assertThat(answer.entry("gone-d").get("state").asString()).isEqualTo("deprecated");
        assertThat(answer.entry("gone-p").get("state").asString()).isEqualTo("purged");
        assertThat(answer.entry("gone-p").get("newest").asString()).isEqualTo("1.0.0");
        assertThat(answer.kinds().values()).containsOnly("within_ranges");
        JsonNode first = answer.steps().get(0);
        assertThat(first.get("kind").asString()).isEqualTo("as_it_stands");
        assertThat(first.get("moves").findValuesAsString("kind")).containsExactly("down", "down");
        assertThat(answer.steps().get(1).get("kind").asString()).isEqualTo("within_ranges");
        answer.follow();
        assertThat(OutdatedAnswer.of(composition).kinds().values()).containsOnly("up_to_date");
    }

    @Test
    void a_newest_version_that_is_yanked_makes_nothing_outdated_and_is_told_with_its_reason() {
        catalogue.publish("over", "1.0.0");
        Composition composition = catalogue.compose("overtaken", "over").freeze();
        catalogue.publish("over", "1.1.0");
        catalogue.state("over", "1.1.0", "yanked");

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        JsonNode entry = answer.entry("over");
        assertThat(entry.get("kind").asString()).isEqualTo("up_to_date");
        assertThat(entry.get("newest").asString()).isEqualTo("1.1.0");
        assertThat(entry.get("newest_state").asString()).isEqualTo("yanked");
        assertThat(entry.get("newest_reason").asString()).isEqualTo("a test");
        assertThat(answer.heldBack("over"))
                .isEqualTo("over is not 1.1.0: it is yanked (a test), which the policy does not accept.");
        assertThat(answer.json().at("/plan/out_of_reach")).isEmpty();
    }

    @Test
    void what_the_draft_has_no_place_for_any_more_is_said_to_be_not_chosen() {
        catalogue.publish("stays", "1.0.0").publish("leaves", "1.0.0").publish("leaves", "2.0.0");
        Composition composition =
                catalogue.compose("leaving-one", "stays", "leaves@1.0.0").freeze();
        composition.apply("{\"op\": \"remove_member\", \"capability\": \"leaves\"}");

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.kinds()).isEqualTo(Map.of("stays", "up_to_date", "leaves", "not_chosen"));
        assertThat(answer.steps().get(0).get("moves").findValuesAsString("kind"))
                .containsExactly("removed");
        answer.follow();
    }

    @Test
    void a_composition_that_was_never_frozen_is_looked_at_as_its_draft_resolves() {
        catalogue.publish("draft-only", "1.0.0").publish("draft-only", "2.0.0");
        Composition composition = catalogue.compose("unfrozen", "draft-only@^1.0.0");

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.json().has("revision")).isFalse();
        assertThat(answer.entry("draft-only").get("current").asString()).isEqualTo("1.0.0");
        assertThat(answer.kinds()).isEqualTo(Map.of("draft-only", "needs_range_change"));
        answer.follow();
        assertThat(OutdatedAnswer.of(catalogue.compose("empty-one")).json().get("entries"))
                .isEmpty();
    }

    @Test
    void an_older_revision_is_looked_at_where_it_is_named() {
        catalogue.publish("named", "1.0.0");
        Composition composition = catalogue.compose("renamed", "named").freeze();
        catalogue.publish("named", "1.1.0");
        composition
                .apply("{\"op\": \"set_range\", \"capability\": \"named\", \"range\": \"^1.1.0\"}")
                .freeze();

        OutdatedAnswer first = OutdatedAnswer.of(composition, "{\"revision\": 1}");

        assertThat(first.json().get("revision").asInt()).isEqualTo(1);
        assertThat(first.kinds()).isEqualTo(Map.of("named", "within_ranges"));
        assertThat(first.steps().get(0).get("resolve").get("previous").asInt()).isEqualTo(1);
        assertThat(OutdatedAnswer.of(composition).kinds()).isEqualTo(Map.of("named", "up_to_date"));
        assertThat(composition.ask("/outdated", "{\"revision\": 9}").problem()).isEqualTo("revision.not_found");
        assertThat(composition.ask("/outdated", "{\"revision\": 0}").status()).isEqualTo(422);
    }

    @Test
    void a_draft_without_a_solution_is_explained_and_nothing_is_said_to_be_checked() {
        catalogue.publish("stuck", "1.0.0");
        Composition composition = catalogue.compose("sticking", "stuck").freeze();
        composition.apply("{\"op\": \"exclude\", \"capability\": \"stuck\"}");

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.kinds()).isEqualTo(Map.of("stuck", "not_checked"));
        assertThat(answer.json().has("plan")).isFalse();
        assertThat(answer.json().at("/unsolvable/fixes")).isNotEmpty();
    }

    @Test
    void what_the_step_budget_did_not_suffice_for_is_not_checked_and_never_up_to_date() {
        catalogue.publish("costly", "1.0.0");
        Composition composition = catalogue.compose("cheap", "costly@^1.0.0").freeze();
        catalogue.publish("costly", "2.0.0");
        long whole = OutdatedAnswer.of(composition).json().get("steps").asLong();
        long one = composition.resolve().json().get("steps").asLong();

        OutdatedAnswer nothing = OutdatedAnswer.of(composition, "{\"step_budget\": 1}");
        OutdatedAnswer little = OutdatedAnswer.of(composition, "{\"step_budget\": %d}".formatted(one + 1));

        assertThat(whole).isGreaterThan(one + 1);
        assertThat(nothing.kinds()).isEqualTo(Map.of("costly", "not_checked"));
        assertThat(little.kinds()).isEqualTo(Map.of("costly", "not_checked"));
        assertThat(little.entry("costly").get("newest").asString()).isEqualTo("2.0.0");
        assertThat(little.json().has("plan")).isFalse();
    }

    @Test
    void who_asks_for_an_unknown_composition_or_that_of_another_tenant_gets_the_same_answer() {
        catalogue.publish("secret", "1.0.0");
        Composition composition = catalogue.compose("secretive", "secret").freeze();

        Answer unknown = catalogue.reader().post("/api/v1/compositions/secretiv/outdated", "{}");
        Answer foreign = TestTenant.in(server).client().post(composition.path() + "/outdated", "{}");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.problem()).isEqualTo("composition.not_found");
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.problem()).isEqualTo("composition.not_found");
        assertThat(foreign.text()).doesNotContain("secret\"");
    }
}
