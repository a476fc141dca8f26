package dev.apg.contract.composition;

import dev.apg.contract.capability.Warning;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A composition without its draft.
 *
 * @param draftNumber of the newest draft operation; 0 for an empty draft
 * @param head the newest revision; absent if it was never frozen
 * @param warnings of the document that it was created from; absent where it is only read
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
        Instant updatedAt,
        @Nullable List<Warning> warnings) {
    public CompositionDetail {
        warnings = warnings == null ? null : List.copyOf(warnings);
    }
}
