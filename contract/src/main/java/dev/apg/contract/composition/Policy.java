package dev.apg.contract.composition;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import jakarta.validation.constraints.Size;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * What a resolution may take and what it prefers.
 *
 * @param objective what is best first, then what is best among that, and so on: one word, or a list of words. {@code newest},
 *     the default, is what decides last in any case, so it stands alone
 * @param prereleases whether pre-releases are taken where no range names one
 * @param accept versions that are taken although they carry this mark; by default {@code deprecated}
 */
public record Policy(
        @Nullable
        @JsonDeserialize(using = ObjectivesReader.class)
        @JsonFormat(with = {Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY, Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED})
        @Size(min = 1, max = 3)
        List<Objective> objective,

        boolean prereleases,
        @Nullable Set<Mark> accept) {
    public static final Policy DEFAULT = new Policy(List.of(Objective.NEWEST), false, Set.of(Mark.DEPRECATED));

    public Policy {
        objective = objective == null ? List.of(Objective.NEWEST) : List.copyOf(objective);
        accept = accept == null ? Set.of(Mark.DEPRECATED) : sorted(accept);
    }

    /** In the order of the marks, so that the same policy is always written the same way. */
    private static Set<Mark> sorted(Set<Mark> marks) {
        return marks.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(marks));
    }
}
