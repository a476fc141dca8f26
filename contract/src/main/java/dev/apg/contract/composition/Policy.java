package dev.apg.contract.composition;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import jakarta.validation.constraints.Size;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
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

    /**
     * What is wrong with the order of the objectives.
     *
     * @param field below the policy
     * @param value the objective
     */
    public record Fault(String code, String field, String value, String expected) {}

    /** The first thing that is wrong with it, if anything is. */
    public Optional<Fault> fault() {
        List<Objective> objectives = objective == null ? List.of() : objective;
        for (int i = 0; i < objectives.size(); i++) {
            String place = "objective[%d]".formatted(i);
            String word = objectives.get(i).wire();
            if (objectives.get(i) == Objective.NEWEST && objectives.size() > 1) {
                return Optional.of(new Fault(
                        "objective.not_combined", place, word, "to stand alone: it decides last in any case"));
            }
            if (objectives.indexOf(objectives.get(i)) < i) {
                return Optional.of(new Fault("objective.repeated", place, word, "each objective once"));
            }
        }
        return Optional.empty();
    }

    /** In the order of the marks, so that the same policy is always written the same way. */
    private static Set<Mark> sorted(Set<Mark> marks) {
        return marks.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(marks));
    }
}
