package dev.apg.server.tenancy;

import java.util.UUID;

/** What a tenant may do is another than before; published on the node that changed it. */
public record TenantChanged(UUID tenantId) {}
