package dev.apg.server.composition;

import dev.apg.contract.capability.Warning;
import dev.apg.contract.composition.CompositionDetail;
import dev.apg.contract.composition.CompositionSummary;
import dev.apg.contract.composition.CompositionType;
import dev.apg.contract.composition.RevisionDetail.ChangedEntry;
import dev.apg.contract.composition.RevisionDetail.EndedEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A composition without its draft.
 *
 * @param head the newest revision
 * @param guarded whether only those may read and change it who have a grant
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
        boolean guarded,
        long edition,
        Instant createdAt,
        Instant updatedAt) {

    CompositionDetail detail() {
        return detail(null, null, null);
    }

    /** @param warnings of the document that it was just made from */
    CompositionDetail detail(List<Warning> warnings) {
        return detail(warnings, null, null);
    }

    CompositionDetail detail(BecomeOf.Told become) {
        return detail(null, become.changed(), become.ended());
    }

    private CompositionDetail detail(
            @Nullable List<Warning> warnings, @Nullable List<ChangedEntry> changed, @Nullable List<EndedEntry> ended) {
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
                warnings,
                changed,
                ended);
    }

    CompositionSummary summary() {
        return new CompositionSummary(code, displayName, type, owner, draftNumber, head.orElse(null), updatedAt);
    }
}
