package dev.apg.server.grant;

import static dev.apg.server.grant.People.detail;
import static dev.apg.server.grant.People.done;
import static dev.apg.server.grant.People.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.catalog.Eventually;
import dev.apg.server.grant.People.Member;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two nodes on one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompositionGrantTests {
    private static final String SHOP = "/api/v1/compositions/shop";

    private TestServer node;
    private TestServer other;
    private People people;
    private Member ana;
    private Member bob;

    @BeforeAll
    void start(@TempDir Path one, @TempDir Path two) {
        TestDatabase database = TestDatabase.create();
        node = TestServer.start(database, one, settings -> settings);
        // It polls so rarely, and so believes for so long, that only a notification can end its belief in time.
        other = TestServer.start(
                database,
                two,
                TestServer.withFeed(any -> new Settings.Feed(Duration.ofHours(1), true, any.longestWait())));
    }

    @AfterAll
    void stop() {
        other.stop();
        node.close();
    }

    @BeforeEach
    void shop() {
        people = People.in(node);
        ana = people.member("ana", "composition_designer");
        bob = people.member("bob", "composition_designer");
        people.team("storefront", ana);
        Answer published =
                done(people.administrator().post("/api/v1/capabilities/cart/versions", version("cart", "1.0.0")));
        String seq = published.header("X-APG-Seq").orElseThrow();
        ana = ana.seeing(seq);
        bob = bob.seeing(seq);
        done(ana.client().post("/api/v1/compositions?owned_by=team:storefront", Map.of("code", "shop")));
        done(add(ana.client()));
    }

    private static Answer add(TestClient client) {
        return client.post(
                SHOP + "/draft/operations",
                "{\"operations\": [{\"op\": \"add_member\", \"capability\": \"cart\", \"range\": \"^1.0.0\"}]}");
    }

    private static Answer give(TestClient client, String grantee, String level) {
        return client.put(SHOP + "/grants/" + grantee, Map.of("level", level));
    }

    @Test
    void whoever_has_no_grant_finds_nothing() {
        assertThat(ana.client().get(SHOP).json().get("owner").asString()).isEqualTo("storefront");
        assertThat(bob.client().get(SHOP).status()).isEqualTo(404);
        assertThat(bob.client().get(SHOP).text()).doesNotContain("storefront");
        assertThat(add(bob.client()).status()).isEqualTo(404);
        assertThat(bob.client().delete(SHOP).status()).isEqualTo(404);
        assertThat(bob.client().post(SHOP + "/revisions", "{}").status()).isEqualTo(404);
        assertThat(bob.client().get(SHOP + "/grants").status()).isEqualTo(404);
        assertThat(give(bob.client(), "me", "own").status()).isEqualTo(404);
        JsonNode list = bob.client().get("/api/v1/compositions").json();
        assertThat(list.get("total_count").asInt()).isZero();
        assertThat(list.get("items")).isEmpty();
        assertThat(bob.client().get("/api/v1/compositions/shap").text()).doesNotContain("did you mean");
        assertThat(ana.client().get("/api/v1/compositions/shap").text()).contains("did you mean shop");
        assertThat(people.administrator().get(SHOP).status()).isEqualTo(200);
        Member registrar = people.member("registrar", "registry_administrator");
        assertThat(registrar.client().get(SHOP).status())
                .as("of capabilities, not of compositions")
                .isEqualTo(404);
        assertThat(bob.client()
                        .post("/api/v1/compositions", Map.of("code", "shop"))
                        .problem())
                .as("codes are the tenant's")
                .isEqualTo("composition.exists");
    }

    @Test
    void each_level_lets_do_what_it_says_and_no_more() {
        done(give(ana.client(), bob.name(), "read"));
        assertThat(bob.client().get(SHOP + "/draft").status()).isEqualTo(200);
        Answer refused = add(bob.client());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(detail(refused))
                .isEqualTo("this needs composition:edit on shop, which team storefront owns;"
                        + " you have composition:edit, but only the grant read on shop, and this needs edit");
        assertThat(bob.client().post(SHOP + "/revisions", "{}").status()).isEqualTo(403);

        done(give(ana.client(), bob.name(), "edit"));
        done(bob.client().patch(SHOP, Map.of("description", "by bob")));
        done(bob.client().post(SHOP + "/revisions", "{}"));
        assertThat(give(bob.client(), bob.name(), "own").status()).isEqualTo(403);
        assertThat(bob.client().put(SHOP + "/owner", Map.of("owned_by", "me")).status())
                .isEqualTo(403);
        assertThat(bob.client().patch(SHOP, Map.of("owner", "bob")).problem()).isEqualTo("composition.owned");
        Member reader = people.member("rita", "observer");
        done(give(ana.client(), reader.name(), "edit"));
        assertThat(add(reader.client()).status())
                .as("the role bounds what a grant gives")
                .isEqualTo(403);

        done(ana.client().put(SHOP + "/owner", Map.of("owned_by", bob.name())));
        assertThat(ana.client().get(SHOP).status()).isEqualTo(404);
        assertThat(bob.client()
                        .get(SHOP + "/grants")
                        .json()
                        .at("/items/0/level")
                        .asString())
                .isEqualTo("own");
        done(bob.client().delete(SHOP + "/grants"));
        assertThat(ana.client().get(SHOP).status()).isEqualTo(200);
    }

    @Test
    void only_an_owner_deletes_one() {
        done(give(ana.client(), bob.name(), "edit"));
        assertThat(bob.client().delete(SHOP).status()).isEqualTo(403);
        assertThat(ana.client().delete(SHOP).status()).isEqualTo(204);
    }

    @Test
    void who_leaves_the_team_reads_nothing_any_more_at_once_on_both_nodes() {
        people.administrator().put("/api/v1/teams/storefront/members/" + bob.name(), Map.of("maintainer", false));
        TestClient there = other.client(bob.text());
        Eventually.holds(() -> assertThat(there.get(SHOP).status()).isEqualTo(200));
        assertThat(bob.client().get(SHOP).status()).isEqualTo(200);

        done(people.administrator().delete("/api/v1/teams/storefront/members/" + bob.name()));

        assertThat(bob.client().get(SHOP).status()).isEqualTo(404);
        Eventually.holds(() -> assertThat(there.get(SHOP).status()).isEqualTo(404));
    }

    @Test
    void a_grant_that_is_taken_holds_at_once_on_both_nodes() {
        done(give(ana.client(), bob.name(), "read"));
        TestClient there = other.client(bob.text());
        assertThat(there.get(SHOP).status()).isEqualTo(200);
        done(ana.client().delete(SHOP + "/grants/" + bob.name()));
        assertThat(there.get(SHOP).status()).isEqualTo(404);
    }

    @Test
    void events_of_what_one_may_not_read_keep_their_place_and_nothing_else_also_when_it_is_gone() {
        done(ana.client().delete(SHOP));

        JsonNode events = bob.client().get("/api/v1/events?limit=100").json().get("items");
        assertThat(events.valueStream()
                        .map(event -> event.get("cursor").asString().split("\\.")[1]))
                .as("without a gap")
                .containsExactlyElementsOf(java.util.stream.IntStream.rangeClosed(1, events.size())
                        .mapToObj(Integer::toString)
                        .toList());
        List<JsonNode> hidden = events.valueStream()
                .filter(event -> event.get("type").asString().startsWith("composition.")
                        || event.get("type").asString().equals("draft.changed"))
                .toList();
        assertThat(hidden).hasSize(4);
        assertThat(hidden).allSatisfy(event -> {
            assertThat(event.get("subject").asString()).isEmpty();
            assertThat(event.get("actor").asString()).isEmpty();
            assertThat(event.get("data")).isEmpty();
        });
        assertThat(bob.client().get("/api/v1/events?limit=100").text()).doesNotContain("shop");
        assertThat(ana.client().get("/api/v1/events?limit=100").text()).contains("composition.deleted", "shop");
    }

    @Test
    void impact_counts_what_one_may_not_read_whoever_asked_before() {
        done(ana.client().post(SHOP + "/revisions", "{}"));
        Map<String, String> yank = Map.of("kind", "state", "capability", "cart", "version", "1.0.0", "state", "yanked");

        JsonNode owners = done(ana.client().post("/api/v1/impact", yank)).json();
        assertThat(owners.at("/items/0/composition").asString()).isEqualTo("shop");
        assertThat(owners.has("hidden")).isFalse();
        JsonNode others = done(bob.client().post("/api/v1/impact", yank)).json();
        assertThat(others.get("items")).isEmpty();
        assertThat(others.get("total_count").asInt()).isZero();
        assertThat(others.at("/hidden").toString())
                .isEqualTo(owners.at("/totals").toString());
        assertThat(others.toString()).doesNotContain("shop");
        assertThat(done(ana.client().post("/api/v1/impact", yank)).json().toString())
                .isEqualTo(owners.toString());
    }

    @Test
    void an_answer_that_was_kept_is_not_sent_again_to_who_lost_access() {
        done(give(ana.client(), bob.name(), "edit"));
        TestClient again = bob.client().with("Idempotency-Key", "k-1");
        String operation = "{\"operations\": [{\"op\": \"set_range\", \"capability\": \"cart\", \"range\": \"*\"}]}";
        Answer first = again.post(SHOP + "/draft/operations", operation);
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(again.post(SHOP + "/draft/operations", operation).header("Idempotency-Replayed"))
                .isPresent();

        done(ana.client().delete(SHOP + "/grants/" + bob.name()));

        Answer late = again.post(SHOP + "/draft/operations", operation);
        assertThat(late.problem()).isEqualTo("idempotency_key.answer_not_kept");
        assertThat(late.text()).doesNotContain("cart");
    }

    @Test
    void nothing_is_changed_after_the_grant_was_taken() {
        for (int i = 0; i < 10; i++) {
            done(give(ana.client(), bob.name(), "edit"));
            String text = "bob " + i;
            var changed = CompletableFuture.supplyAsync(() -> bob.client().patch(SHOP, Map.of("description", text)));
            Answer taken = done(ana.client().delete(SHOP + "/grants/" + bob.name()));
            Answer answer = changed.join();
            assertThat(answer.status()).isIn(200, 404);
            if (answer.status() == 200) {
                assertThat(seq(answer)).as("in the order of the log").isLessThan(seq(taken));
            }
        }
    }

    private static long seq(Answer answer) {
        return Long.parseLong(answer.header("X-APG-Seq").orElseThrow().split("\\.")[1]);
    }

    @Test
    void what_nobody_is_left_to_own_stays_hidden_until_an_administrator_transfers_it() {
        done(people.administrator().delete("/api/v1/teams/storefront"));
        assertThat(ana.client().get(SHOP).status()).isEqualTo(404);
        assertThat(people.administrator()
                        .get(SHOP + "/grants")
                        .json()
                        .get("orphaned")
                        .asBoolean())
                .isTrue();
        done(people.administrator().put(SHOP + "/owner", Map.of("owned_by", bob.name())));
        assertThat(bob.client().get(SHOP).status()).isEqualTo(200);
        assertThat(people.administrator()
                        .get("/api/v1/audit?action=composition.transferred&target=shop")
                        .json()
                        .get("total_count")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void a_token_with_few_scopes_does_not_pass_the_guards_of_its_role() {
        Answer issued = done(people.administrator()
                .post(
                        "/api/v1/tokens",
                        Map.of(
                                "label", "reader",
                                "role", "tenant_administrator",
                                "scopes", List.of("composition:read"))));
        TestClient reader = node.client(issued.json().get("text").asString());
        assertThat(reader.get(SHOP).status()).isEqualTo(404);
        assertThat(people.administrator().get(SHOP).status()).isEqualTo(200);
    }
}
