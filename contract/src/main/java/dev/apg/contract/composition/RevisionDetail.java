package dev.apg.contract.composition;

import dev.apg.contract.capability.Status;
import dev.apg.contract.capability.VersionState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A revision without its bundle; the first fields mean what they mean in {@link RevisionSummary}.
 *
 * @param draft the draft as it was frozen
 * @param report what validation said when it was frozen; erased together with the bundle
 * @param changed entries that are no longer published as they were: deprecated, yanked or purged since or already then
 * @param ended entries whose capability is deprecated or retired now
 */
public record RevisionDetail(
        int number,
        String message,
        long draftNumber,
        String lockDigest,
        String bundleDigest,
        Instant frozenAt,
        String frozenBy,
        @Nullable String bundlePurged,
        DraftDocument draft,
        LockDocument lock,
        ValidationReport report,
        List<ChangedEntry> changed,
        List<EndedEntry> ended) {
    public RevisionDetail {
        changed = List.copyOf(changed);
        ended = List.copyOf(ended);
    }

    /** An entry of the lock, or a pin of a draft, whose version is not simply published now; {@code reason} is why, as it was given. */
    public record ChangedEntry(
            String capability,
            String version,
            VersionState state,
            @Nullable String reason,
            String sentence) {}

    /** An entry of the lock, or a member or pin of a draft, whose capability is to be given up: {@code deprecated} or {@code retired}. */
    public record EndedEntry(String capability, Status status, String sentence) {}
}
