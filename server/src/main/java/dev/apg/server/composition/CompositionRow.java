package dev.apg.server.composition;

import dev.apg.contract.capability.Warning;
import dev.apg.contract.composition.CompositionDetail;
import dev.apg.contract.composition.CompositionSummary;
import dev.apg.contract.composition.CompositionType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A composition without its draft.
 *
 * @param head the newest revision
 * @param edition counts the changes of the row; its entity tag
 */
record CompositionRow(
        UUID id,
        String code,
        String displayName,
        String description,
        CompositionType type,
        String owner,
        long draftNumber,
        Optional<Integer> head,
        long edition,
        Instant createdAt,
        Instant updatedAt) {

    CompositionDetail detail() {
        return detail(null);
    }

    /** @param warnings of the document that it was just made from; null where it is only read */
    CompositionDetail detail(@Nullable List<Warning> warnings) {
        return new CompositionDetail(
                code,
                displayName,
                description,
                type,
                owner,
                draftNumber,
                head.orElse(null),
                createdAt,
                updatedAt,
                warnings);
    }

    CompositionSummary summary() {
        return new CompositionSummary(code, displayName, type, owner, draftNumber, head.orElse(null), updatedAt);
    }
}
