package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.version.ReleaseSize;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans for locks of more capabilities than a request can name. */
class LargePlanTests {
    private static final int MOST_STEPS = 50;

    /** An application locked at the oldest versions, of which each capability has a patch and the last ones a major release. */
    private static UpgradePlan plan(int patches, int majors) {
        Universe.Builder builder = Universe.builder();
        List<Requirement> needs = new ArrayList<>();
        Map<String, SemVer> lock = new HashMap<>(Map.of("app", SemVer.parse("1.0.0")));
        for (int i = 0; i < patches + majors; i++) {
            String code = String.format("c-%05d", i);
            lock.put(code, SemVer.parse("1.0.0"));
            needs.add(new Requirement(code, Strength.REQUIRED, List.of(Target.capability(code, "*"))));
            builder.add(CapabilityVersion.plain(code, "1.0.0"));
            builder.add(CapabilityVersion.plain(code, i < patches ? "1.0.1" : "2.0.0"));
        }
        builder.add(new CapabilityVersion("app", SemVer.parse("1.0.0"), Set.of(), List.of(), needs, List.of(), 0));
        Universe universe = builder.build();
        Request request = Request.of(Root.capability("app", "*")).withPrevious(lock);
        var now = (Resolution.Solved) Resolver.resolve(universe, request);
        return UpgradePlanner.plan(universe, request, now, 50_000_000, MOST_STEPS);
    }

    private static List<Integer> moves(UpgradePlan plan, int patches, int majors) {
        Map<String, SemVer> before = new HashMap<>(Map.of("app", SemVer.parse("1.0.0")));
        for (int i = 0; i < patches + majors; i++) {
            before.put(String.format("c-%05d", i), SemVer.parse("1.0.0"));
        }
        List<Integer> counts = new ArrayList<>();
        for (UpgradePlan.Step step : plan.steps()) {
            Map<String, SemVer> after = step.state().solved().versions();
            counts.add(Move.between(before, after).size());
            before = after;
        }
        return counts;
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 1_500})
    void allPatchReleasesAreOneStepHoweverManyTheyAre(int patches) {
        UpgradePlan plan = plan(patches, 0);
        assertThat(plan.steps()).extracting(UpgradePlan.Step::size).containsExactly(ReleaseSize.PATCH);
        assertThat(moves(plan, patches, 0)).containsExactly(patches);
        assertThat(plan.left()).isEmpty();
    }

    @Test
    void majorReleasesDoNotHoldUpHundredsOfPatches() {
        UpgradePlan plan = plan(600, 2);
        assertThat(plan.steps())
                .extracting(UpgradePlan.Step::size)
                .containsExactly(ReleaseSize.PATCH, ReleaseSize.MAJOR, ReleaseSize.MAJOR);
        assertThat(moves(plan, 600, 2)).containsExactly(600, 1, 1);
        assertThat(plan.left()).isEmpty();
    }

    @Test
    void whatCannotBeNamedMovesWithTheRest() {
        UpgradePlan plan = plan(1_500, 2);
        assertThat(plan.steps())
                .extracting(UpgradePlan.Step::size)
                .containsExactly(ReleaseSize.PATCH, ReleaseSize.MAJOR);
        assertThat(moves(plan, 1_500, 2)).containsExactly(1_000, 502);
        assertThat(plan.left()).isEmpty();
    }

    /** Modules that are released together, each of which needs the next in exactly its own version. */
    @Test
    void modulesInLockstepAreOneStep() {
        int modules = 500;
        Universe.Builder builder = Universe.builder();
        Map<String, SemVer> lock = new HashMap<>();
        for (int i = 0; i < modules; i++) {
            // The one that the others follow comes last by code, so that it is tried last.
            String code = String.format("m-%05d", modules - i);
            lock.put(code, SemVer.parse("1.0.0"));
            for (String number : List.of("1.0.0", "2.0.0")) {
                List<Requirement> needs = i == modules - 1
                        ? List.of()
                        : List.of(Requirement.required(
                                Target.capability(String.format("m-%05d", modules - i - 1), number)));
                builder.add(
                        new CapabilityVersion(code, SemVer.parse(number), Set.of(), List.of(), needs, List.of(), 0));
            }
        }
        Universe universe = builder.build();
        Request request = Request.of(Root.capability(String.format("m-%05d", modules), "*"))
                .withPrevious(lock);
        var now = (Resolution.Solved) Resolver.resolve(universe, request);

        UpgradePlan plan = UpgradePlanner.plan(universe, request, now, 1_000_000, MOST_STEPS);

        assertThat(plan.steps()).extracting(UpgradePlan.Step::size).containsExactly(ReleaseSize.MAJOR);
        assertThat(plan.steps().getFirst().state().solved().versions())
                .hasSize(modules)
                .allSatisfy((_, number) -> assertThat(number).isEqualTo(SemVer.parse("2.0.0")));
        assertThat(plan.left()).isEmpty();
        assertThat(plan.spent()).isLessThan(500_000);
    }
}
