package dev.apg.resolver;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What may be taken and what is preferred.
 *
 * @param prereleases whether pre-releases are taken where no range names one
 * @param accepted a version is taken only if all its marks are here
 */
public record Policy(Objective objective, boolean prereleases, Set<Mark> accepted) {
    /** Newest, no pre-releases, deprecated versions accepted. */
    public static final Policy DEFAULT = new Policy(Objective.NEWEST, false, Set.of(Mark.DEPRECATED));

    public Policy {
        Objects.requireNonNull(objective, "objective");
        accepted = Set.copyOf(accepted);
    }

    public Policy withObjective(Objective objective) {
        return new Policy(objective, prereleases, accepted);
    }

    public Policy withPrereleases() {
        return new Policy(objective, true, accepted);
    }

    public Policy accepting(Mark mark) {
        Set<Mark> marks = EnumSet.of(mark);
        marks.addAll(accepted);
        return new Policy(objective, prereleases, marks);
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
