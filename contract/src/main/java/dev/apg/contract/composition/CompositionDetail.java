package dev.apg.contract.composition;

import dev.apg.contract.capability.Warning;
import dev.apg.contract.composition.RevisionDetail.ChangedEntry;
import dev.apg.contract.composition.RevisionDetail.EndedEntry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A composition without its draft.
 *
 * @param draftNumber of the newest draft operation; 0 for an empty draft
 * @param head the newest revision; absent if it was never frozen
 * @param warnings of the document that it was created from; absent where it is only read
 * @param changed versions that the draft pins and that are deprecated, yanked or purged; absent where it is not only read
 * @param ended members and pins of the draft whose capability is deprecated or retired; absent where it is not only read
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
        @Nullable List<Warning> warnings,
        @Nullable List<ChangedEntry> changed,
        @Nullable List<EndedEntry> ended) {
    public CompositionDetail {
        warnings = warnings == null ? null : List.copyOf(warnings);
        changed = changed == null ? null : List.copyOf(changed);
        ended = ended == null ? null : List.copyOf(ended);
    }
}
