package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.provides;
import static dev.apg.server.composition.Catalogue.requires;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Answers about drafts that would have taken a version that was purged. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PurgedVersionTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private Catalogue catalogue;

    @BeforeAll
    void start() {
        catalogue = new Catalogue(server.client());
    }

    @Test
    void a_purged_version_that_a_range_would_take_is_named_with_the_reason() {
        catalogue
                .publish("dated", "1.0.0")
                .publish("dated", "1.1.0")
                .publish("dated", "2.0.0")
                .publish("newer", "1.0.0", requires("dated", "^1.1.0"));
        Composition resolved = catalogue.compose("dated-shop", "dated@^1.0.0");
        Composition unsolvable = catalogue.compose("dated-need", "newer");
        Composition pinned = catalogue.compose("dated-pin", "dated@^1.0.0");
        pinned.apply("{\"op\": \"pin\", \"capability\": \"dated\", \"version\": \"1.0.0\"}");
        catalogue.state("dated", "1.1.0", "purged");

        JsonNode entry = resolved.resolve().json().at("/entries/0");
        assertThat(entry.get("version").asString()).isEqualTo("1.0.0");
        // 2.0.0 is the newest that there is, and the range is in its way.
        assertThat(entry.at("/held_back/newest").asString()).isEqualTo("2.0.0");
        assertThat(why(resolved, "1.1.0"))
                .endsWith("dated 1.1.0 was purged (a test): only its number and digest are left.");
        assertThat(unsolvable.resolve().json().at("/explanation/prose").asString())
                .contains("dated 1.1.0 would do, but was purged (a test).");
        catalogue.state("dated", "2.0.0", "purged");
        Composition open = catalogue.compose("dated-open", "dated");
        assertThat(open.resolve().json().at("/entries/0/held_back/cause").asString())
                .isEqualTo("purged");
        assertThat(open.resolve().json().at("/entries/0/held_back/sentence").asString())
                .isEqualTo("dated is not 2.0.0: that was purged (a test).");
        assertThat(resolved.resolve().json().at("/entries/0/held_back/newest").asString())
                .isEqualTo("1.1.0");
        assertThat(pinned.resolve().json().at("/entries/0").has("held_back")).isFalse();
    }

    @Test
    void a_purged_version_is_not_named_where_a_need_of_a_service_or_a_conflict_may_have_been_in_its_way() {
        catalogue
                .publish("lamp", "1.0.0", provides("light", "1.0.0"))
                .publish("lamp", "2.0.0")
                .publish("room", "1.0.0", "\"requirements\": [{\"name\": \"light\", \"service\": \"light\"}]")
                .publish("shade", "1.0.0", "\"conflicts\": [{\"capability\": \"lamp\", \"range\": \"^2.0.0\"}]");
        catalogue.state("lamp", "2.0.0", "purged");

        assertThat(heldBack(catalogue.compose("lamp-alone", "lamp"), "lamp").asString())
                .isEqualTo("purged");
        assertThat(heldBack(catalogue.compose("lamp-as-light", "lamp", "room"), "lamp")
                        .isMissingNode())
                .isTrue();
        assertThat(heldBack(catalogue.compose("lamp-opposed", "lamp", "shade"), "lamp")
                        .isMissingNode())
                .isTrue();
    }

    private static JsonNode heldBack(Composition composition, String code) {
        return composition
                .resolve()
                .json()
                .get("entries")
                .valueStream()
                .filter(entry -> entry.get("capability").asString().equals(code))
                .findFirst()
                .orElseThrow()
                .at("/held_back/cause");
    }

    @Test
    void an_older_version_is_passed_over_for_the_newer_chosen_one_though_the_newest_was_purged() {
        catalogue
                .publish("dated-twice", "1.0.0")
                .publish("dated-twice", "1.1.0")
                .publish("dated-twice", "2.0.0");
        catalogue.state("dated-twice", "2.0.0", "purged");
        assertThat(catalogue
                        .compose("dated-older", "dated-twice")
                        .ask("/why", "{\"capability\": \"dated-twice\", \"version\": \"1.0.0\"}")
                        .json()
                        .get("sentence")
                        .asString())
                .endsWith("dated-twice 1.0.0 could be chosen; it is not, because the chosen one is newer.");
    }

    private static String why(Composition composition, String version) {
        return composition
                .ask("/why", "{\"capability\": \"dated\", \"version\": \"%s\"}".formatted(version))
                .json()
                .get("sentence")
                .asString();
    }
}
