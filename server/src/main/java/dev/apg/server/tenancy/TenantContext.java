package dev.apg.server.tenancy;

import java.util.Optional;
import java.util.UUID;

/**
 * In whose name and for which tenant something happens; handed explicitly to every call below the edge.
 *
 * @param requestId also in logs, audit entries, events and problems
 * @param address of the client, if the request came over the network
 * @param minimum the cursor that an answer must at least include ({@code X-APG-Min-Seq})
 * @param judgement when it was found out what the actor may do
 */
public record TenantContext(
        UUID tenantId,
        Actor actor,
        String requestId,
        Optional<String> address,
        Optional<Cursor> minimum,
        Judgement judgement) {

    /** In the name of an actor that nothing can make another. */
    public TenantContext(
            UUID tenantId, Actor actor, String requestId, Optional<String> address, Optional<Cursor> minimum) {
        this(tenantId, actor, requestId, address, minimum, Judgement.lasting(actor));
    }

    /**
     * @throws PermissionDeniedException if the actor's role lacks the permission, or its scopes leave it out
     */
    public void require(Permission permission) {
        if (!actor.permits(permission)) {
            throw new PermissionDeniedException(permission, actor);
        }
    }

    /**
     * For what somebody may do without the permission, because of what they belong to: what they came in with must at least not
     * leave it out.
     *
     * @throws PermissionDeniedException if the actor's scopes leave the permission out
     */
    public void requireScope(Permission permission) {
        if (!actor.scopes().contains(permission)) {
            throw PermissionDeniedException.beyondScopes(permission, actor);
        }
    }

    /** With a minimum that is no lower than this. */
    public TenantContext atLeast(Cursor cursor) {
        Cursor higher = minimum.filter(given -> given.compareTo(cursor) > 0).orElse(cursor);
        return new TenantContext(tenantId, actor, requestId, address, Optional.of(higher), judgement);
    }
}
