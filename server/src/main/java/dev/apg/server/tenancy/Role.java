package dev.apg.server.tenancy;

import static dev.apg.server.tenancy.Permission.*;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What kind of work somebody does in a tenant, and so what they may do. */
public enum Role {
    TENANT_ADMINISTRATOR(EnumSet.complementOf(EnumSet.of(PLATFORM_ADMINISTER))),
    REGISTRY_ADMINISTRATOR(EnumSet.of(
            CATALOG_READ, CAPABILITY_PUBLISH, CAPABILITY_EDIT, CAPABILITY_PURGE, COMPOSITION_READ, AUDIT_READ)),
    CAPABILITY_DEVELOPER(EnumSet.of(CATALOG_READ, CAPABILITY_PUBLISH, CAPABILITY_EDIT, COMPOSITION_READ)),
    COMPOSITION_DESIGNER(EnumSet.of(CATALOG_READ, COMPOSITION_READ, COMPOSITION_EDIT, COMPOSITION_FREEZE)),
    BUSINESS_ANALYST(EnumSet.of(CATALOG_READ, COMPOSITION_READ)),
    OBSERVER(EnumSet.of(CATALOG_READ, COMPOSITION_READ)),

    /** Whoever runs the installation: makes and ends tenants, and sees nothing of what they have. Not to be given to a token. */
    PLATFORM(EnumSet.of(PLATFORM_ADMINISTER, TOKEN_ADMINISTER));

    /** Those that a token may have. */
    public static final List<Role> OF_TENANTS =
            Arrays.stream(values()).filter(role -> role != PLATFORM).toList();

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = permissions;
    }

    public boolean permits(Permission permission) {
        return permissions.contains(permission);
    }

    /** The spelling on the wire and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> parse(String wire) {
        return OF_TENANTS.stream().filter(role -> role.wire().equals(wire)).findFirst();
    }
}
