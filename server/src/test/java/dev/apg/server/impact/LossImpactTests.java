package dev.apg.server.impact;

import static dev.apg.server.composition.Catalogue.provides;
import static dev.apg.server.composition.Catalogue.requires;
import static dev.apg.server.impact.Place.sentence;
import static dev.apg.server.impact.Place.state;
import static dev.apg.server.impact.Place.status;
import static dev.apg.server.impact.Place.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A version or a capability that compositions lose. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LossImpactTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    @Test
    void a_yank_is_made_up_for_or_breaks() {
        var place = new Place(server);
        place.catalogue
                .publish("cart", "1.0.0")
                .publish("cart", "1.1.0")
                .publish("web", "1.0.0", requires("cart", "=1.1.0"));
        place.catalogue.compose("broken", "web").freeze();
        place.catalogue.compose("down", "cart@^1.0.0").freeze();
        place.catalogue
                .compose("keeps", "web")
                .apply("{\"op\": \"set_policy\", \"policy\": {\"accept\": [\"yanked\", \"deprecated\"]}}")
                .freeze();
        place.catalogue.compose("older", "cart@1.0.0").freeze();

        JsonNode answer = place.answer(state("cart", "1.1.0", "yanked"));

        assertThat(verdicts(answer))
                .containsExactly("broken broken", "down upgradable", "keeps blocked", "older unaffected");
        assertThat(sentence(answer, 0)).isEqualTo("It has no solution without cart 1.1.0.");
        assertThat(answer.at("/items/0/explanation/prose").asString()).contains("cart 1.1.0 is yanked");
        assertThat(sentence(answer, 1))
                .isEqualTo("It can do without cart 1.1.0: cart goes down from 1.1.0 to 1.0.0. Nothing else moves.");
        assertThat(sentence(answer, 2))
                .isEqualTo("Its policy goes on accepting cart 1.1.0, but nothing can take the place of it.");
        assertThat(sentence(answer, 3)).isEqualTo("Its lock has another one, cart 1.0.0.");
        assertThat(answer.at("/candidate/state").asString()).isEqualTo("yanked");

        place.catalogue.state("cart", "1.1.0", "yanked");
        JsonNode after = place.catalogue
                .reader()
                .post("/api/v1/compositions/broken/resolve", "{}")
                .json();
        assertThat(after.get("status").asString()).isEqualTo("unsolvable");
    }

    @Test
    void a_deprecation_is_told_to_those_who_can_leave_and_those_who_cannot() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0");
        place.catalogue.compose("stays", "cart@=1.0.0").freeze();
        place.catalogue.compose("leaves", "cart").freeze();
        place.catalogue.publish("cart", "1.1.0");

        JsonNode answer = place.answer(state("cart", "1.0.0", "deprecated"));

        assertThat(verdicts(answer)).containsExactly("leaves upgradable", "stays blocked");
        assertThat(answer.at("/items/0/moves/0/to").asString()).isEqualTo("1.1.0");
    }

    @Test
    void a_derivation_says_what_it_leaves_aside() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0").publish("cart", "1.1.0");
        place.catalogue.compose("shop", "cart@^1.1.0").freeze();

        assertThat(prose(place.answer(state("cart", "1.1.0", "deprecated")))).isEqualTo("""
                        Leaving aside cart 1.1.0, which would be deprecated:
                        1. You ask for cart ^1.1.0, but no version of cart is in that range (it has 1.0.0).
                        """);
        assertThat(prose(place.answer(state("cart", "1.1.0", "purged"))))
                .startsWith("Leaving aside cart 1.1.0, which would be purged:\n");
        assertThat(prose(place.answer(status("cart", "deprecated"))))
                .startsWith("Leaving aside cart, which would be deprecated:\n");
        assertThat(prose(place.answer(state("cart", "1.1.0", "yanked"))))
                .startsWith("1. cart 1.1.0 is yanked, which the policy does not accept");
    }

    @Test
    void a_fix_leads_away_from_a_deprecated_version_that_the_draft_would_choose_all_the_same() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0").publish("cart", "1.1.0");
        place.catalogue
                .compose("shop", "cart@^1.0.0")
                .apply("{\"op\": \"exclude\", \"capability\": \"cart\", \"range\": \"1.0.0\"}")
                .freeze();

        JsonNode fix = place.answer(state("cart", "1.1.0", "deprecated")).at("/items/0/explanation/fixes/0");

        assertThat(fix.get("sentence").asString())
                .isEqualTo("Do not exclude cart 1.0.0. Then exclude cart 1.1.0, which would be chosen all the same.");
        assertThat(fix.get("operations").toString())
                .isEqualTo("[{\"op\":\"include\",\"capability\":\"cart\",\"range\":\"1.0.0\"},"
                        + "{\"op\":\"exclude\",\"capability\":\"cart\",\"range\":\"1.1.0\"}]");
    }

    private static String prose(JsonNode answer) {
        return answer.at("/items/0/explanation/prose").asString();
    }

    @Test
    void a_purge_breaks_whatever_a_policy_accepts() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0");
        place.catalogue
                .compose("accepts-all", "cart")
                .apply("{\"op\": \"set_policy\", \"policy\": {\"accept\": [\"yanked\", \"deprecated\", \"retired\"]}}")
                .freeze();

        assertThat(verdicts(place.answer(state("cart", "1.0.0", "purged")))).containsExactly("accepts-all broken");
        assertThat(verdicts(place.answer(state("cart", "1.0.0", "yanked")))).containsExactly("accepts-all blocked");
    }

    @Test
    void the_end_of_a_capability_moves_its_users_to_another_provider() {
        var place = new Place(server);
        place.catalogue
                .publish("redis", "7.0.0", provides("store", "1.0.0"))
                .publish("valkey", "8.0.0", provides("store", "1.0.0"))
                .publish("cart", "1.0.0", "\"requirements\": [{\"service\": \"store\", \"range\": \"^1.0.0\"}]");
        place.catalogue.compose("asks-for-it", "redis").freeze();
        place.catalogue.compose("needs-a-store", "cart").freeze();

        JsonNode answer = place.answer(status("redis", "retired"));

        assertThat(verdicts(answer)).containsExactly("asks-for-it broken", "needs-a-store upgradable");
        assertThat(sentence(answer, 1))
                .isEqualTo("It can do without redis: redis 7.0.0 goes, valkey 8.0.0 comes in."
                        + " Service store would be provided to cart by valkey instead of redis.");
        assertThat(answer.at("/items/1/swaps").toString())
                .startsWith("[{\"consumer\":\"cart\",\"requirement\":\"store\",\"from\":\"redis\",\"to\":\"valkey\",");
        assertThat(answer.at("/candidate/status").asString()).isEqualTo("retired");
        assertThat(verdicts(place.answer(status("redis", "deprecated"))))
                .containsExactly("asks-for-it blocked", "needs-a-store upgradable");
    }

    @Test
    void a_composition_without_a_solution_before_the_change_is_said_to_have_had_none() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0").publish("web", "1.0.0", requires("cart", "^1.0.0"));
        place.catalogue.compose("shop", "web").freeze();
        place.catalogue.state("cart", "1.0.0", "yanked");

        assertThat(sentence(place.answer(state("web", "1.0.0", "yanked")), 0))
                .isEqualTo("It has no solution without web 1.0.0. It has none with it either.");
    }

    @Test
    void what_is_broken_without_the_candidate_too_is_counted_apart() {
        var place = new Place(server);
        place.catalogue
                .publish("cart", "1.0.0")
                .publish("web", "1.0.0", requires("cart", "^1.0.0"))
                .publish("api", "1.0.0");
        place.catalogue.compose("both", "web", "api").freeze();
        place.catalogue.compose("one", "api").freeze();
        place.catalogue.state("cart", "1.0.0", "yanked");

        JsonNode answer = place.answer(state("api", "1.0.0", "yanked"));

        assertThat(verdicts(answer)).containsExactly("both broken", "one broken");
        assertThat(answer.at("/totals/broken").asInt()).isEqualTo(2);
        assertThat(answer.at("/totals/broken_already").asInt()).isEqualTo(1);
        assertThat(answer.at("/items/0/broken_already").asBoolean()).isTrue();
        assertThat(answer.at("/items/1/broken_already").asBoolean()).isFalse();
        assertThat(answer.at("/items/1/broken_already").isMissingNode()).isFalse();
        assertThat(sentence(answer, 1)).isEqualTo("It has no solution without api 1.0.0.");
    }

    @Test
    void the_only_way_out_of_a_lock_that_does_not_hold_breaks_it_as_it_goes() {
        var place = new Place(server);
        place.catalogue.publish("finder", "0.3.0").publish("site", "1.0.0");
        place.catalogue.compose("portal", "finder@^0.3.0").freeze();
        place.catalogue
                .compose("accepts", "finder@^0.3.0")
                .apply("{\"op\": \"set_policy\", \"policy\": {\"accept\": [\"yanked\"]}}")
                .freeze();
        place.catalogue.compose("other", "site").freeze();
        place.catalogue.publish("finder", "0.3.1");
        assertThat(verdicts(place.answer(state("finder", "0.3.1", "yanked"))))
                .containsExactly("accepts unaffected", "other unaffected", "portal unaffected");
        place.catalogue.state("finder", "0.3.0", "yanked");

        JsonNode answer = place.answer(state("finder", "0.3.1", "yanked"));

        assertThat(verdicts(answer)).containsExactly("accepts unaffected", "other unaffected", "portal broken");
        assertThat(answer.at("/items/2/broken_already").asBoolean()).isFalse();
        assertThat(answer.at("/items/2/locked").asString()).isEqualTo("0.3.0");
        assertThat(sentence(answer, 2))
                .isEqualTo("Its lock does not have finder 0.3.1, but does not hold any more,"
                        + " and without it there is no solution left.");
        assertThat(answer.at("/items/2/explanation/prose").asString()).contains("Every finder is yanked");
        assertThat(verdicts(place.answer(status("finder", "retired"), "?verdict=broken")))
                .containsExactly("accepts broken", "portal broken");

        place.catalogue.publish("finder", "0.3.2");
        assertThat(verdicts(place.answer(state("finder", "0.3.1", "purged"), "?verdict=broken")))
                .isEmpty();
        place.catalogue.state("finder", "0.3.2", "yanked");
        place.catalogue.state("finder", "0.3.1", "yanked");
        // Without a solution before, it loses none.
        assertThat(verdicts(place.answer(state("finder", "0.3.2", "purged"), "?verdict=unaffected")))
                .contains("portal unaffected");
    }

    @Test
    void a_lock_with_a_version_of_a_capability_that_ended_may_lose_its_last_way_out() {
        var place = new Place(server);
        place.catalogue
                .publish("redis", "7.0.0", provides("store", "1.0.0"))
                .publish("cart", "1.0.0", "\"requirements\": [{\"service\": \"store\", \"range\": \"^1.0.0\"}]");
        place.catalogue.compose("shop", "cart").freeze();
        place.catalogue.publish("valkey", "8.0.0", provides("store", "1.0.0"));
        place.catalogue.status("redis", "deprecated");
        assertThat(verdicts(place.answer(status("valkey", "retired")))).containsExactly("shop unaffected");

        place.catalogue.status("redis", "retired");

        assertThat(verdicts(place.answer(status("valkey", "retired")))).containsExactly("shop broken");
        assertThat(verdicts(place.answer(status("valkey", "deprecated")))).containsExactly("shop unaffected");
    }

    @Test
    void a_state_that_a_version_has_already_breaks_nothing_that_is_not_broken() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0");
        place.catalogue.compose("shop", "cart").freeze();
        place.catalogue.state("cart", "1.0.0", "yanked");

        JsonNode again = place.answer(state("cart", "1.0.0", "yanked"));
        assertThat(verdicts(again)).containsExactly("shop broken");
        assertThat(again.at("/totals/broken_already").asInt()).isEqualTo(1);
        // Deprecated, it would be accepted again.
        JsonNode milder = place.answer(state("cart", "1.0.0", "deprecated"));
        assertThat(verdicts(milder)).containsExactly("shop blocked");
        place.catalogue.state("cart", "1.0.0", "deprecated");
        assertThat(verdicts(place.answer(state("cart", "1.0.0", "published")))).containsExactly("shop unaffected");
    }

    @Test
    void a_state_that_a_version_cannot_be_put_into_is_refused_as_the_change_would_be() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0");
        place.catalogue.state("cart", "1.0.0", "purged");
        Answer change = place.catalogue
                .reader()
                .with("If-Match", "*")
                .put(
                        "/api/v1/capabilities/cart/versions/1.0.0/state",
                        "{\"state\": \"yanked\", \"reason\": \"a test\"}");

        Answer asked = place.ask(state("cart", "1.0.0", "yanked"));

        assertThat(asked.status()).isEqualTo(change.status()).isEqualTo(409);
        assertThat(asked.problem()).isEqualTo(change.problem()).isEqualTo("version.transition");
        assertThat(asked.json().get("detail")).isEqualTo(change.json().get("detail"));
        assertThat(asked.json().get("errors")).isEqualTo(change.json().get("errors"));
    }
}
