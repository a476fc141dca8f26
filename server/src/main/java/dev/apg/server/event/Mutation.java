package dev.apg.server.event;

import dev.apg.contract.event.EventDocument;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One change, for the event log and the audit log alike.
 *
 * @param type of the event and action of the audit entry, one of {@link EventDocument#TYPES}
 * @param subjectKind the glossary's word for what changed: {@code capability}, {@code version}, {@code composition}
 * @param subjectId its id; for a version the capability's, because that is what a snapshot reloads
 * @param subjectCode its code, as people know it; for a version {@code code@number}
 * @param data what subscribers need to know beyond that; small, no documents, no secrets
 * @param before what the audit log keeps of the state before, if there was one
 * @param after what the audit log keeps of the state after, if there is one
 */
public record Mutation(
        String type,
        String subjectKind,
        UUID subjectId,
        String subjectCode,
        Map<String, Object> data,
        Optional<Object> before,
        Optional<Object> after) {
    private static final Set<String> CHANGING_ACCESS = Set.of(
            "account.changed",
            "account.disabled",
            "account.factor_added",
            "account.factor_removed",
            "account.password_set",
            "account.removed",
            "client.revoked",
            "composition.opened",
            "composition.shared",
            "composition.transferred",
            "composition.unshared",
            "identity_provider.changed",
            "identity_provider.deleted",
            "login_policy.changed",
            "pipeline.revoked",
            "role.changed",
            "session.ended",
            "signing_key.retired",
            "team.deleted",
            "team.member_added",
            "team.member_removed",
            "tenant.bounded",
            "tenant.deleted",
            "tenant.resumed",
            "tenant.suspended",
            "token.revoked");

    /** After which somebody may do nothing that they could not do before; also of a tenant that is being deleted. */
    private static final Set<String> ONLY_TAKING_ACCESS = Set.of(
            "account.disabled",
            "account.password_set",
            "account.removed",
            "client.revoked",
            "pipeline.revoked",
            "session.ended",
            "token.revoked");

    public Mutation {
        if (!EventDocument.TYPES.contains(type)) {
            throw new IllegalArgumentException(type + " is not among the types of events that clients know");
        }
    }

    /** Whether all that it does is to keep somebody out. */
    boolean onlyTakesAccess() {
        return ONLY_TAKING_ACCESS.contains(type);
    }

    /** Whether somebody can do other things from now on than nodes may remember. */
    boolean changesAccess() {
        return CHANGING_ACCESS.contains(type);
    }
}
