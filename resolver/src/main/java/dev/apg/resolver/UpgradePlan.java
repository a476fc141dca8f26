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
 * @param steps each frees or raises something on top of what was before, and was solved again; first those away from
 *     what is deprecated or the like, then the smallest risk first
 * @param left codes of capabilities that could move and for which there is no step: too many, or the budget ran out
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
    public static final class State {
        private final Request request;
        private final Resolution.Solved solved;
        private final Map<String, SemVer> versions;
        private final Goal.Asked asked;

        public State(Request request, Resolution.Solved solved) {
            this.request = request;
            this.solved = solved;
            this.versions = Map.copyOf(solved.versions());
            this.asked = new Goal.Asked(request);
        }

        public Request request() {
            return request;
        }

        public Resolution.Solved solved() {
            return solved;
        }

        Goal.Asked asked() {
            return asked;
        }

        /** Whether a capability has this version, or a newer one. */
        boolean isReached(String code, SemVer number) {
            return version(code).filter(there -> there.compareTo(number) >= 0).isPresent();
        }

        /** How many marks the chosen version of a capability has. */
        int marks(String code) {
            return solved.entries().stream()
                    .filter(entry -> entry.version().code().equals(code))
                    .mapToInt(entry -> entry.marks().size())
                    .findFirst()
                    .orElse(0);
        }

        public Optional<SemVer> version(String code) {
            return Optional.ofNullable(versions.get(code));
        }
    }

    /**
     * What moves together. Steps that raise nothing update what the request admits as it is.
     *
     * @param raises the least that has to be raised together
     * @param size of the largest move; another capability in the place of one counts as a major release
     * @param standsAlone whether the raises lead to the same versions of what they are about, and to none that is older of all that
     *     moves, if everything is freed and nothing else is raised
     * @param state whose request frees of the previous lock what this step and those before are about; all of it once what an
     *     update gives is reached
     */
    public record Step(List<Change.Setting> raises, ReleaseSize size, boolean standsAlone, State state) {
        public Step {
            raises = List.copyOf(raises);
        }
    }
}
