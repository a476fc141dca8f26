package dev.apg.server.role;

import dev.apg.contract.account.RoleDetail;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.Role;
import java.util.Map;
import java.util.Objects;

/** How the roles that every tenant has are shown. */
final class BuiltInRoles {
    private static final Map<String, String> DESCRIPTIONS = Map.of(
            Role.TENANT_ADMINISTRATOR.wire(), "everything in the tenant",
            Role.REGISTRY_ADMINISTRATOR.wire(), "keeps the catalogue in order",
            Role.CAPABILITY_DEVELOPER.wire(), "publishes capabilities",
            Role.COMPOSITION_DESIGNER.wire(), "composes applications",
            Role.BUSINESS_ANALYST.wire(), "reads, and asks what a change would mean",
            Role.OBSERVER.wire(), "reads");

    private BuiltInRoles() {}

    static RoleDetail detail(Role role) {
        return new RoleDetail(
                role.wire(),
                Objects.requireNonNull(DESCRIPTIONS.get(role.wire())),
                role.permitted().stream().map(Permission::wire).toList(),
                true,
                null,
                null);
    }
}
