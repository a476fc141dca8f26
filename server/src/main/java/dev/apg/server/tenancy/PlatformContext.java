package dev.apg.server.tenancy;

import java.util.Optional;
import java.util.UUID;

/**
 * A request of whoever runs the installation: with the platform's key, and of no tenant.
 *
 * @param requestId also in logs, audit entries, events and problems
 * @param address of the client
 */
public record PlatformContext(String requestId, Optional<String> address) {
    /** Shown in the audit log of the tenant that is acted on. */
    public static final Actor ACTOR = new Actor(new UUID(0, 0), ActorKind.PLATFORM, "platform", Role.PLATFORM);

    /** To do something to a tenant. */
    public TenantContext of(UUID tenantId) {
        return new TenantContext(tenantId, ACTOR, requestId, address, Optional.empty());
    }
}
