package dev.apg.server.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What the newest revision's lock means for the next resolution. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeptVersionTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private final Catalogue catalogue = new Catalogue(server.client());

    @Test
    void the_newest_revision_is_kept_until_a_capability_is_freed() {
        catalogue.publish("moving", "1.0.0");
        Composition composition = catalogue.compose("conservative", "moving").freeze();
        catalogue.publish("moving", "1.1.0");
        assertThat(version(composition.resolve())).isEqualTo("1.0.0");
        assertThat(version(composition.resolve("{\"update\": [\"moving\"]}"))).isEqualTo("1.1.0");
        assertThat(version(composition.resolve("{\"update_all\": true}"))).isEqualTo("1.1.0");
        assertThat(version(composition.resolve("{\"previous\": 0}"))).isEqualTo("1.1.0");
        Answer unknown = composition.ask("/resolve", "{\"previous\": 9}");
        assertThat(unknown.problem()).isEqualTo("revision.not_found");
        JsonNode why = composition.ask("/why", "{\"capability\": \"moving\"}").json();
        assertThat(why.get("verdict").asString()).isEqualTo("possible");
        assertThat(why.get("sentence").asString()).contains("the previous revision's version still holds");
    }

    @Test
    void a_version_that_only_the_newest_revision_keeps_out_is_named_beside_the_newest_one() {
        catalogue.publish("kept-low", "1.3.0");
        Composition composition =
                catalogue.compose("keeping", "kept-low@^1.0.0").freeze();
        catalogue.publish("kept-low", "1.4.0").publish("kept-low", "2.0.0");

        JsonNode held = composition.resolve().json().at("/entries/0/held_back");

        assertThat(held.get("newest").asString()).isEqualTo("2.0.0");
        assertThat(held.get("cause").asString()).isEqualTo("range");
        assertThat(held.get("kept").asString()).isEqualTo("1.4.0");
        assertThat(held.get("sentence").asString())
                .isEqualTo("kept-low is not 2.0.0: the draft asks for kept-low ^1.0.0. Nor is it 1.4.0: the previous"
                        + " revision's version still holds and is kept.");
        JsonNode freed =
                composition.resolve("{\"update\": [\"kept-low\"]}").json().at("/entries/0");
        assertThat(freed.get("version").asString()).isEqualTo("1.4.0");
        assertThat(freed.get("held_back").has("kept")).isFalse();
    }

    private static String version(Answer resolution) {
        return resolution.json().at("/entries/0/version").asString();
    }
}
