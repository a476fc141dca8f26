package dev.apg.contract.capability;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version with its document.
 *
 * @param reason why it was deprecated, yanked or purged
 * @param edition counts the changes of its state; the ETag
 * @param document absent when purged
 * @param purgedBundles only in the answer to purging: the revisions, {@code code@number}, whose bundles held its content and
 *     were erased with it; at most the first 1,000
 */
public record VersionDetail(
        String capability,
        String version,
        VersionState state,
        @Nullable String reason,
        String digest,
        long edition,
        Instant publishedAt,
        String publishedBy,
        @Nullable VersionDocument document,
        @Nullable List<String> purgedBundles) {
    /** Most revisions that an answer names; the event log has all. */
    public static final int MOST_PURGED_BUNDLES = 1_000;

    public VersionDetail {
        purgedBundles = purgedBundles == null ? null : List.copyOf(purgedBundles);
    }

    /** The same with the revisions whose bundles were erased. */
    public VersionDetail withPurgedBundles(List<String> revisions) {
        return new VersionDetail(
                capability, version, state, reason, digest, edition, publishedAt, publishedBy, document, revisions);
    }
}
