package dev.apg.contract.impact;

import dev.apg.contract.capability.Status;
import dev.apg.contract.capability.VersionState;
import dev.apg.contract.capability.Warning;
import dev.apg.contract.composition.BindingChange;
import dev.apg.contract.composition.Explanation;
import dev.apg.contract.composition.VersionChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate means for the newest revision of each composition.
 *
 * @param totals of all compositions that the caller may read, whatever the filter
 * @param hidden of those that the caller may not read, and learns nothing else of; absent if there are none
 * @param withoutRevision compositions that were never frozen, for which there is no verdict
 * @param items a page of those with a verdict that was asked for, by code
 * @param nextCursor opaque; give it as {@code cursor} with the same candidate for the next page; absent on the last one
 * @param totalCount of those with a verdict that was asked for
 */
public record ImpactAnswer(
        ImpactSubject candidate,
        ImpactTotals totals,
        @Nullable ImpactTotals hidden,
        long withoutRevision,
        List<ImpactItem> items,
        @Nullable String nextCursor,
        long totalCount) {
    public ImpactAnswer {
        items = List.copyOf(items);
    }

    /**
     * What was asked about.
     *
     * @param version absent if it is a whole capability
     * @param state the state that was asked about, if one was
     * @param status the status that was asked about, if one was
     * @param digest of a document
     * @param published whether exactly this document is published already; absent if no document was asked about
     * @param warnings what its publisher should know; absent if no document was asked about
     */
    public record ImpactSubject(
            String capability,
            @Nullable String version,
            @Nullable VersionState state,
            @Nullable Status status,
            @Nullable String digest,
            @Nullable Boolean published,
            @Nullable List<Warning> warnings) {
        public ImpactSubject {
            warnings = warnings == null ? null : List.copyOf(warnings);
        }
    }

    /**
     * How many compositions have each verdict.
     *
     * @param brokenAlready those among the broken that have no solution without the candidate either
     */
    public record ImpactTotals(
            long unaffected, long upgradable, long blocked, long broken, long notChecked, long brokenAlready) {}

    /**
     * A composition.
     *
     * @param revision its newest one, which the verdict is about
     * @param brokenAlready whether it has no solution without the candidate either; absent unless it is broken
     * @param locked the version of the capability that the revision has; absent if it has none
     * @param moves what would be in another version, come or go, by code; empty unless the verdict is {@code upgradable}
     * @param swaps needs that another capability would meet, where there are moves
     * @param explanation why it is blocked or broken, where facts contradict each other; its fixes are for the draft that the
     *     revision was frozen from
     */
    public record ImpactItem(
            String composition,
            int revision,
            ImpactVerdict verdict,
            @Nullable Boolean brokenAlready,
            @Nullable String locked,
            List<VersionChange> moves,
            List<BindingChange> swaps,
            String sentence,
            @Nullable Explanation explanation) {
        public ImpactItem {
            moves = List.copyOf(moves);
            swaps = List.copyOf(swaps);
        }
    }
}
