package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.document;
import static dev.apg.server.composition.Catalogue.provides;
import static dev.apg.server.composition.Catalogue.requires;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.WireJson;
import dev.apg.contract.composition.Fact;
import dev.apg.contract.composition.HoldingCause;
import dev.apg.contract.composition.Resolution;
import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResolveTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private Catalogue catalogue;

    @BeforeAll
    void start() {
        catalogue = new Catalogue(server.client());
        catalogue
                .publish("redis-cart", "7.0.0", provides("cart-store", "1.0.0"))
                .publish("redis-cart", "7.2.5", provides("cart-store", "1.1.0"))
                .publish("redis-cart", "8.0.0", provides("cart-store", "2.0.0"))
                .publish(
                        "cart",
                        "1.0.0",
                        "\"requirements\": [{\"name\": \"store\", \"any_of\": [{\"service\": \"cart-store\", \"range\": \"^1.0.0\"}]}]")
                .publish("shop", "1.0.0", requires("cart", "^1.0.0"))
                .publish("base", "1.0.0")
                .publish("base", "2.0.0")
                .publish("left", "1.0.0", requires("base", "^1.0.0"))
                .publish("right", "1.0.0", requires("base", "^2.0.0"));
    }

    @Test
    void a_solution_comes_in_start_order_with_reasons_bindings_and_what_holds_back_a_newer_version() {
        Answer answer = catalogue.compose("solved", "shop").resolve();
        assertThat(answer.header("X-APG-Seq")).isPresent();
        var solved = (Resolution.Solved) answer.as(Resolution.class);
        assertThat(solved.optimal()).isTrue();
        assertThat(solved.entries())
                .extracting(Resolution.ResolvedEntry::capability)
                .containsExactly("redis-cart", "cart", "shop");
        Resolution.ResolvedEntry redis = solved.entries().getFirst();
        assertThat(redis.version()).isEqualTo("7.2.5");
        assertThat(redis.digest()).startsWith("sha256:");
        assertThat(WireJson.MAPPER.writeValueAsString(redis.reason()))
                .isEqualTo("[{\"root\":\"shop\"},{\"capability\":\"shop\",\"requirement\":\"cart\"},"
                        + "{\"capability\":\"cart\",\"requirement\":\"store\"}]");
        assertThat(redis.heldBack().newest()).isEqualTo("8.0.0");
        assertThat(redis.heldBack().cause()).isEqualTo(HoldingCause.RANGE);
        assertThat(redis.heldBack().sentence()).contains("cart 1.0.0", "cart-store ^1.0.0");
        assertThat(WireJson.MAPPER.writeValueAsString(solved.bindings()))
                .contains(
                        "{\"consumer\":\"cart\",\"requirement\":\"store\",\"provider\":\"redis-cart\",\"service\":\"cart-store\"}");
    }

    @Test
    void an_impossible_request_names_exactly_the_facts_that_contradict_and_its_first_fix_makes_it_solve() {
        Composition composition = catalogue.compose("impossible", "left", "right", "shop");
        var unsolvable = (Resolution.Unsolvable) composition.resolve().as(Resolution.class);
        assertThat(facts(unsolvable))
                .containsExactlyInAnyOrder(
                        "asked left", "asked right", "needs left 1.0.0", "needs right 1.0.0", "only_one base");
        assertThat(unsolvable.explanation().prose()).contains("1. ", "left 1.0.0", "right 1.0.0", "base");
        assertThat(unsolvable.explanation().prose()).doesNotContain("shop", "cart");
        assertThat(unsolvable.explanation().fixes()).isNotEmpty();
        String[] operations = unsolvable.explanation().fixes().getFirst().operations().stream()
                .map(WireJson.MAPPER::writeValueAsString)
                .toArray(String[]::new);
        composition.apply(operations);
        assertThat(composition.resolve().as(Resolution.class)).isInstanceOf(Resolution.Solved.class);
    }

    @Test
    void every_fix_makes_the_document_solve_that_it_was_offered_for() {
        String[] members = {"left", "right@^1.0.0"};
        var unsolvable = (Resolution.Unsolvable)
                catalogue.compose("fixed", members).resolve().as(Resolution.class);
        for (int i = 0; i < unsolvable.explanation().fixes().size(); i++) {
            Composition again = catalogue.compose("fixed-" + i, members);
            again.apply(unsolvable.explanation().fixes().get(i).operations().stream()
                    .map(WireJson.MAPPER::writeValueAsString)
                    .toArray(String[]::new));
            assertThat(again.resolve().as(Resolution.class)).isInstanceOf(Resolution.Solved.class);
        }
    }

    @Test
    void when_all_providers_conflict_with_a_third_the_core_names_each_of_them() {
        catalogue
                .publish("old-billing", "1.0.0")
                .publish(
                        "fast-queue",
                        "1.0.0",
                        provides("queue", "1.0.0"),
                        "\"conflicts\": [{\"capability\": \"old-billing\"}]")
                .publish(
                        "safe-queue",
                        "1.0.0",
                        provides("queue", "1.0.0"),
                        "\"conflicts\": [{\"capability\": \"old-billing\"}]")
                .publish("orders", "1.0.0", "\"requirements\": [{\"service\": \"queue\"}]");
        Composition composition = catalogue.compose("queues", "orders", "old-billing");
        var unsolvable = (Resolution.Unsolvable) composition.resolve().as(Resolution.class);
        assertThat(facts(unsolvable))
                .containsExactlyInAnyOrder(
                        "asked orders",
                        "asked old-billing",
                        "needs orders 1.0.0",
                        "conflicts fast-queue 1.0.0",
                        "conflicts safe-queue 1.0.0");
        assertThat(composition.validate().text()).contains("\"conflicting\"");
    }

    @Test
    void capabilities_that_need_each_other_start_in_a_sound_order_and_are_warned_about() {
        catalogue
                .publish("clock", "1.0.0")
                .publishTogether(
                        document(
                                "ping",
                                "1.0.0",
                                "\"requirements\": [{\"capability\": \"pong\"}, {\"capability\": \"clock\"}]"),
                        document("pong", "1.0.0", requires("ping", "*")))
                .publish("player", "1.0.0", requires("ping", "*"));
        Composition composition = catalogue.compose("game", "player");
        var solved = (Resolution.Solved) composition.resolve().as(Resolution.class);
        assertThat(solved.entries())
                .extracting(Resolution.ResolvedEntry::capability)
                .containsExactly("clock", "ping", "pong", "player");
        assertThat(solved.cycles())
                .singleElement()
                .satisfies(cycle -> assertThat(cycle.path()).containsExactly("ping", "pong", "ping"));
        JsonNode report = composition.validate().json();
        assertThat(report.get("valid").asBoolean()).isTrue();
        JsonNode warning = finding(report, "cycle");
        assertThat(warning.get("severity").asString()).isEqualTo("warning");
        assertThat(warning.get("path").asString()).isEqualTo("ping -> pong -> ping");
    }

    @Test
    void a_document_is_resolved_without_being_saved() {
        Answer answer = catalogue.reader().post("/api/v1/resolve", """
                {"document": {"format": "apg.composition/1", "composition": "ad-hoc", "members": [{"capability": "shop"}],
                              "pins": {"redis-cart": "7.0.0"}}}
                """);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().get("status").asString()).isEqualTo("solved");
        assertThat(answer.json().at("/entries/0/version").asString()).isEqualTo("7.0.0");
        assertThat(catalogue.reader().get("/api/v1/compositions/ad-hoc").status())
                .isEqualTo(404);
    }

    @Test
    void an_unknown_capability_is_refused_with_the_nearest_known_one() {
        Answer answer = catalogue
                .compose("typing")
                .tryToApply(
                        "{\"op\": \"set_policy\", \"policy\": {}}",
                        "{\"op\": \"add_member\", \"capability\": \"redis-crat\"}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("capability.unknown");
        JsonNode error = answer.json().get("errors").get(0);
        assertThat(error.get("field").asString()).isEqualTo("operations[1].capability");
        assertThat(error.get("value").asString()).isEqualTo("redis-crat");
        assertThat(error.get("expected").asString()).contains("did you mean redis-cart?");
    }

    @Test
    void operations_apply_all_or_none() {
        Composition composition = catalogue.compose("atomic");
        Answer answer = composition.tryToApply(
                "{\"op\": \"add_member\", \"capability\": \"shop\"}",
                "{\"op\": \"remove_member\", \"capability\": \"cart\"}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("draft.member_absent");
        assertThat(answer.text()).contains("operations[1].capability");
        assertThat(composition.draftTag()).isEqualTo("\"0\"");
    }

    @Test
    void a_budget_that_is_too_small_is_said_and_not_guessed_around() {
        assertThat(catalogue
                        .compose("hurried", "shop")
                        .resolve("{\"step_budget\": 1}")
                        .json()
                        .get("status")
                        .asString())
                .isEqualTo("exhausted");
    }

    @Test
    void why_tells_the_chain_and_what_is_in_the_way_of_the_newest() {
        Composition composition = catalogue.compose("asked", "shop");
        JsonNode why = why(composition, "{\"capability\": \"redis-cart\"}");
        assertThat(why.get("chosen").asString()).isEqualTo("7.2.5");
        assertThat(why.get("sentence").asString())
                .contains("the draft names shop", "whose requirement store brings in redis-cart");
        assertThat(why.get("asked").asString()).isEqualTo("8.0.0");
        assertThat(why.get("verdict").asString()).isEqualTo("impossible");
        assertThat(why.at("/explanation/core").toString()).contains("\"wanted\"", "8.0.0");

        JsonNode older = why(composition, "{\"capability\": \"redis-cart\", \"version\": \"7.0.0\"}");
        assertThat(older.get("verdict").asString()).isEqualTo("possible");
        assertThat(older.at("/changes/0/kind").asString()).isEqualTo("down");
        assertThat(why(composition, "{\"capability\": \"redis-cart\", \"version\": \"7.0.1\"}")
                        .get("verdict")
                        .asString())
                .isEqualTo("unknown");
        assertThat(why(composition, "{\"capability\": \"base\"}").has("chosen")).isFalse();
    }

    private static JsonNode why(Composition composition, String question) {
        Answer answer = composition.ask("/why", question);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode finding(JsonNode report, String code) {
        for (JsonNode finding : report.get("findings")) {
            if (finding.get("code").asString().equals(code)) {
                return finding;
            }
        }
        throw new AssertionError("no finding " + code + " in " + report);
    }

    private static List<String> facts(Resolution.Unsolvable unsolvable) {
        List<String> facts = new ArrayList<>();
        for (Fact fact : unsolvable.explanation().core()) {
            facts.add(
                    switch (fact) {
                        case Fact.Asked(var target) ->
                            "asked " + (target.capability() == null ? target.service() : target.capability());
                        case Fact.Wanted(var capability, var version) -> "wanted " + capability + " " + version;
                        case Fact.Needs(var capability, var version, var requirement) ->
                            "needs " + capability + " " + version;
                        case Fact.Restricts(var capability, var version, var requirement) ->
                            "restricts " + capability + " " + version;
                        case Fact.Conflicts(var capability, var version, var target) ->
                            "conflicts " + capability + " " + version;
                        case Fact.Pinned(var capability, var version) -> "pinned " + capability + " " + version;
                        case Fact.Excluded(var target) -> "excluded " + target.capability();
                        case Fact.NotAccepted(var capability, var version, var mark) ->
                            "not_accepted " + capability + " " + version;
                        case Fact.OnlyOne(var capability) -> "only_one " + capability;
                    });
        }
        return facts;
    }
}
