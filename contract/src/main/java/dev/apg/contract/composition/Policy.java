package dev.apg.contract.composition;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a resolution may take and what it prefers.
 *
 * @param objective {@code newest} by default
 * @param prereleases whether pre-releases are taken where no range names one
 * @param accept versions that are taken although they carry this mark; by default {@code deprecated}
 */
public record Policy(
        @Nullable Objective objective,
        boolean prereleases,
        @Nullable Set<Mark> accept) {
    public static final Policy DEFAULT = new Policy(Objective.NEWEST, false, Set.of(Mark.DEPRECATED));

    public Policy {
        objective = objective == null ? Objective.NEWEST : objective;
        accept = accept == null ? Set.of(Mark.DEPRECATED) : sorted(accept);
    }

    /** In the order of the marks, so that the same policy is always written the same way. */
    private static Set<Mark> sorted(Set<Mark> marks) {
        return marks.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(marks));
    }
}
