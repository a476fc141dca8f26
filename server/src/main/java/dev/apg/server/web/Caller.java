package dev.apg.server.web;

import dev.apg.server.tenancy.Actor;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Who is asking, once that is proven; from here the edge makes the {@code TenantContext} of a request. */
public final class Caller extends AbstractAuthenticationToken {
    private final UUID tenantId;
    private final transient Actor actor;

    public Caller(UUID tenantId, Actor actor) {
        super(List.of());
        this.tenantId = tenantId;
        this.actor = actor;
        setAuthenticated(true);
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
