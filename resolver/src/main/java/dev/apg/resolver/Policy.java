package dev.apg.resolver;

import dev.apg.resolver.version.PrereleaseRule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What may be taken and what is preferred.
 *
 * @param objectives what is minimised, one after the other, each among what is best under those before it; none
 *     twice. The choice rule picks among what is left, or alone if there are none
 * @param prereleases whether pre-releases are taken where no range names one
 * @param accepted a version is taken only if all its marks are here
 */
public record Policy(List<Objective> objectives, boolean prereleases, Set<Mark> accepted) {
    /** Nothing to minimise, no pre-releases, deprecated versions accepted. */
    public static final Policy DEFAULT = new Policy(List.of(), false, Set.of(Mark.DEPRECATED));

    public Policy {
        objectives = List.copyOf(objectives);
        if (Set.copyOf(objectives).size() < objectives.size()) {
            throw new IllegalArgumentException("objectives: " + objectives + " (expected: none of them twice)");
        }
        accepted = Set.copyOf(accepted);
    }

    public Policy withObjectives(Objective... objectives) {
        return new Policy(List.of(objectives), prereleases, accepted);
    }

    public Policy withPrereleases() {
        return new Policy(objectives, true, accepted);
    }

    public Policy accepting(Mark mark) {
        Set<Mark> marks = EnumSet.of(mark);
        marks.addAll(accepted);
        return new Policy(objectives, prereleases, marks);
    }

    /** By which of the two rules ranges take pre-releases. */
    PrereleaseRule rule() {
        return prereleases ? PrereleaseRule.INCLUDE : PrereleaseRule.NPM;
    }

    /** Bit n is set if the mark of ordinal n is not accepted. */
    int refusedMarks() {
        int refused = 0;
        for (Mark mark : Mark.values()) {
            refused |= accepted.contains(mark) ? 0 : 1 << mark.ordinal();
        }
        return refused;
    }
}
