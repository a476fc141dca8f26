package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.version.SemVer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeldBackTests {
    @ParameterizedTest
    @MethodSource
    void onlyWhatAnUpdateWouldTakeIsSaidToBeHeldBackByThePreviousLock(List<Objective> objectives) {
        Universe universe = Universe.of(version("1.0.0", 1), version("1.1.0", 5));
        Request request = Request.of(Root.capability("base", "*"))
                .withPolicy(policy -> policy.withObjectives(objectives.toArray(Objective[]::new)))
                .withPrevious(Map.of("base", SemVer.parse("1.0.0")));

        HeldBack held = entry(universe, request).heldBack();

        assertThat(held).isNotNull();
        boolean saidToBeKept = held.kept() != null;
        assertThat(held.cause() instanceof HeldBack.Cause.Locked).isEqualTo(saidToBeKept);
        assertThat(saidToBeKept)
                .isEqualTo(objectives.isEmpty()
                        || objectives.equals(List.of(Objective.MINIMAL_CHANGE))
                        || objectives.equals(List.of(Objective.FEWEST)));
        if (saidToBeKept) {
            assertThat(entry(universe, request.withUpdate(Set.of("base")))
                            .version()
                            .number())
                    .isEqualTo(held.kept());
        }
    }

    static List<List<Objective>> onlyWhatAnUpdateWouldTakeIsSaidToBeHeldBackByThePreviousLock() {
        return List.of(
                List.of(),
                List.of(Objective.MINIMAL_CHANGE),
                List.of(Objective.FEWEST),
                List.of(Objective.CHEAPEST),
                List.of(Objective.MINIMAL_CHANGE, Objective.CHEAPEST));
    }

    private static CapabilityVersion version(String number, long cost) {
        return new CapabilityVersion("base", SemVer.parse(number), Set.of(), List.of(), List.of(), List.of(), cost);
    }

    private static Entry entry(Universe universe, Request request) {
        return ((Resolution.Solved) Resolver.resolve(universe, request))
                .entries()
                .getFirst();
    }
}
