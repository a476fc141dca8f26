package dev.apg.contract.composition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is different between two revisions, or between a revision and what the draft resolves to now.
 *
 * @param from a revision's number
 * @param to a revision's number, or {@code draft}
 * @param versions by capability
 * @param bindings by consumer and requirement
 * @param draft what was changed in the draft itself
 * @param unsolvable why the draft resolves to nothing; the lists of consequences are empty then
 */
public record RevisionDiff(
        String from,
        String to,
        List<VersionChange> versions,
        List<BindingChange> bindings,
        List<DraftChange> draft,
        @Nullable Explanation unsolvable) {
    public RevisionDiff {
        versions = List.copyOf(versions);
        bindings = List.copyOf(bindings);
        draft = List.copyOf(draft);
    }

    /**
     * A part of the draft that differs.
     *
     * @param part {@code member, service, pin, exclusion, policy, configuration}
     * @param code of the capability or service; absent for the policy
     * @param from the value before; absent if there was none
     * @param to the value after; absent if there is none
     */
    public record DraftChange(
            String part,
            @Nullable String code,
            @Nullable Object from,
            @Nullable Object to) {}
}
