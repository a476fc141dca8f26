package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.requires;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestServer;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Under objectives: what decided, whether it was one of them or the rule that comes after all of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectiveReasonsTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private Catalogue catalogue;

    @BeforeAll
    void start() {
        catalogue = new Catalogue(server.client());
        catalogue
                .publish("p1", "1.0.0", provides("ppay"))
                .publish("p2", "1.0.0", provides("ppay"))
                .publish("p3", "1.0.0", provides("ppay"), "\"cost\": 4")
                .publish("lib", "1.0.0", "\"cost\": 1")
                .publish("lib", "2.0.0", "\"cost\": 2")
                .publish("tr", "1.0.0")
                .publish(
                        "app",
                        "1.0.0",
                        "\"requirements\": [{\"service\": \"ppay\"}, {\"capability\": \"lib\"},"
                                + " {\"capability\": \"tr\", \"strength\": \"recommended\"}]")
                .publish("qa", "1.0.0", "\"cost\": 1")
                .publish("qb", "1.0.0", "\"cost\": 1")
                .publish("qb", "2.0.0", "\"cost\": 2")
                .publish("qa", "2.0.0", "\"cost\": 1", requires("qb", "^2.0.0"));
    }

    private static String provides(String service) {
        return "\"provides\": [{\"service\": \"%s\", \"version\": \"1.0.0\"}]".formatted(service);
    }

    private Composition compose(String code, String objectives, String... members) {
        Composition composition = catalogue.compose(code, members);
        composition.apply("{\"op\": \"set_policy\", \"policy\": {\"objective\": %s}}".formatted(objectives));
        return composition;
    }

    @Test
    void of_equally_good_providers_the_order_of_their_codes_decides_and_not_the_objective() {
        JsonNode choice =
                compose("fewest-of-all", "\"fewest\"", "app").resolve().json().at("/choices/0");

        assertThat(choice.get("cause").asString()).isEqualTo("code_order");
        assertThat(choice.get("sentence").asString())
                .isEqualTo(
                        "the requirement ppay of app is met by p1, which was preferred because it comes before p2 and"
                                + " p3 in the alphabet and nothing else sets them apart");
    }

    @Test
    void of_several_alternatives_each_has_what_decided_against_it() {
        JsonNode choice = compose("cheapest-of-all", "\"cheapest\"", "app")
                .resolve()
                .json()
                .at("/choices/0");

        assertThat(choice.get("passed_over").toString())
                .isEqualTo("[{\"capability\":\"p2\",\"cause\":\"code_order\"},"
                        + "{\"capability\":\"p3\",\"cause\":\"objective\"}]");
        assertThat(choice.get("sentence").asString())
                .endsWith("because it comes before p2 in the alphabet and nothing else sets them apart, and because the"
                        + " policy asks for the lowest cost, which would be 4 more with p3");
    }

    @Test
    void the_objective_that_decides_is_named_and_not_the_first_one() {
        Composition composition = compose("few-and-cheap", "[\"fewest\", \"cheapest\"]", "app");

        assertThat(heldBack(composition, "lib"))
                .isEqualTo("lib is not 2.0.0: the policy asks for the lowest cost, which would be 1 more with it.");
        assertThat(why(composition, "{\"capability\": \"lib\"}"))
                .endsWith(
                        "lib 2.0.0 could be chosen; it is not, because the policy asks for the lowest cost, which is 1,"
                                + " and would be 2 with it.");
    }

    @Test
    void a_recommendation_that_would_cost_nothing_was_left_out_because_it_would_be_one_more() {
        Composition composition = compose("few", "\"fewest\"", "app");

        String leftOut =
                "app 1.0.0 recommends tr, but the policy asks for the fewest capabilities, which would be 1 more"
                        + " with tr 1.0.0";
        assertThat(composition.resolve().json().at("/left_out/0/sentence").asString())
                .isEqualTo(leftOut + ".");
        assertThat(why(composition, "{\"capability\": \"tr\"}"))
                .isEqualTo("tr is not part of the solution: " + leftOut + ".");
    }

    @Test
    void what_would_have_to_move_with_it_is_no_obstacle_where_its_price_is_the_reason() {
        Composition composition = compose("s1", "\"cheapest\"", "qa", "qb");

        assertThat(heldBack(composition, "qa"))
                .isEqualTo("qa is not 2.0.0: the policy asks for the lowest cost, which would be 1 more with it.");
        assertThat(why(composition, "{\"capability\": \"qa\", \"version\": \"2.0.0\"}"))
                .endsWith(
                        "qa 2.0.0 could be chosen; it is not, because the policy asks for the lowest cost, which is 2,"
                                + " and would be 3 with it.");
        JsonNode outdated = composition.ask("/outdated", "{}").json();
        assertThat(entry(outdated, "qa").get("kind").asString()).isEqualTo("not_preferred");
    }

    @Test
    void a_version_between_that_only_costs_more_is_told_beside_the_newest() {
        catalogue
                .publish("bus", "3.12.0", "\"cost\": 5")
                .publish("bus", "3.13.0", "\"cost\": 10")
                .publish("bus", "4.0.0", "\"cost\": 5");
        Composition composition = compose("buses", "\"cheapest\"", "bus@^3.0.0");

        JsonNode held = entry(composition.resolve().json(), "bus").get("held_back");
        assertThat(held.at("/passed_over/version").asString()).isEqualTo("3.13.0");
        assertThat(held.get("sentence").asString())
                .isEqualTo(
                        "bus is not 4.0.0: the draft asks for bus ^3.0.0. 3.13.0 would be possible, but the policy asks"
                                + " for the lowest cost, which would be 5 more with it.");
    }

    private static JsonNode entry(JsonNode answer, String code) {
        List<JsonNode> found = StreamSupport.stream(answer.get("entries").spliterator(), false)
                .filter(entry -> entry.get("capability").asString().equals(code))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static String heldBack(Composition composition, String code) {
        return entry(composition.resolve().json(), code)
                .at("/held_back/sentence")
                .asString();
    }

    private static String why(Composition composition, String question) {
        return composition.ask("/why", question).json().get("sentence").asString();
    }
}
