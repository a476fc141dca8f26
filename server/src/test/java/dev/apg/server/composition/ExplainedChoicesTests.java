package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.provides;
import static dev.apg.server.composition.Catalogue.requires;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What is said of versions that were not chosen, or are not there any more: all of what is in the way, and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainedChoicesTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private Catalogue catalogue;

    @BeforeAll
    void start() {
        catalogue = new Catalogue(server.client());
    }

    @Test
    void a_newer_pre_release_is_not_taken_because_it_is_one() {
        catalogue.publish("menu", "1.0.0").publish("menu", "2.0.0-rc.1");
        Composition composition = catalogue.compose("early", "menu");

        JsonNode why = why(composition, "menu", "2.0.0-rc.1");

        assertThat(why.get("verdict").asString()).isEqualTo("impossible");
        assertThat(why.get("sentence").asString())
                .endsWith("It is a pre-release: only a range that names one takes it, or a policy that accepts them.");
        assertThat(why.at("/explanation/prose").asString())
                .contains("a pre-release, which only a range that names one or the policy lets in");
        JsonNode fix = why.at("/explanation/fixes/0");
        assertThat(fix.get("sentence").asString()).isEqualTo("Ask for menu ^2.0.0-rc.1 instead of *.");
        composition.apply(fix.at("/operations/0").toString());
        assertThat(composition.resolve().json().at("/entries/0/version").asString())
                .isEqualTo("2.0.0-rc.1");
    }

    @Test
    void another_provider_of_what_is_required_is_not_said_to_be_recommended() {
        catalogue
                .publish("gate-one", "1.0.0", provides("gate", "1.0.0"))
                .publish("gate-two", "1.0.0", provides("gate", "1.0.0"))
                .publish(
                        "yard",
                        "1.0.0",
                        "\"requirements\": [{\"any_of\": [{\"service\": \"gate\", \"range\": \"*\"}]}]");
        Composition composition = catalogue.compose("yards", "yard");

        assertThat(why(composition, "gate-two", "1.0.0").get("sentence").asString())
                .endsWith(
                        "gate-two 1.0.0 could be chosen; it is not, because the choice rule prefers what was chosen.");
    }

    @Test
    void all_that_holds_the_newest_version_back_is_told_at_once() {
        catalogue
                .publish("plate", "1.0.0")
                .publish("plate", "2.0.0")
                .publish("dish", "1.0.0")
                .publish("dish", "2.0.0", requires("plate", "^2.0.0"))
                .publish("guest", "1.0.0", requires("dish", "^1.0.0"));
        Composition composition = catalogue.compose("dinner", "dish@^1.0.0", "guest", "plate@^1.0.0");

        assertThat(heldBack(composition, "dish").get("sentence").asString())
                .isEqualTo("dish is not 2.0.0: the draft asks for dish ^1.0.0. Beside that, guest 1.0.0 requires dish"
                        + " ^1.0.0, and it requires plate ^2.0.0, which nothing meets beside what was chosen.");
    }

    @Test
    void under_a_policy_that_asks_for_the_lowest_cost_the_cost_is_why_and_what_the_other_one_costs_is_told() {
        catalogue.publish("oil", "1.0.0", "\"cost\": 5").publish("oil", "2.0.0", "\"cost\": 9");
        Composition composition = catalogue.compose("thrifty", "oil");
        composition.apply("{\"op\": \"set_policy\", \"policy\": {\"objective\": \"cheapest\"}}");

        JsonNode held = heldBack(composition, "oil");
        assertThat(held.get("cause").asString()).isEqualTo("objective");
        assertThat(held.get("sentence").asString())
                .isEqualTo("oil is not 2.0.0: the policy asks for the lowest cost, which would be 4 more with it.");
        assertThat(why(composition, "oil", "2.0.0").get("sentence").asString())
                .endsWith(
                        "oil 2.0.0 could be chosen; it is not, because the policy asks for the lowest cost, which is 5,"
                                + " and would be 9 with it.");
    }

    @Test
    void each_provider_that_was_passed_over_has_its_own_reason() {
        catalogue
                .publish("acorn-db", "23.1.0")
                .publish("acorn-db", "24.1.0", Catalogue.provides("nut-store", "1.0.0"))
                .publish("beech-db", "1.0.0", Catalogue.provides("nut-store", "1.0.0"))
                .publish("hazel-db", "1.0.0", Catalogue.provides("nut-store", "1.0.0"))
                .publish("squirrel", "1.0.0", "\"requirements\": [{\"service\": \"nut-store\"}]")
                .publish("mole", "1.0.0", "\"conflicts\": [{\"capability\": \"acorn-db\"}]");

        assertThat(chosenAmong(catalogue.compose("oak-wood", "acorn-db@^23.0.0", "squirrel")))
                .isEqualTo(
                        "the requirement nut-store of squirrel is met by beech-db, which was preferred because acorn-db"
                                + " would have to be 24.1.0 instead of 23.1.0, and the draft asks for acorn-db ^23.0.0, and because"
                                + " it comes before hazel-db in the alphabet and nothing else sets them apart");
        assertThat(chosenAmong(catalogue.compose("meadow", "mole", "squirrel")))
                .isEqualTo(
                        "the requirement nut-store of squirrel is met by beech-db, which was preferred because acorn-db"
                                + " cannot be had together with the rest, and because it comes before hazel-db in the alphabet and"
                                + " nothing else sets them apart");
    }

    @Test
    void
            a_provider_of_the_previous_revision_is_kept_because_of_that_where_the_other_one_was_locked_in_a_version_without_the_service() {
        catalogue
                .publish("alder-db", "1.0.0")
                .publish("birch-db", "1.0.0", Catalogue.provides("bark-store", "1.0.0"))
                .publish("forester", "1.0.0", "\"requirements\": [{\"service\": \"bark-store\"}]");
        Composition composition =
                catalogue.compose("grove", "forester", "alder-db").freeze();
        catalogue.publish("alder-db", "1.1.0", Catalogue.provides("bark-store", "1.0.0"));
        composition.apply("{\"op\": \"remove_member\", \"capability\": \"alder-db\"}");

        assertThat(chosenAmong(composition))
                .isEqualTo("the requirement bark-store of forester is met by birch-db, which was preferred because the"
                        + " previous revision has it");
    }

    @Test
    void a_provider_of_the_previous_revision_is_kept_because_of_that_where_the_draft_pins_the_other_one_elsewhere() {
        catalogue
                .publish("aspen-db", "1.0.0", provides("leaf-store", "1.0.0"))
                .publish("aspen-db", "2.0.0", provides("leaf-store", "1.0.0"))
                .publish("willow-db", "1.0.0", provides("leaf-store", "1.0.0"))
                .publish("ranger", "1.0.0", "\"requirements\": [{\"service\": \"leaf-store\"}]");
        Composition composition = catalogue
                .compose("thicket", "ranger", "aspen-db@^1.0.0", "willow-db")
                .freeze();
        composition.apply(
                "{\"op\": \"remove_member\", \"capability\": \"aspen-db\"}",
                "{\"op\": \"remove_member\", \"capability\": \"willow-db\"}",
                "{\"op\": \"pin\", \"capability\": \"aspen-db\", \"version\": \"2.0.0\"}");

        assertThat(chosenAmong(composition))
                .isEqualTo("the requirement leaf-store of ranger is met by willow-db, which was preferred because the"
                        + " previous revision has it");
    }

    private static String chosenAmong(Composition composition) {
        return composition.resolve().json().at("/choices/0/sentence").asString();
    }

    @Test
    void what_is_only_recommended_is_not_said_to_be_needed() {
        catalogue.publish("tracer", "1.0.1").publish("seeker", "2.0.0", named("tracer", "tracer", "recommended"));
        Composition composition = catalogue.compose("seeking", "seeker");

        assertThat(ask(composition, "{\"capability\": \"tracer\"}")
                        .get("sentence")
                        .asString())
                .isEqualTo("tracer 1.0.1 is here because the draft names seeker, which recommends tracer.");
        assertThat(composition.resolve().json().at("/entries/0/recommended").asBoolean())
                .isTrue();
        composition.freeze();
        catalogue.publish("guard", "1.0.0").publish("seeker", "2.1.0", named("guarding", "guard", "recommended"));
        composition.apply("{\"op\": \"set_range\", \"capability\": \"seeker\", \"range\": \"^2.1.0\"}");
        assertThat(sentences(composition, "from=1"))
                .contains("guard 1.0.0 was added: seeker 2.1.0 recommends it for guarding, which 2.0.0 did not.");
    }

    @Test
    void a_deprecation_that_the_policy_accepts_is_no_reason_beside_another_one() {
        catalogue
                .publish("payer", "0.9.0")
                .publish("payer", "1.0.0")
                .publish("checker", "1.0.0", requires("payer", ">=0.9.0"));
        Composition composition =
                catalogue.compose("paying", "checker", "payer@^0.9.0").freeze();
        catalogue.state("payer", "0.9.0", "deprecated");
        catalogue.publish("checker", "2.0.0", requires("payer", "^1.0.0"));
        composition.apply(
                "{\"op\": \"remove_member\", \"capability\": \"payer\"}",
                "{\"op\": \"pin\", \"capability\": \"payer\", \"version\": \"1.0.0\"}",
                "{\"op\": \"set_range\", \"capability\": \"checker\", \"range\": \"^2.0.0\"}");

        assertThat(sentences(composition, "from=1"))
                .isNotEmpty()
                .allSatisfy(sentence -> assertThat(sentence).doesNotContain("deprecated"));
    }

    @Test
    void why_also_names_whoever_else_needs_a_capability_and_who_only_may_use_it() {
        catalogue
                .publish("cable", "1.0.0")
                .publish("lamp", "1.0.0", named("power", "cable", "required"))
                .publish("radio", "1.0.0", named("power", "cable", "required"))
                .publish("clock", "1.0.0", named("backup", "cable", "optional"));
        Composition composition = catalogue.compose("kitchen", "lamp", "radio", "clock");

        assertThat(ask(composition, "{\"capability\": \"cable\"}")
                        .get("sentence")
                        .asString())
                .isEqualTo("cable 1.0.0 is here because the draft names lamp, whose requirement power brings in cable."
                        + " It also meets the requirements backup of clock 1.0.0 (optional), power of radio 1.0.0.");
    }

    @Test
    void an_optional_requirement_is_named_whatever_its_range() {
        catalogue
                .publish("probe", "1.0.0")
                .publish(
                        "engine",
                        "1.0.0",
                        "\"requirements\": [{\"name\": \"tracing\", \"capability\": \"probe\","
                                + " \"range\": \"^5.0.0\", \"strength\": \"optional\"}]");
        Composition composition = catalogue.compose("untraced", "engine");

        assertThat(ask(composition, "{\"capability\": \"probe\"}")
                        .get("sentence")
                        .asString())
                .contains("the requirement tracing of engine 1.0.0 names it, but is optional and brings nothing in");
    }

    @Test
    void what_left_is_told_with_every_need_that_had_to_go() {
        catalogue
                .publish("screw", "1.0.0")
                .publish("table", "1.0.0", named("hold", "screw", "required"))
                .publish("chair", "1.0.0", named("hold", "screw", "required"))
                .publish("shelf", "1.0.0", named("hold", "screw", "optional"));
        Composition composition =
                catalogue.compose("carpenter", "table", "chair", "shelf").freeze();
        catalogue.publish("table", "2.0.0");
        composition
                .apply(
                        "{\"op\": \"remove_member\", \"capability\": \"chair\"}",
                        "{\"op\": \"set_range\", \"capability\": \"table\", \"range\": \"^2.0.0\"}")
                .freeze();

        assertThat(sentences(composition, "from=1&to=2"))
                .contains(
                        "screw 1.0.0 was removed: chair, which needed it for hold, is gone; table 2.0.0 no longer needs it"
                                + " for hold, as 1.0.0 did.");
    }

    @Test
    void a_move_is_told_with_what_decided_and_without_what_merely_changed_too() {
        catalogue
                .publish("paint", "1.0.0")
                .publish("paint", "1.1.0")
                .publish("wall", "1.0.0", requires("paint", "*"))
                .publish("fence", "1.0.0", requires("paint", "~1.0.0"));
        Composition composition = catalogue.compose("painter", "wall", "paint").freeze();
        catalogue.publish("wall", "2.0.0", requires("paint", "*"));
        composition
                .apply(
                        "{\"op\": \"add_member\", \"capability\": \"fence\"}",
                        "{\"op\": \"set_range\", \"capability\": \"wall\", \"range\": \"^2.0.0\"}",
                        "{\"op\": \"set_range\", \"capability\": \"paint\", \"range\": \"^1.0.0\"}")
                .freeze();

        assertThat(sentences(composition, "from=1&to=2"))
                .contains("paint went down from 1.1.0 to 1.0.0: fence 1.0.0, which needs it, was added.");
    }

    private static String named(String name, String capability, String strength) {
        return "\"requirements\": [{\"name\": \"%s\", \"capability\": \"%s\", \"strength\": \"%s\"}]"
                .formatted(name, capability, strength);
    }

    private static List<String> sentences(Composition composition, String query) {
        return composition.read("/diff?" + query).json().get("versions").findValuesAsString("sentence");
    }

    private static JsonNode heldBack(Composition composition, String capability) {
        return composition
                .resolve()
                .json()
                .get("entries")
                .valueStream()
                .filter(entry -> entry.get("capability").asString().equals(capability))
                .map(entry -> entry.get("held_back"))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode why(Composition composition, String capability, String version) {
        return ask(composition, "{\"capability\": \"%s\", \"version\": \"%s\"}".formatted(capability, version));
    }

    private static JsonNode ask(Composition composition, String question) {
        Answer answer = composition.ask("/why", question);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }
}
