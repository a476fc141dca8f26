package dev.apg.server.account;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What accounts need to know of the identity providers of their tenant, which are kept elsewhere; inside a transaction of the tenant. */
public interface KnownProviders {
    /** Those that are not disabled. */
    Set<UUID> open(UUID tenantId);

    /** By which edition of its rules one lets people in, if it does. */
    Optional<Long> edition(UUID tenantId, UUID providerId);

    /** The same; whoever wants to change or delete it waits until the transaction ends. */
    Optional<Long> hold(UUID tenantId, UUID providerId);
}
