package dev.apg.server.role;

import dev.apg.contract.account.RoleDetail;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.Role;
import java.time.Instant;
import java.util.UUID;

/**
 * A role that a tenant made.
 *
 * @param edition counts the changes; its entity tag
 */
record RoleRow(UUID id, Role role, String description, long edition, Instant createdAt, Instant updatedAt) {
    RoleDetail detail() {
        return new RoleDetail(
                role.wire(),
                description,
                role.permitted().stream().map(Permission::wire).toList(),
                false,
                createdAt,
                updatedAt);
    }
}
