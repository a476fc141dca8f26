package dev.apg.server.impact;

import static dev.apg.server.composition.Catalogue.document;
import static dev.apg.server.composition.Catalogue.provides;
import static dev.apg.server.composition.Catalogue.requires;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Each test has a tenant of its own, because the answer is about all of its compositions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImpactTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private final class Place {
        final TestTenant tenant = TestTenant.in(server);
        final Catalogue catalogue = new Catalogue(tenant.client());

        Answer ask(String candidate, String... query) {
            return catalogue.reader().post("/api/v1/impact" + String.join("", query), candidate);
        }

        JsonNode answer(String candidate, String... query) {
            Answer answer = ask(candidate, query);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.header("X-APG-Seq")).isPresent();
            return answer.json();
        }
    }

    private static String publishing(String document) {
        return "{\"kind\": \"document\", \"document\": %s}".formatted(document);
    }

    private static String version(String code, String number) {
        return "{\"kind\": \"version\", \"capability\": \"%s\", \"version\": \"%s\"}".formatted(code, number);
    }

    private static String state(String code, String number, String state) {
        return "{\"kind\": \"state\", \"capability\": \"%s\", \"version\": \"%s\", \"state\": \"%s\"}"
                .formatted(code, number, state);
    }

    private static String status(String code, String status) {
        return "{\"kind\": \"status\", \"capability\": \"%s\", \"status\": \"%s\"}".formatted(code, status);
    }

    private static List<String> verdicts(JsonNode answer) {
        List<String> verdicts = new ArrayList<>();
        answer.get("items")
                .forEach(item -> verdicts.add(item.get("composition").asString() + " "
                        + item.get("verdict").asString()));
        return verdicts;
    }

    private static String sentence(JsonNode answer, int item) {
        return answer.at("/items/%d/sentence".formatted(item)).asString();
    }

    @Test
    void a_version_that_is_not_published_is_judged_for_every_composition_that_was_frozen() {
        var place = new Place();
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
                .isEqualTo("{\"unaffected\":1,\"upgradable\":1,\"blocked\":2,\"broken\":0,\"not_checked\":0}");
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
    void what_else_would_move_is_told() {
        var place = new Place();
        place.catalogue.publish("db", "1.0.0").publish("db", "2.0.0").publish("app", "1.0.0", requires("db", "^1.0.0"));
        place.catalogue.compose("shop", "app").freeze();

        JsonNode answer = place.answer(publishing(document("app", "1.1.0", requires("db", "^2.0.0"))));

        assertThat(sentence(answer, 0))
                .isEqualTo("It can take app 1.1.0: app goes up from 1.0.0 to 1.1.0, db goes up from 1.0.0 to 2.0.0.");
        assertThat(answer.at("/items/0/moves")).hasSize(2);
    }

    @Test
    void what_holds_the_candidate_back_moves_with_it_if_it_can() {
        var place = new Place();
        place.catalogue.publish("db", "1.0.0").publish("app", "1.0.0", requires("db", "^1.0.0"));
        place.catalogue.compose("shop", "app").freeze();
        place.catalogue.publish("app", "2.0.0", requires("db", ">=1.0.0"));

        JsonNode answer = place.answer(publishing(document("db", "2.0.0")));

        assertThat(verdicts(answer)).containsExactly("shop upgradable");
        assertThat(answer.at("/items/0/moves")).hasSize(2);
    }

    @Test
    void a_published_version_is_judged_by_its_number() {
        var place = new Place();
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
    void a_yank_is_made_up_for_or_breaks() {
        var place = new Place();
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
        var place = new Place();
        place.catalogue.publish("cart", "1.0.0");
        place.catalogue.compose("stays", "cart@=1.0.0").freeze();
        place.catalogue.compose("leaves", "cart").freeze();
        place.catalogue.publish("cart", "1.1.0");

        JsonNode answer = place.answer(state("cart", "1.0.0", "deprecated"));

        assertThat(verdicts(answer)).containsExactly("leaves upgradable", "stays blocked");
        assertThat(answer.at("/items/0/moves/0/to").asString()).isEqualTo("1.1.0");
    }

    @Test
    void a_purge_breaks_whatever_a_policy_accepts() {
        var place = new Place();
        place.catalogue.publish("cart", "1.0.0");
        place.catalogue
                .compose("accepts-all", "cart")
                .apply("{\"op\": \"set_policy\", \"policy\": {\"accept\": [\"yanked\", \"deprecated\", \"retired\"]}}")
                .freeze();

        assertThat(verdicts(place.answer(state("cart", "1.0.0", "purged")))).containsExactly("accepts-all broken");
        assertThat(verdicts(place.answer(state("cart", "1.0.0", "yanked")))).containsExactly("accepts-all blocked");
    }

    @Test
    void a_restored_version_is_judged_like_a_new_one() {
        var place = new Place();
        place.catalogue.publish("cart", "1.0.0").publish("cart", "1.1.0");
        place.catalogue.state("cart", "1.1.0", "yanked");
        place.catalogue.compose("shop", "cart").freeze();

        assertThat(verdicts(place.answer(version("cart", "1.1.0")))).containsExactly("shop blocked");
        assertThat(sentence(place.answer(version("cart", "1.1.0")), 0))
                .isEqualTo("It cannot take cart 1.1.0: it is yanked, which the policy does not accept.");
        assertThat(verdicts(place.answer(state("cart", "1.1.0", "published")))).containsExactly("shop upgradable");
    }

    @Test
    void the_end_of_a_capability_moves_its_users_to_another_provider() {
        var place = new Place();
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
    void a_need_that_another_one_meets_then_is_told_where_nothing_comes_or_goes() {
        var place = new Place();
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

    @Test
    void the_draft_that_a_revision_was_frozen_from_counts_not_the_one_of_today() {
        var place = new Place();
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
    void pages_and_filters_divide_the_same_answer() {
        var place = new Place();
        place.catalogue.publish("cart", "1.0.0").publish("other", "1.0.0");
        for (String code : List.of("a", "b", "c")) {
            place.catalogue.compose(code, "cart").freeze();
        }
        place.catalogue.compose("d", "other").freeze();
        String candidate = publishing(document("cart", "1.1.0"));

        JsonNode first = place.answer(candidate, "?limit=2&verdict=upgradable");
        assertThat(verdicts(first)).containsExactly("a upgradable", "b upgradable");
        assertThat(first.get("total_count").asLong()).isEqualTo(3);
        assertThat(first.at("/totals/unaffected").asLong()).isEqualTo(1);
        String cursor = first.get("next_cursor").asString();
        JsonNode second = place.answer(candidate, "?limit=2&verdict=upgradable&cursor=" + cursor);
        assertThat(verdicts(second)).containsExactly("c upgradable");
        assertThat(second.has("next_cursor")).isFalse();
        assertThat(second.get("totals")).isEqualTo(first.get("totals"));
        assertThat(verdicts(place.answer(candidate, "?verdict=unaffected&verdict=broken")))
                .containsExactly("d unaffected");

        // The same cursor with another candidate, or another filter, is not one of that list.
        String other = publishing(document("cart", "1.2.0"));
        assertThat(place.ask(other, "?limit=2&verdict=upgradable&cursor=" + cursor)
                        .problem())
                .isEqualTo("paging.cursor");
        assertThat(place.ask(candidate, "?limit=2&cursor=" + cursor).problem()).isEqualTo("paging.cursor");
        assertThat(place.ask(candidate, "?cursor=nonsense").problem()).isEqualTo("paging.cursor");
        assertThat(place.ask(candidate, "?limit=101").problem()).isEqualTo("paging.limit");
        assertThat(place.ask(candidate, "?verdict=maybe").problem()).isEqualTo("filter.malformed");
    }

    @Test
    void a_document_that_publishing_would_refuse_is_refused_with_the_same_errors() {
        var place = new Place();
        place.catalogue.publish("cart", "1.0.0");

        Answer taken = place.ask(publishing(document("cart", "1.0.0", "\"cost\": 7")));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.problem()).isEqualTo("version.digest_differs");

        Answer unknown = place.ask(publishing(document("cart", "2.0.0", requires("carts", "^1.0.0"))));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.json().at("/errors/0/code").asString()).isEqualTo("capability.unknown");
        assertThat(unknown.json().at("/errors/0/field").asString()).isEqualTo("document.requirements[0].capability");
        assertThat(unknown.json().at("/errors/0/expected").asString()).contains("cart");

        Answer malformed = place.ask(publishing(document("cart", "two", requires("cart", "~~1"))));
        assertThat(malformed.status()).isEqualTo(422);
        assertThat(malformed.text()).contains("document.version", "document.requirements[0].range");

        Answer same = place.ask(publishing(document("cart", "1.0.0")));
        assertThat(same.json().at("/candidate/published").asBoolean()).isTrue();
    }

    @Test
    void what_the_catalogue_does_not_have_is_refused_with_what_was_probably_meant() {
        var place = new Place();
        place.catalogue.publish("cart", "1.0.0").publish("cart", "1.1.0");
        place.catalogue.state("cart", "1.1.0", "purged");

        Answer code = place.ask(version("carts", "1.0.0"));
        assertThat(code.status()).isEqualTo(422);
        assertThat(code.problem()).isEqualTo("capability.unknown");
        assertThat(code.json().get("detail").asString()).contains("cart");
        assertThat(place.ask(version("cart", "3.0.0")).problem()).isEqualTo("version.unknown");
        assertThat(place.ask(version("cart", "three")).problem()).isEqualTo("version.malformed");
        assertThat(place.ask(version("cart", "1.1.0")).problem()).isEqualTo("version.purged");
        assertThat(place.ask(state("cart", "1.1.0", "yanked")).status()).isEqualTo(409);
        assertThat(place.ask(state("cart", "1.0.0", "pending")).status()).isEqualTo(400);
        assertThat(place.ask("{\"kind\": \"guess\"}").status()).isEqualTo(400);
        assertThat(place.ask("{\"kind\": \"version\", \"capability\": \"cart\"}")
                        .status())
                .isEqualTo(422);
        assertThat(place.ask("{}").status()).isEqualTo(400);
    }

    @Test
    void another_tenants_compositions_are_neither_listed_nor_counted() {
        var mine = new Place();
        var theirs = new Place();
        for (Place place : List.of(mine, theirs)) {
            place.catalogue.publish("cart", "1.0.0");
        }
        theirs.catalogue.compose("secret", "cart").freeze();
        theirs.catalogue.compose("secret-draft", "cart");
        assertThat(verdicts(theirs.answer(publishing(document("cart", "1.1.0")))))
                .containsExactly("secret upgradable");

        JsonNode answer = mine.answer(publishing(document("cart", "1.1.0")));

        assertThat(answer.get("items")).isEmpty();
        assertThat(answer.get("total_count").asLong()).isZero();
        assertThat(answer.get("without_revision").asLong()).isZero();
        assertThat(answer.at("/totals/unaffected").asLong()).isZero();
    }

    @Test
    void a_composition_without_a_solution_before_the_change_is_said_to_have_had_none() {
        var place = new Place();
        place.catalogue.publish("cart", "1.0.0").publish("web", "1.0.0", requires("cart", "^1.0.0"));
        place.catalogue.compose("shop", "web").freeze();
        place.catalogue.state("cart", "1.0.0", "yanked");

        assertThat(sentence(place.answer(state("web", "1.0.0", "yanked")), 0))
                .isEqualTo("It has no solution without web 1.0.0. It has none with it either.");
    }
}
