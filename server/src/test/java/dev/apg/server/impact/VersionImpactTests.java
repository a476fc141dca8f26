package dev.apg.server.impact;

import static dev.apg.server.composition.Catalogue.document;
import static dev.apg.server.composition.Catalogue.provides;
import static dev.apg.server.composition.Catalogue.requires;
import static dev.apg.server.impact.Place.publishing;
import static dev.apg.server.impact.Place.sentence;
import static dev.apg.server.impact.Place.state;
import static dev.apg.server.impact.Place.verdicts;
import static dev.apg.server.impact.Place.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A version that compositions could take. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VersionImpactTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    @Test
    void a_version_that_is_not_published_is_judged_for_every_composition_that_was_frozen() {
        var place = new Place(server);
        place.catalogue
                .publish("cart", "1.0.0")
                .publish("web", "1.0.0", requires("cart", "^1.0.0"))
                .publish("other", "1.0.0");
        place.catalogue.compose("a-takes", "cart").freeze();
        place.catalogue.compose("b-refuses", "web").freeze();
        place.catalogue.compose("c-far", "other").freeze();
        place.catalogue
                .compose("d-pinned", "cart")
                .apply("{\"op\": \"pin\", \"capability\": \"cart\", \"version\": \"1.0.0\"}")
                .freeze();
        place.catalogue.compose("e-never-frozen", "cart");

        JsonNode answer = place.answer(publishing(document("cart", "2.0.0")));

        assertThat(verdicts(answer))
                .containsExactly("a-takes upgradable", "b-refuses blocked", "c-far unaffected", "d-pinned blocked");
        assertThat(answer.get("totals").toString())
                .isEqualTo(
                        "{\"unaffected\":1,\"upgradable\":1,\"blocked\":2,\"broken\":0,\"not_checked\":0,\"broken_already\":0}");
        assertThat(answer.get("without_revision").asLong()).isEqualTo(1);
        assertThat(answer.get("total_count").asLong()).isEqualTo(4);
        assertThat(sentence(answer, 0))
                .isEqualTo("It can take cart 2.0.0: cart goes up from 1.0.0 to 2.0.0. Nothing else moves.");
        assertThat(answer.at("/items/0/moves").toString())
                .isEqualTo(
                        "[{\"kind\":\"up\",\"capability\":\"cart\",\"from\":\"1.0.0\",\"to\":\"2.0.0\",\"size\":\"major\","
                                + "\"reason\":[{\"root\":\"cart\"}],"
                                + "\"sentence\":\"cart would go up from 1.0.0 to 2.0.0: that is what was asked about.\"}]");
        assertThat(answer.at("/items/0/locked").asString()).isEqualTo("1.0.0");
        assertThat(sentence(answer, 1)).isEqualTo("It cannot take cart 2.0.0: web 1.0.0 requires cart ^1.0.0.");
        assertThat(answer.at("/items/1/explanation/prose").asString()).contains("web", "cart ^1.0.0");
        assertThat(sentence(answer, 2)).isEqualTo("Its lock does not have cart.");
        assertThat(sentence(answer, 3)).isEqualTo("It cannot take cart 2.0.0: the composition pins cart to 1.0.0.");
        assertThat(answer.at("/candidate/published").asBoolean()).isFalse();
        assertThat(answer.at("/candidate/digest").asString()).startsWith("sha256:");
        assertThat(place.catalogue
                        .reader()
                        .get("/api/v1/capabilities/cart/versions/2.0.0")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void what_a_composition_would_move_to_is_said_to_be_deprecated_unless_that_is_supposed_to_end() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0");
        place.catalogue.compose("shop", "cart").freeze();
        place.catalogue.publish("cart", "1.1.0").state("cart", "1.1.0", "deprecated");

        JsonNode now = place.answer(version("cart", "1.1.0"));
        JsonNode restored = place.answer(state("cart", "1.1.0", "published"));

        String moved = "It can take cart 1.1.0: cart goes up from 1.0.0 to 1.1.0. Nothing else moves.";
        assertThat(sentence(now, 0)).isEqualTo(moved + " cart 1.1.0 is deprecated: a test.");
        assertThat(now.at("/items/0/moves/0/sentence").asString())
                .isEqualTo("cart would go up from 1.0.0 to 1.1.0: that is what was asked about."
                        + " cart 1.1.0 is deprecated: a test.");
        assertThat(sentence(restored, 0)).isEqualTo(moved);
    }

    @Test
    void what_is_in_the_way_is_told_with_all_that_would_do() {
        var place = new Place(server);
        place.catalogue.publish("beta", "1.0.0").publish("alpha", "1.0.0").publish("web", "1.0.0", """
                        "requirements": [{"name": "store", "any_of": [
                          {"capability": "alpha", "range": "^1.0.0"}, {"capability": "beta", "range": "^1.0.0"}]}]""");
        place.catalogue
                .compose("shop", "web", "beta")
                .apply("{\"op\": \"exclude\", \"capability\": \"alpha\", \"range\": \"*\"}")
                .freeze();

        JsonNode answer = place.answer(publishing(document("beta", "2.0.0")));

        assertThat(sentence(answer, 0))
                .isEqualTo("It cannot take beta 2.0.0: web 1.0.0 requires alpha ^1.0.0 or beta ^1.0.0.");
    }

    @Test
    void a_range_of_a_service_says_nothing_of_a_pre_release_of_a_capability_with_the_same_code() {
        var place = new Place(server);
        place.catalogue
                .publish("store", "1.0.0", provides("store", "1.0.0"))
                .publish("web", "1.0.0", "\"requirements\": [{\"service\": \"store\", \"range\": \">=1.0.0\"}]");
        place.catalogue.compose("shop", "web").freeze();

        JsonNode answer = place.answer(publishing(document("store", "2.0.0-rc.1")));

        assertThat(sentence(answer, 0))
                .startsWith("It cannot take store 2.0.0-rc.1: ")
                .doesNotContain("pre-release");
    }

    @Test
    void a_pre_release_that_a_range_seems_to_admit_is_said_to_be_one() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0").publish("web", "1.0.0", requires("cart", ">=1.0.0"));
        place.catalogue.compose("shop", "web").freeze();

        assertThat(sentence(place.answer(publishing(document("cart", "2.0.0-rc.1"))), 0))
                .isEqualTo(
                        "It cannot take cart 2.0.0-rc.1: web 1.0.0 requires cart >=1.0.0. It is a pre-release: only a"
                                + " range that names one takes it, or a policy that accepts them.");
    }

    @Test
    void what_nothing_would_need_is_not_put_down_to_the_policy() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0").publish("web", "1.0.0", """
                        "requirements": [{"capability": "cart", "range": "^1.0.0", "strength": "recommended"}]""");
        place.catalogue
                .compose("shop", "web")
                .freeze()
                .apply("{\"op\": \"set_policy\", \"policy\": {\"objective\": [\"minimal_change\"]}}")
                .freeze();

        assertThat(sentence(place.answer(publishing(document("cart", "2.0.0"))), 0))
                .isEqualTo("It cannot take cart 2.0.0: beside it nothing would need it.");
    }

    @Test
    void what_it_needs_itself_is_told_without_what_follows_from_it() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0").publish("auth", "1.0.0");
        place.catalogue.compose("shop", "cart").freeze();

        assertThat(sentence(place.answer(publishing(document("cart", "2.0.0", requires("auth", "^2.0.0")))), 0))
                .isEqualTo("It cannot take cart 2.0.0: cart 2.0.0 needs auth ^2.0.0, but no version of auth is in that"
                        + " range (it has 1.0.0).");
    }

    @Test
    void a_fix_holds_against_the_lock_and_against_newer_versions() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0");
        place.catalogue.compose("shop", "cart@^1.0.0").freeze();
        place.catalogue.publish("cart", "1.1.0-rc.1").publish("cart", "1.1.0-rc.2");

        JsonNode fixes = place.answer(version("cart", "1.1.0-rc.1")).at("/items/0/explanation/fixes");

        assertThat(fixes.findValuesAsString("sentence"))
                .containsExactly(
                        "Ask for cart ^1.1.0-rc.1 instead of ^1.0.0 and pin cart to 1.1.0-rc.1.",
                        "Accept pre-releases and pin cart to 1.1.0-rc.1.");
    }

    @Test
    void what_else_would_move_is_told() {
        var place = new Place(server);
        place.catalogue.publish("db", "1.0.0").publish("db", "2.0.0").publish("app", "1.0.0", requires("db", "^1.0.0"));
        place.catalogue.compose("shop", "app").freeze();

        JsonNode answer = place.answer(publishing(document("app", "1.1.0", requires("db", "^2.0.0"))));

        assertThat(sentence(answer, 0))
                .isEqualTo("It can take app 1.1.0: app goes up from 1.0.0 to 1.1.0, db goes up from 1.0.0 to 2.0.0.");
        assertThat(answer.at("/items/0/moves")).hasSize(2);
    }

    @Test
    void what_holds_the_candidate_back_moves_with_it_if_it_can() {
        var place = new Place(server);
        place.catalogue.publish("db", "1.0.0").publish("app", "1.0.0", requires("db", "^1.0.0"));
        place.catalogue.compose("shop", "app").freeze();
        place.catalogue.publish("app", "2.0.0", requires("db", ">=1.0.0"));

        JsonNode answer = place.answer(publishing(document("db", "2.0.0")));

        assertThat(verdicts(answer)).containsExactly("shop upgradable");
        assertThat(answer.at("/items/0/moves")).hasSize(2);
    }

    @Test
    void a_published_version_is_judged_by_its_number() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0");
        place.catalogue.compose("old", "cart").freeze();
        place.catalogue.publish("cart", "1.1.0");
        place.catalogue.compose("same", "cart").freeze();
        place.catalogue.publish("cart", "1.2.0");
        place.catalogue.compose("then-newer", "cart").freeze();

        JsonNode answer = place.answer(version("Cart", "1.1.0"));

        assertThat(verdicts(answer)).containsExactly("old upgradable", "same unaffected", "then-newer unaffected");
        assertThat(sentence(answer, 1)).isEqualTo("Its lock has cart 1.1.0 already.");
        assertThat(sentence(answer, 2)).isEqualTo("Its lock has a newer one, cart 1.2.0.");
        assertThat(answer.at("/candidate/capability").asString()).isEqualTo("cart");
    }

    @Test
    void a_restored_version_is_judged_like_a_new_one() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0").publish("cart", "1.1.0");
        place.catalogue.state("cart", "1.1.0", "yanked");
        place.catalogue.compose("shop", "cart").freeze();

        assertThat(verdicts(place.answer(version("cart", "1.1.0")))).containsExactly("shop blocked");
        assertThat(sentence(place.answer(version("cart", "1.1.0")), 0))
                .isEqualTo("It cannot take cart 1.1.0: it is yanked, which the policy does not accept.");
        assertThat(verdicts(place.answer(state("cart", "1.1.0", "published")))).containsExactly("shop upgradable");
    }

    @Test
    void the_draft_that_a_revision_was_frozen_from_counts_not_the_one_of_today() {
        var place = new Place(server);
        place.catalogue.publish("cart", "1.0.0");
        var composition = place.catalogue.compose("shop", "cart@^1.0.0").freeze();
        composition.apply("{\"op\": \"set_range\", \"capability\": \"cart\", \"range\": \"*\"}");

        assertThat(verdicts(place.answer(publishing(document("cart", "2.0.0")))))
                .containsExactly("shop blocked");
        composition.freeze();
        JsonNode answer = place.answer(publishing(document("cart", "2.0.0")));
        assertThat(verdicts(answer)).containsExactly("shop upgradable");
        assertThat(answer.at("/items/0/revision").asInt()).isEqualTo(2);
    }

    @Test
    void a_need_that_another_one_meets_then_is_told_where_nothing_comes_or_goes() {
        var place = new Place(server);
        place.catalogue
                .publish("redis", "7.0.0", provides("store", "1.0.0"))
                .publish("valkey", "8.0.0", provides("store", "1.0.0"))
                .publish("cart", "1.0.0", "\"requirements\": [{\"service\": \"store\", \"range\": \"^1.0.0\"}]");
        place.catalogue.compose("has-both", "cart", "redis", "valkey").freeze();

        JsonNode answer = place.answer(publishing(document("redis", "7.1.0")));

        assertThat(sentence(answer, 0))
                .isEqualTo("It can take redis 7.1.0: redis goes up from 7.0.0 to 7.1.0."
                        + " Service store would be provided to cart by valkey instead of redis.");
        assertThat(answer.at("/items/0/moves")).hasSize(1);
    }
}
