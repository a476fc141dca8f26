package dev.apg.server.capability;

import dev.apg.contract.capability.VersionState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version without its document.
 *
 * @param number SemVer 2.0 without build metadata
 * @param stateReason why it was deprecated, yanked or purged
 * @param digest {@code sha256:} and hex
 * @param structure empty when purged; equal structures of one capability are the same object
 */
public record PublishedVersion(
        UUID id,
        String number,
        VersionState state,
        @Nullable String stateReason,
        String digest,
        VersionStructure structure,
        Instant publishedAt,
        String publishedBy) {

    PublishedVersion withStructure(VersionStructure read) {
        return new PublishedVersion(id, number, state, stateReason, digest, read, publishedAt, publishedBy);
    }
}
