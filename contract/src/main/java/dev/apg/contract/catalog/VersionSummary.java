package dev.apg.contract.catalog;

import dev.apg.contract.capability.VersionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version in a list.
 *
 * @param stateReason why it was deprecated, yanked or purged, if it was
 */
public record VersionSummary(
        String number, VersionState state, @Nullable String stateReason, Instant publishedAt, String digest) {}
