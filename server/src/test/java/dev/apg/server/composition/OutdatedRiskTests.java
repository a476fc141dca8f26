package dev.apg.server.composition;

import static dev.apg.server.composition.Catalogue.provides;
import static dev.apg.server.composition.Catalogue.requires;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.composition.Catalogue.Composition;
import dev.apg.server.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** That no step of a plan is larger than it looks, and that the list of entries and the plan agree. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutdatedRiskTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private final Catalogue catalogue = new Catalogue(server.client());

    private static List<String> sizes(OutdatedAnswer answer) {
        return answer.steps()
                .valueStream()
                .map(step -> step.get("size").asString())
                .toList();
    }

    @Test
    void what_the_ranges_admit_is_updated_in_steps_by_size_and_major_releases_one_by_one() {
        for (String code : List.of("split-patch", "split-minor", "split-major-a", "split-major-b", "split-ranged")) {
            catalogue.publish(code, "1.0.0");
        }
        Composition composition = catalogue
                .compose("split", "split-patch", "split-minor", "split-major-a", "split-major-b", "split-ranged@~1.0.0")
                .freeze();
        catalogue
                .publish("split-patch", "1.0.1")
                .publish("split-minor", "1.1.0")
                .publish("split-major-a", "2.0.0")
                .publish("split-major-b", "3.0.0")
                .publish("split-ranged", "1.1.0");

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.sentences())
                .containsExactly(
                        "Update split-patch within the ranges and pins of the draft.",
                        "Update split-minor within the ranges and pins of the draft.",
                        "Ask for split-ranged ~1.1.0 instead of ~1.0.0.",
                        "Update split-major-a within the ranges and pins of the draft.",
                        "Update split-major-b within the ranges and pins of the draft.");
        assertThat(sizes(answer)).containsExactly("patch", "minor", "minor", "major", "major");
        answer.follow();
        assertThat(OutdatedAnswer.of(composition).kinds().values()).containsOnly("up_to_date");
    }

    @Test
    void a_patch_that_brings_a_major_release_with_it_is_not_among_the_patches_and_says_why() {
        catalogue
                .publish("drag-lib", "1.0.0")
                .publish("drag-app", "1.0.0", requires("drag-lib", "^1.0.0"))
                .publish("drag-other", "1.0.0");
        Composition composition =
                catalogue.compose("dragging", "drag-app", "drag-other").freeze();
        catalogue
                .publish("drag-lib", "2.0.0")
                .publish("drag-app", "1.0.1", requires("drag-lib", "^2.0.0"))
                .publish("drag-other", "1.0.1");

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(sizes(answer)).containsExactly("patch", "major");
        assertThat(answer.moves(1)).containsExactly("up drag-other");
        assertThat(answer.moves(2)).containsExactly("up drag-app", "up drag-lib");
        assertThat(answer.steps().get(1).at("/moves/1/sentence").asString())
                .isEqualTo(
                        "drag-lib would go up from 1.0.0 to 2.0.0: drag-app, which needs it, is 1.0.1 instead of 1.0.0.");
        answer.follow();
    }

    @Test
    void a_move_that_no_need_asks_for_is_not_explained_by_those_that_move_beside_it() {
        catalogue
                .publish("beside-kit", "1.0.0")
                .publish("beside-lib", "1.0.0")
                .publish("beside-web", "1.0.0", requires("beside-kit", "^1.0.0"))
                .publish(
                        "beside-foe",
                        "1.0.0",
                        "\"conflicts\": [{\"capability\": \"beside-lib\", \"range\": \">=1.0.1\"}]");
        Composition composition = catalogue
                .compose("aside", "beside-web", "beside-foe@*", "beside-lib@*")
                .freeze();
        catalogue
                .publish("beside-kit", "1.0.1")
                .publish("beside-web", "1.0.1", requires("beside-kit", "^1.0.0"))
                .publish("beside-foe", "1.0.1")
                .publish("beside-lib", "1.0.1");
        catalogue.state("beside-kit", "1.0.0", "deprecated");

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.steps().findValuesAsString("sentence"))
                .contains(
                        "beside-kit would go up from 1.0.0 to 1.0.1: 1.0.0 is deprecated: a test.",
                        "beside-web would go up from 1.0.0 to 1.0.1: nothing but the lock is in the way of it.",
                        "beside-lib would go up from 1.0.0 to 1.0.1: beside-foe 1.0.0, which conflicts with beside-lib"
                                + " 1.0.1, gives way.");
        answer.follow();
    }

    @Test
    void another_provider_makes_a_step_as_large_as_a_major_release() {
        catalogue
                .publish("risk-a", "1.0.0", provides("risking", "1.0.0"))
                .publish("risk-b", "1.0.0", provides("risking", "1.0.0"))
                .publish("risk-user", "1.0.0", "\"requirements\": [{\"service\": \"risking\"}]");
        Composition composition =
                catalogue.compose("risked", "risk-a", "risk-b", "risk-user").freeze();
        catalogue.publish("risk-a", "1.0.1");

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.moves(1)).containsExactly("up risk-a");
        assertThat(sizes(answer)).containsExactly("major");
        assertThat(answer.steps().get(0).get("swaps").findValuesAsString("sentence"))
                .containsExactly("Service risking would be provided to risk-user by risk-b instead of risk-a.");
        answer.follow();
    }

    @Test
    void a_major_release_in_between_is_not_skipped() {
        catalogue.publish("via", "1.0.0");
        Composition composition = catalogue.compose("travelled", "via@^1.0.0").freeze();
        catalogue.publish("via", "2.0.0").publish("via", "2.3.0").publish("via", "3.0.0");

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.sentences())
                .containsExactly("Ask for via ^2.3.0 instead of ^1.0.0.", "Ask for via ^3.0.0 instead of ^2.3.0.");
        assertThat(answer.entry("via").get("plan_step").asInt()).isEqualTo(2);
        answer.follow();
    }

    @Test
    void what_is_newest_and_goes_down_for_the_sake_of_another_says_so() {
        catalogue.publish("a-leads", "1.0.0").publish("z-yields", "1.0.0").publish("z-yields", "2.0.0");
        Composition composition =
                catalogue.compose("yielding", "a-leads", "z-yields").freeze();
        catalogue.publish("a-leads", "1.1.0", requires("z-yields", "^1.0.0"));

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.kinds()).isEqualTo(Map.of("a-leads", "within_ranges", "z-yields", "up_to_date"));
        assertThat(answer.moves(1)).containsExactly("up a-leads", "down z-yields");
        assertThat(sizes(answer)).containsExactly("major");
        assertThat(answer.entry("z-yields").get("plan_step").asInt()).isEqualTo(1);
        assertThat(answer.entry("z-yields").get("planned").asString()).isEqualTo("1.0.0");
        assertThat(answer.heldBack("z-yields"))
                .isEqualTo("After the plan, z-yields is not 2.0.0: a-leads 1.1.0 requires z-yields ^1.0.0.");
        answer.follow();
    }

    @Test
    void a_capability_that_is_to_go_is_told_even_where_nothing_newer_is_there() {
        catalogue.publish("ending", "1.0.0");
        Composition composition = catalogue.compose("ended", "ending").freeze();
        catalogue.status("ending", "deprecated");

        OutdatedAnswer answer = OutdatedAnswer.of(composition);

        assertThat(answer.entry("ending").get("status").asString()).isEqualTo("deprecated");
        assertThat(answer.kinds()).isEqualTo(Map.of("ending", "up_to_date"));
    }
}
