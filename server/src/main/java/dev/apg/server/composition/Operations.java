package dev.apg.server.composition;

import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.composition.AppliedOperation;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.server.event.Mutation;
import dev.apg.server.web.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Draft operations as requests carry them: refusals with the place in the request, conflicts, events. */
final class Operations {
    private Operations() {}

    /**
     * Applies one operation.
     *
     * @param place the path of the operation in the request, ending in a dot; empty for a document that is the request
     * @throws Rejection 422, if it does not apply
     */
    static Draft apply(Draft draft, DraftOperation operation, String place) {
        try {
            return draft.apply(operation);
        } catch (OperationRefusedException refused) {
            boolean document = operation instanceof DraftOperation.Replace && !place.isEmpty();
            throw Rejection.invalid(List.of(error(refused, place + (document ? "document." : ""))));
        }
    }

    /** @param path of the operation or document in the request, ending in a dot unless that is the request */
    static FieldError error(OperationRefusedException refused, String path) {
        return Rejection.at(path + refused.field(), refused.value(), refused.expected(), refused.code());
    }

    /**
     * The draft that a document is.
     *
     * @param path of the document in the request, ending in a dot
     * @throws Rejection 422, if it is none
     */
    static Draft of(DraftDocument document, String path) {
        try {
            return Draft.EMPTY.apply(new DraftOperation.Replace(document));
        } catch (OperationRefusedException refused) {
            throw Rejection.invalid(List.of(error(refused, path)));
        }
    }

    /**
     * @throws Rejection 422 {@code draft.too_large}
     */
    static void requireSize(String composition, Draft draft) {
        int bytes = DraftRepository.json(composition, draft).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > DraftSyntax.MAX_DRAFT_BYTES) {
            throw Rejection.invalid(
                    "draft.too_large", "draft", bytes + " bytes", "at most " + DraftSyntax.MAX_DRAFT_BYTES + " bytes");
        }
    }

    /**
     * Refuses operations about something that others have changed since their author looked.
     *
     * @param since what was applied in between
     * @throws Rejection 409 {@code draft.changed}, naming the first such operation of either side
     */
    static void requireUntouched(List<DraftOperation> operations, List<AppliedOperation> since) {
        Map<String, AppliedOperation> touched = new HashMap<>();
        since.forEach(applied -> touched.putIfAbsent(subject(applied.operation()), applied));
        for (int i = 0; i < operations.size(); i++) {
            String subject = subject(operations.get(i));
            AppliedOperation other = touched.get(subject);
            if (other == null) {
                // Replacing everything touches whatever was touched, and the other way round.
                other = subject.equals(EVERYTHING) && !since.isEmpty() ? since.getFirst() : touched.get(EVERYTHING);
            }
            if (other != null) {
                throw Rejection.conflict(
                        "draft.changed",
                        "operations[%d]: %s was changed by operation %d (%s, by %s) after the draft that this is based on"
                                .formatted(
                                        i,
                                        subject,
                                        other.number(),
                                        other.operation().op(),
                                        other.actor()),
                        List.of(Rejection.at(
                                "operations[%d].op".formatted(i),
                                operations.get(i).op(),
                                "an operation about something unchanged since based_on",
                                "draft.changed")));
            }
        }
    }

    private static final String EVERYTHING = "the whole draft";

    /** What an operation is about: two operations about different things can be applied in any order. */
    private static String subject(DraftOperation operation) {
        return switch (operation) {
            case DraftOperation.AddMember add -> "member " + DraftSyntax.lower(add.capability());
            case DraftOperation.RemoveMember remove -> "member " + DraftSyntax.lower(remove.capability());
            case DraftOperation.SetRange set -> "member " + DraftSyntax.lower(set.capability());
            case DraftOperation.SetConfiguration set -> "member " + DraftSyntax.lower(set.capability());
            case DraftOperation.RequireService require -> "service " + DraftSyntax.lower(require.service());
            case DraftOperation.DropService drop -> "service " + DraftSyntax.lower(drop.service());
            case DraftOperation.Pin pin -> "pin of " + DraftSyntax.lower(pin.capability());
            case DraftOperation.Unpin unpin -> "pin of " + DraftSyntax.lower(unpin.capability());
            case DraftOperation.Exclude exclude ->
                "exclusion of %s %s"
                        .formatted(DraftSyntax.lower(exclude.capability()), DraftSyntax.text(exclude.range()));
            case DraftOperation.Include include ->
                "exclusion of %s %s"
                        .formatted(DraftSyntax.lower(include.capability()), DraftSyntax.text(include.range()));
            case DraftOperation.SetPolicy set -> "policy";
            case DraftOperation.Replace replace -> EVERYTHING;
        };
    }

    static Mutation mutation(
            UUID compositionId, String code, Draft before, Draft after, long number, DraftOperation operation) {
        return new Mutation(
                "draft.changed",
                "composition",
                compositionId,
                code,
                Map.of("number", number, "op", operation.op(), "subject", subject(operation)),
                before.part(operation),
                after.part(operation));
    }
}
