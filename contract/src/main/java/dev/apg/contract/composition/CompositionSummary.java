package dev.apg.contract.composition;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A composition in a list; the fields mean what they mean in {@link CompositionDetail}. */
public record CompositionSummary(
        String code,
        String displayName,
        CompositionType type,
        String owner,
        long draftNumber,
        @Nullable Integer head,
        Instant updatedAt) {}
