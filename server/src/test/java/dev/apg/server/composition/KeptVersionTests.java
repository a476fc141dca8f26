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
        assertThat(why(composition, "kept-low", "1.4.0"))
                .endsWith(
                        "kept-low 1.4.0 could be chosen; it is not, because the previous revision's version still holds"
                                + " and is kept.");
        JsonNode freed =
                composition.resolve("{\"update\": [\"kept-low\"]}").json().at("/entries/0");
        assertThat(freed.get("version").asString()).isEqualTo("1.4.0");
        assertThat(freed.get("held_back").has("kept")).isFalse();
    }

    @Test
    void behind_a_yanked_version_the_next_one_is_named_with_what_keeps_it_out() {
        catalogue.publish("behind", "1.0.0").publish("behind", "2.0.0").publish("behind", "3.0.0");
        catalogue.state("behind", "3.0.0", "yanked");
        Composition composition = catalogue.compose("behind-yanked", "behind@^1.0.0");

        JsonNode held = composition.resolve().json().at("/entries/0/held_back");

        assertThat(held.get("newest").asString()).isEqualTo("3.0.0");
        assertThat(held.get("cause").asString()).isEqualTo("not_accepted");
        assertThat(held.at("/next/version").asString()).isEqualTo("2.0.0");
        assertThat(held.at("/next/cause").asString()).isEqualTo("range");
        assertThat(held.get("sentence").asString())
                .isEqualTo("behind is not 3.0.0: it is yanked (a test), which the policy does not accept. Nor is it"
                        + " 2.0.0: the draft asks for behind ^1.0.0.");
        JsonNode why = composition.ask("/why", "{\"capability\": \"behind\"}").json();
        assertThat(why.get("asked").asString()).isEqualTo("2.0.0");
        assertThat(why.get("verdict").asString()).isEqualTo("impossible");
    }

    @Test
    void a_version_that_went_down_because_what_it_needed_was_yanked_is_told_to() {
        catalogue
                .publish("lost-db", "1.0.0")
                .publish("lost-db", "2.0.0")
                .publish("lost-app", "1.0.0", Catalogue.requires("lost-db", "^1.0.0"))
                .publish("lost-app", "2.0.0", Catalogue.requires("lost-db", "^2.0.0"));
        Composition composition = catalogue.compose("losing", "lost-app").freeze();
        catalogue.state("lost-db", "2.0.0", "yanked");

        JsonNode left = composition.resolve().json().get("left_behind");

        assertThat(left.at("/0/sentence").asString())
                .isEqualTo(
                        "lost-app went down from 2.0.0 to 1.0.0: lost-db 2.0.0, which it needed, is yanked: a test.");
        assertThat(left.at("/1/sentence").asString())
                .isEqualTo(
                        "lost-db went down from 2.0.0 to 1.0.0: 2.0.0 is yanked: a test; lost-app, which needs it, is"
                                + " 1.0.0 instead of 2.0.0.");
    }

    @Test
    void why_tells_what_of_the_chosen_versions_is_in_the_way_of_one_that_could_be_chosen() {
        catalogue.publish("way-db", "1.0.0").publish("way-app", "1.0.0", Catalogue.requires("way-db", "^1.0.0"));
        Composition composition = catalogue.compose("in-the-way", "way-app").freeze();
        catalogue.publish("way-db", "2.0.0").publish("way-app", "2.0.0", Catalogue.requires("way-db", "^2.0.0"));

        JsonNode why = composition
                .ask("/why", "{\"capability\": \"way-db\", \"version\": \"2.0.0\"}")
                .json();

        assertThat(why.get("verdict").asString()).isEqualTo("possible");
        assertThat(why.get("sentence").asString())
                .endsWith(
                        "way-db 2.0.0 could be chosen, with what would change. way-db is not 2.0.0: way-app 1.0.0 requires"
                                + " way-db ^1.0.0.");
    }

    @Test
    void what_a_fix_says_is_enough_for_the_version_that_was_asked_about_to_be_chosen() {
        catalogue.publish("early-ui", "3.1.1");
        Composition composition = catalogue.compose("early", "early-ui@^3.0.0").freeze();
        catalogue.publish("early-ui", "3.2.0-beta.1");

        JsonNode fix = composition
                .ask("/why", "{\"capability\": \"early-ui\", \"version\": \"3.2.0-beta.1\"}")
                .json()
                .at("/explanation/fixes/1");

        assertThat(fix.get("sentence").asString()).isEqualTo("Accept pre-releases and pin early-ui to 3.2.0-beta.1.");
        composition.apply(
                fix.at("/operations/0").toString(), fix.at("/operations/1").toString());
        assertThat(version(composition.resolve())).isEqualTo("3.2.0-beta.1");
    }

    private static String why(Composition composition, String capability, String version) {
        return composition
                .ask("/why", "{\"capability\": \"%s\", \"version\": \"%s\"}".formatted(capability, version))
                .json()
                .get("sentence")
                .asString();
    }

    private static String version(Answer resolution) {
        return resolution.json().at("/entries/0/version").asString();
    }
}
