package dev.apg.server.role;

import dev.apg.server.event.Journal;
import dev.apg.server.tenancy.Role;
import java.util.UUID;

/** Told inside the write that changes what a role of a tenant's own may do, for whoever keeps what has roles. */
public record RoleRewritten(Journal journal, UUID tenantId, Role before, Role after) {}
