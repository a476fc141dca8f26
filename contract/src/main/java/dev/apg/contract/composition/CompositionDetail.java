package dev.apg.contract.composition;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A composition without its draft.
 *
 * @param draftNumber of the newest draft operation; 0 for an empty draft
 * @param head the newest revision; absent if it was never frozen
 */
public record CompositionDetail(
        String code,
        String displayName,
        String description,
        CompositionType type,
        String owner,
        long draftNumber,
        @Nullable Integer head,
        Instant createdAt,
        Instant updatedAt) {}
