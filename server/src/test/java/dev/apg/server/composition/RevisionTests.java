package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.provides;
import static dev.apg.server.composition.Catalogue.requires;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Reading revisions: lists, differences, and who sees them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevisionTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private Catalogue catalogue;

    @BeforeAll
    void start() {
        catalogue = new Catalogue(server.client());
        catalogue
                .publish("redis", "7.0.0", provides("store", "1.0.0"))
                .publish("redis", "7.1.0", provides("store", "1.0.0"))
                .publish(
                        "cart",
                        "1.0.0",
                        "\"requirements\": [{\"name\": \"store\", \"any_of\": [{\"service\": \"store\"}]}]")
                .publish("shop", "1.0.0", requires("cart", "^1.0.0"))
                .publish("plugin", "1.0.0");
    }

    @Test
    void a_diff_says_what_changed_and_why() {
        catalogue
                .publish("engine", "1.0.0", provides("power", "1.0.0"))
                .publish("motor", "1.0.0", provides("power", "1.0.0"))
                .publish("wheel", "1.0.0")
                .publish("wheel", "2.0.0")
                .publish(
                        "car",
                        "1.0.0",
                        "\"requirements\": [{\"capability\": \"wheel\"}, {\"name\": \"power\", \"any_of\": [{\"service\": \"power\"}]}]");
        Composition composition = catalogue.compose("vehicle", "car", "plugin");
        composition.apply("{\"op\": \"pin\", \"capability\": \"wheel\", \"version\": \"1.0.0\"}");
        composition.freeze();
        String power = composition
                        .read("/revisions/1")
                        .json()
                        .at("/lock/bindings")
                        .toString()
                        .contains("\"engine\"")
                ? "engine"
                : "motor";
        String other = power.equals("engine") ? "motor" : "engine";
        composition.apply(
                "{\"op\": \"unpin\", \"capability\": \"wheel\"}",
                "{\"op\": \"exclude\", \"capability\": \"%s\"}".formatted(power),
                "{\"op\": \"set_range\", \"capability\": \"car\", \"range\": \"^1.0.0\"}",
                "{\"op\": \"remove_member\", \"capability\": \"plugin\"}",
                "{\"op\": \"add_member\", \"capability\": \"shop\"}");
        String withUpdate = "{\"options\": {\"update_all\": true}}";
        Answer frozen = catalogue
                .reader()
                .with("If-Match", composition.draftTag())
                .post(composition.path() + "/revisions", withUpdate);
        assertThat(frozen.status()).as(frozen.text()).isEqualTo(201);

        JsonNode diff = composition.read("/diff?from=1&to=2").json();
        assertThat(change(diff, "wheel").get("kind").asString()).isEqualTo("up");
        assertThat(change(diff, "wheel").get("sentence").asString())
                .isEqualTo("wheel went up from 1.0.0 to 2.0.0: the draft no longer pins it.");
        assertThat(change(diff, "plugin").get("sentence").asString())
                .isEqualTo("plugin 1.0.0 was removed: the draft no longer names plugin.");
        assertThat(change(diff, "cart").get("sentence").asString())
                .isEqualTo("cart 1.0.0 was added: shop, which was added, needs it for cart.");
        assertThat(change(diff, other).get("sentence").asString())
                .isEqualTo("%s 1.0.0 was added: the draft excludes %s 1.0.0, which met the requirement power of car."
                        .formatted(other, power));
        assertThat(diff.get("bindings").toString())
                .contains("{\"consumer\":\"car\",\"requirement\":\"power\",\"from\":\"%s\",\"to\":\"%s\",\"sentence\":"
                        .formatted(power, other));
        assertThat(diff.get("draft").toString())
                .contains("{\"part\":\"member\",\"code\":\"car\",\"from\":\"*\",\"to\":\"^1.0.0\"}")
                .contains("{\"part\":\"pin\",\"code\":\"wheel\",\"from\":\"1.0.0\"}");
        assertThat(composition.read("/diff").json().get("versions")).isEmpty();

        composition.apply("{\"op\": \"exclude\", \"capability\": \"%s\"}".formatted(other));
        assertThat(composition.read("/diff?from=2").json().get("unsolvable").toString())
                .contains("excluded");
        assertThat(composition.read("/diff?from=7").problem()).isEqualTo("revision.not_found");
        assertThat(composition.read("/diff?to=1").json().get("detail").asString())
                .contains("revision 1 has none before it");
        Answer never = catalogue.compose("never-frozen").read("/diff");
        assertThat(never.status()).isEqualTo(404);
        assertThat(never.json().get("detail").asString()).contains("never-frozen never was");
        assertThat(composition.read("/diff?from=x").status()).isEqualTo(404);
    }

    private static JsonNode change(JsonNode diff, String capability) {
        for (JsonNode change : diff.get("versions")) {
            if (change.get("capability").asString().equals(capability)) {
                return change;
            }
        }
        throw new AssertionError("no change of " + capability + " in " + diff);
    }

    @Test
    void revisions_are_listed_newest_first() {
        Composition composition = catalogue.compose("listed", "plugin").freeze();
        composition.apply("{\"op\": \"add_member\", \"capability\": \"shop\"}").freeze();
        JsonNode first = composition.read("/revisions?limit=1").json();
        assertThat(first.at("/items/0/number").asInt()).isEqualTo(2);
        assertThat(first.get("total_count").asInt()).isEqualTo(2);
        JsonNode second = composition
                .read("/revisions?limit=1&cursor=" + first.get("next_cursor").asString())
                .json();
        assertThat(second.at("/items/0/number").asInt()).isEqualTo(1);
        assertThat(second.has("next_cursor")).isFalse();
    }

    @Test
    void another_tenant_sees_nothing() {
        Composition composition = catalogue.compose("private", "plugin").freeze();
        TestClient stranger = TestTenant.in(server).client();
        for (String path : List.of(
                "",
                "/draft",
                "/draft/operations",
                "/revisions",
                "/revisions/1",
                "/revisions/1/lock",
                "/revisions/1/bundle",
                "/diff?from=1")) {
            Answer answer = stranger.get(composition.path() + path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.problem()).as(path).isEqualTo("composition.not_found");
        }
        Map<String, Answer> asked = Map.of(
                "resolve", stranger.post(composition.path() + "/resolve", "{}"),
                "validate", stranger.post(composition.path() + "/validate", "{}"),
                "why", stranger.post(composition.path() + "/why", "{\"capability\": \"plugin\"}"),
                "freeze", stranger.with("If-Match", "*").post(composition.path() + "/revisions", "{}"),
                "delete", stranger.with("If-Match", "*").delete(composition.path()));
        asked.forEach((what, answer) -> assertThat(answer.problem()).as(what).isEqualTo("composition.not_found"));
        assertThat(stranger.get("/api/v1/compositions")
                        .json()
                        .get("total_count")
                        .asInt())
                .isZero();
    }
}
