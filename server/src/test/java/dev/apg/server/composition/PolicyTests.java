package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.provides;
import static dev.apg.server.composition.Catalogue.requires;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What a policy prefers, over HTTP; each request has another answer under the default one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private Catalogue catalogue;

    @BeforeAll
    void start() {
        catalogue = new Catalogue(server.client());
    }

    @Test
    void fewest_takes_the_provider_that_brings_nobody_along() {
        catalogue
                .publish("disk", "1.0.0")
                .publish("archive", "1.0.0", provides("store", "1.0.0"), requires("disk", "*"))
                .publish("vault", "1.0.0", provides("store", "1.0.0"))
                .publish("notes", "1.0.0", "\"requirements\": [{\"service\": \"store\"}]");
        Composition composition = catalogue.compose("few", "notes");
        assertThat(versions(composition.resolve())).containsOnlyKeys("archive", "disk", "notes");

        JsonNode fewest = prefer(composition, "fewest").resolve().json();

        assertThat(versions(fewest)).containsOnlyKeys("notes", "vault");
        assertThat(fewest.get("optimal").asBoolean()).isTrue();
        assertThat(fewest.get("objective_value").asLong()).isEqualTo(2);
    }

    @Test
    void cheapest_takes_the_smallest_sum_of_costs_and_not_the_newest_version() {
        catalogue
                .publish("mail", "1.0.0", "\"cost\": 3")
                .publish("mail", "2.0.0", "\"cost\": 90")
                .publish("gateway", "1.0.0", provides("sender", "1.0.0"), requires("mail", "*"), "\"cost\": 4")
                .publish("pigeon", "1.0.0", provides("sender", "1.0.0"), "\"cost\": 8")
                .publish("letters", "1.0.0", "\"requirements\": [{\"service\": \"sender\"}]");
        Composition composition = catalogue.compose("cheap", "letters");
        assertThat(versions(composition.resolve())).containsEntry("mail", "2.0.0");

        JsonNode cheapest = prefer(composition, "cheapest").resolve().json();

        assertThat(versions(cheapest))
                .containsOnly(Map.entry("letters", "1.0.0"), Map.entry("gateway", "1.0.0"), Map.entry("mail", "1.0.0"));
        assertThat(cheapest.get("objective_value").asLong()).isEqualTo(7);
    }

    /** By the rule the first by code stays as it is, which here makes two others move. */
    @Test
    void minimal_change_moves_as_few_versions_as_it_can() {
        catalogue.publish("anvil", "1.0.0").publish("bench", "1.0.0").publish("clamp", "1.0.0");
        Composition composition =
                catalogue.compose("workshop", "anvil", "bench", "clamp").freeze();
        catalogue
                .publish("anvil", "2.0.0")
                .publish("clamp", "2.0.0")
                .publish("bench", "2.0.0", requires("clamp", "^2.0.0"))
                .publish(
                        "saw",
                        "1.0.0",
                        "\"requirements\": [{\"name\": \"hold\", \"any_of\": [{\"capability\": \"anvil\", \"range\": \"^2.0.0\"},"
                                + " {\"capability\": \"bench\", \"range\": \"^2.0.0\"}]}]");
        composition.apply("{\"op\": \"add_member\", \"capability\": \"saw\"}");
        assertThat(versions(composition.resolve()))
                .containsOnly(
                        Map.entry("anvil", "1.0.0"),
                        Map.entry("bench", "2.0.0"),
                        Map.entry("clamp", "2.0.0"),
                        Map.entry("saw", "1.0.0"));

        JsonNode changed = prefer(composition, "minimal_change").resolve().json();

        assertThat(versions(changed))
                .containsOnly(
                        Map.entry("anvil", "2.0.0"),
                        Map.entry("bench", "1.0.0"),
                        Map.entry("clamp", "1.0.0"),
                        Map.entry("saw", "1.0.0"));
        assertThat(changed.get("optimal").asBoolean()).isTrue();
    }

    @Test
    void objectives_that_are_given_as_a_list_are_minimised_one_after_the_other() {
        catalogue
                .publish("oil", "1.0.0", "\"cost\": 5")
                .publish("oil", "2.0.0", "\"cost\": 9")
                .publish("stove", "1.0.0", provides("heat", "1.0.0"), "\"cost\": 30")
                .publish("boiler", "1.0.0", provides("heat", "1.0.0"), requires("oil", "*"), "\"cost\": 1")
                .publish("house", "1.0.0", "\"requirements\": [{\"service\": \"heat\"}]")
                .publish("house", "1.1.0", "\"requirements\": [{\"service\": \"heat\"}]", "\"cost\": 4");
        Composition composition = catalogue.compose("warm", "house");

        JsonNode few =
                prefer(composition, "[\"fewest\", \"cheapest\"]").resolve().json();
        assertThat(versions(few)).isEqualTo(Map.of("house", "1.0.0", "stove", "1.0.0"));
        assertThat(few.get("criteria").toString())
                .isEqualTo("[{\"objective\":\"fewest\",\"value\":2,\"bound\":2,\"optimal\":true},"
                        + "{\"objective\":\"cheapest\",\"value\":30,\"bound\":30,\"optimal\":true}]");
        assertThat(few.get("optimal").asBoolean()).isTrue();
        assertThat(few.get("objective_value").asLong()).isEqualTo(2);

        JsonNode cheap =
                prefer(composition, "[\"cheapest\", \"fewest\"]").resolve().json();
        assertThat(versions(cheap)).isEqualTo(Map.of("house", "1.0.0", "boiler", "1.0.0", "oil", "1.0.0"));
        assertThat(cheap.get("criteria")
                        .valueStream()
                        .map(each -> each.get("value").asLong()))
                .containsExactly(6L, 3L);
    }

    @Test
    void a_list_of_one_objective_is_the_word_itself_and_a_longer_one_stays_a_list() {
        Composition composition = catalogue.compose("spelled");
        prefer(composition, "[\"fewest\"]");
        assertThat(draft("spelled").at("/policy/objective").toString()).isEqualTo("\"fewest\"");
        prefer(composition, "[\"minimal_change\", \"cheapest\"]");
        assertThat(draft("spelled").at("/policy/objective").toString()).isEqualTo("[\"minimal_change\",\"cheapest\"]");
        prefer(composition, "\"newest\"");
        assertThat(draft("spelled").at("/policy/objective").toString()).isEqualTo("\"newest\"");
    }

    private JsonNode draft(String composition) {
        return server.client()
                .get("/api/v1/compositions/%s/draft".formatted(composition))
                .json();
    }

    @Test
    void a_lock_and_a_draft_that_is_replaced_keep_the_list() {
        catalogue.publish("kept", "1.0.0");
        Composition composition = catalogue.compose("listed", "kept");
        prefer(composition, "[\"fewest\", \"cheapest\"]");
        composition.freeze();
        JsonNode lock = server.client()
                .get("/api/v1/compositions/listed/revisions/1/lock")
                .json();
        assertThat(lock.at("/policy/objective").toString()).isEqualTo("[\"fewest\",\"cheapest\"]");
        JsonNode resolved = server.client().post("/api/v1/resolve", """
                        {"document": {"format": "apg.composition/1", "composition": "listed",
                         "members": [{"capability": "kept"}], "policy": {"objective": ["minimal_change", "fewest"]}},
                         "previous": {"kept": "1.0.0"}}""").json();
        assertThat(resolved.get("criteria")
                        .valueStream()
                        .map(each -> each.get("value").asLong()))
                .containsExactly(0L, 1L);
    }

    @Test
    void a_list_that_repeats_itself_or_combines_newest_is_refused() {
        Composition composition = catalogue.compose("confused");
        Answer twice = composition.tryToApply(
                "{\"op\": \"set_policy\", \"policy\": {\"objective\": [\"fewest\", \"fewest\"]}}");
        assertThat(twice.status()).as(twice.text()).isEqualTo(422);
        assertThat(twice.text()).contains("objective.repeated", "policy.objective[1]", "each objective once");
        Answer combined = composition.tryToApply(
                "{\"op\": \"set_policy\", \"policy\": {\"objective\": [\"fewest\", \"newest\"]}}");
        assertThat(combined.status()).as(combined.text()).isEqualTo(422);
        assertThat(combined.text()).contains("objective.not_combined", "newest", "it decides last in any case");
        Answer none = composition.tryToApply("{\"op\": \"set_policy\", \"policy\": {\"objective\": []}}");
        assertThat(none.status()).as(none.text()).isBetween(400, 422);
        assertThat(none.text()).contains("policy.objective");
        Answer unknown =
                composition.tryToApply("{\"op\": \"set_policy\", \"policy\": {\"objective\": [\"fewest\", \"best\"]}}");
        assertThat(unknown.status()).as(unknown.text()).isEqualTo(400);
        assertThat(unknown.text()).contains("best", "policy.objective", "newest, minimal_change, fewest, cheapest");
    }

    @Test
    void a_policy_that_nobody_knows_is_refused_with_those_that_there_are() {
        Answer answer = catalogue
                .compose("strange")
                .tryToApply("{\"op\": \"set_policy\", \"policy\": {\"objective\": \"best\"}}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("newest, minimal_change, fewest, cheapest");
    }

    @Test
    void a_service_that_nobody_provides_is_the_whole_reason() {
        Answer declared = server.client().post("/api/v1/services", "{\"service\": \"ghost\"}");
        assertThat(declared.status()).as(declared.text()).isBetween(200, 201);
        catalogue.publish("believer", "1.0.0", "\"requirements\": [{\"service\": \"ghost\"}]");
        JsonNode answer = catalogue.compose("haunted", "believer").resolve().json();
        assertThat(answer.get("status").asString()).isEqualTo("unsolvable");
        assertThat(answer.at("/explanation/core")
                        .valueStream()
                        .map(fact -> fact.get("fact").asString()))
                .containsExactlyInAnyOrder("asked", "needs");
        assertThat(answer.at("/explanation/prose").asString()).contains("believer 1.0.0", "ghost");
    }

    private static Composition prefer(Composition composition, String objective) {
        String value = objective.startsWith("[") || objective.startsWith("\"") ? objective : "\"" + objective + "\"";
        return composition.apply("{\"op\": \"set_policy\", \"policy\": {\"objective\": %s}}".formatted(value));
    }

    private static Map<String, String> versions(Answer answer) {
        return versions(answer.json());
    }

    private static Map<String, String> versions(JsonNode resolution) {
        Map<String, String> versions = new TreeMap<>();
        for (JsonNode entry : resolution.path("entries")) {
            versions.put(
                    entry.get("capability").asString(), entry.get("version").asString());
        }
        return versions;
    }
}
