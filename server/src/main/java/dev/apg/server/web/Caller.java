package dev.apg.server.web;

import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.ActorKind;
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

    /** How somebody is called who has not proven who they are. */
    public static final String UNPROVEN = "anonymous";

    private static final UUID NOBODY = new UUID(0, 0);

    public Caller(UUID tenantId, Actor actor) {
        super(List.of());
        this.tenantId = tenantId;
        this.actor = actor;
        setAuthenticated(true);
    }

    /** Somebody at the door of a tenant, who may do nothing. */
    public static Caller unproven(UUID tenantId) {
        return new Caller(tenantId, new Actor(NOBODY, ActorKind.STRANGER, UNPROVEN, Role.OBSERVER, Set.of(), Set.of()));
    }

    /** In whose name a request goes on, once that is known. */
    public TenantContext context(HttpServletRequest request) {
        return new TenantContext(
                tenantId, actor, RequestIds.of(request), Optional.of(request.getRemoteAddr()), Optional.empty());
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
