package dev.apg.server.composition;

import dev.apg.contract.composition.CompositionDetail;
import dev.apg.contract.composition.CompositionSummary;
import dev.apg.contract.composition.CompositionType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

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
        return new CompositionDetail(
                code, displayName, description, type, owner, draftNumber, head.orElse(null), createdAt, updatedAt);
    }

    CompositionSummary summary() {
        return new CompositionSummary(code, displayName, type, owner, draftNumber, head.orElse(null), updatedAt);
    }
}
