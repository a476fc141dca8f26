package dev.apg.resolver;

import dev.apg.resolver.version.ReleaseSize;
import dev.apg.resolver.version.SemVer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What newer versions a solution could have, and steps that lead there. {@code docs/resolver.md} says how it is found.
 *
 * @param updated the solution if nothing of the previous lock is kept; empty if the step budget ran out before
 * @param open the solution if, beside that, no root's range and no pin ends before newer versions; empty if the step budget
 *     ran out before
 * @param alone by code, versions above those of {@code updated} that are chosen if this capability alone is freed
 * @param unknown codes for which that was not tried any more
 * @param steps each raises something on top of what was raised before, and was solved again
 * @param left codes of capabilities that could be raised and for which there is no step: too many, or the budget ran out
 * @param spent how much of the step budget was used
 */
public record UpgradePlan(
        Optional<State> updated,
        Optional<State> open,
        Map<String, SemVer> alone,
        Set<String> unknown,
        List<Step> steps,
        List<String> left,
        long spent) {

    public UpgradePlan {
        alone = Map.copyOf(alone);
        unknown = Set.copyOf(unknown);
        steps = List.copyOf(steps);
        left = List.copyOf(left);
    }

    /** A request and its solution. */
    public record State(Request request, Resolution.Solved solved) {
        public Optional<SemVer> version(String code) {
            return solved.entries().stream()
                    .map(Entry::version)
                    .filter(version -> version.code().equals(code))
                    .map(ExactVersion::number)
                    .findFirst();
        }
    }

    /**
     * The least that has to be raised together.
     *
     * @param size how far the capability moves that the step is for
     * @param standsAlone whether there is a solution without the steps before it, too, with the same version of all that it moves
     * @param state with everything freed
     */
    public record Step(List<Raise> raises, ReleaseSize size, boolean standsAlone, State state) {
        public Step {
            raises = List.copyOf(raises);
        }
    }
}
