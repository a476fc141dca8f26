package dev.apg.server.catalog;

import dev.apg.contract.capability.VersionState;
import dev.apg.resolver.version.SemVer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the snapshot knows of a version beyond what resolving needs.
 *
 * @param digest {@code sha256:} and hex
 * @param stateReason why it was deprecated, yanked or purged
 */
public record VersionEntry(
        SemVer number,
        VersionState state,
        Instant publishedAt,
        String digest,
        @Nullable String stateReason) {}
