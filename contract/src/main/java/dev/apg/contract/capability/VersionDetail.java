package dev.apg.contract.capability;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version with its document.
 *
 * @param reason why it was deprecated, yanked or purged
 * @param edition counts the changes of its state; the ETag
 * @param document absent when purged
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
        @Nullable VersionDocument document) {}
