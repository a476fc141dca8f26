package dev.apg.server.web;

import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.tenancy.Judgement;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Who is asking, once that is proven; from here the edge makes the {@code TenantContext} of a request. */
public final class Caller extends AbstractAuthenticationToken {
    private final UUID tenantId;
    private final transient Actor actor;
    private final transient Judgement judgement;

    /** How somebody is called who has not proven who they are. */
    public static final String UNPROVEN = "anonymous";

    private static final UUID NOBODY = new UUID(0, 0);

    public Caller(UUID tenantId, Actor actor, Judgement judgement) {
        super(List.of());
        this.tenantId = tenantId;
        this.actor = actor;
        this.judgement = judgement;
        setAuthenticated(true);
    }

    /** Somebody who is let in by what the request itself shows. */
    public Caller(UUID tenantId, Actor actor) {
        this(tenantId, actor, Judgement.lasting(actor));
    }

    /** Somebody at the door of a tenant, who may do nothing. */
    public static Caller unproven(UUID tenantId) {
        return new Caller(tenantId, new Actor(NOBODY, ActorKind.STRANGER, UNPROVEN, Role.OBSERVER, Set.of(), Set.of()));
    }

    /** In whose name a request goes on, once that is known. */
    public TenantContext context(HttpServletRequest request) {
        return context(request, Optional.empty());
    }

    /** @param minimum the cursor that the answer must at least include */
    TenantContext context(HttpServletRequest request, Optional<Cursor> minimum) {
        return new TenantContext(
                tenantId, actor, RequestIds.of(request), Optional.of(request.getRemoteAddr()), minimum, judgement);
    }

    /**
     * Of somebody who was found out about again.
     *
     * @throws Rejection 409 {@code access.changed}, if they may do other things now than what the request was judged by
     */
    public static void requireUnchanged(Actor judged, Actor now) {
        if (!now.mayTheSameAs(judged)) {
            throw Rejection.conflict(
                    "access.changed",
                    "What %s may do was changed before the request was complete; nothing was written (expected: to be sent again, by what holds now)."
                            .formatted(judged.name()));
        }
    }

    public UUID tenantId() {
        return tenantId;
    }

    public Actor actor() {
        return actor;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return actor;
    }

    @Override
    public String getName() {
        return actor.name();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Caller caller && caller.tenantId.equals(tenantId) && caller.actor.equals(actor);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenantId, actor);
    }
}
