package dev.apg.server.tenancy;

import static dev.apg.server.tenancy.Permission.*;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What kind of work somebody does in a tenant, and so what they may do.
 *
 * @param wire the spelling on the wire and in the database
 */
public record Role(String wire, Set<Permission> permissions) {
    public static final Role TENANT_ADMINISTRATOR =
            new Role("tenant_administrator", EnumSet.complementOf(EnumSet.of(PLATFORM_ADMINISTER)));
    public static final Role REGISTRY_ADMINISTRATOR = of(
            "registry_administrator",
            CATALOG_READ,
            CAPABILITY_PUBLISH,
            CAPABILITY_EDIT,
            CAPABILITY_PURGE,
            CAPABILITY_ADMINISTER,
            COMPOSITION_READ,
            AUDIT_READ);
    public static final Role CAPABILITY_DEVELOPER =
            of("capability_developer", CATALOG_READ, CAPABILITY_PUBLISH, CAPABILITY_EDIT, COMPOSITION_READ);
    public static final Role COMPOSITION_DESIGNER =
            of("composition_designer", CATALOG_READ, COMPOSITION_READ, COMPOSITION_EDIT, COMPOSITION_FREEZE);
    public static final Role BUSINESS_ANALYST = of("business_analyst", CATALOG_READ, COMPOSITION_READ);
    public static final Role OBSERVER = of("observer", CATALOG_READ, COMPOSITION_READ);

    /** Whoever runs the installation: makes and ends tenants, and exports one as a whole. Not to be given to a token. */
    public static final Role PLATFORM = of("platform", PLATFORM_ADMINISTER, TOKEN_ADMINISTER);

    /** Those that every tenant has; it may make more of its own. */
    public static final List<Role> OF_TENANTS = List.of(
            TENANT_ADMINISTRATOR,
            REGISTRY_ADMINISTRATOR,
            CAPABILITY_DEVELOPER,
            COMPOSITION_DESIGNER,
            BUSINESS_ANALYST,
            OBSERVER);

    public Role {
        permissions = Set.copyOf(permissions);
    }

    private static Role of(String wire, Permission... permissions) {
        return new Role(wire, Set.of(permissions));
    }

    /** As the database keeps it; permissions that this release does not know give nothing. */
    public static Role stored(String wire, Collection<String> permissions) {
        return new Role(
                wire,
                permissions.stream()
                        .flatMap(permission -> Permission.parse(permission).stream())
                        .collect(Collectors.toSet()));
    }

    public boolean permits(Permission permission) {
        return permissions.contains(permission);
    }

    /** What it may do, in the order in which permissions are declared and shown. */
    public List<Permission> permitted() {
        return Arrays.stream(Permission.values()).filter(this::permits).toList();
    }

    /** One of those that every tenant has. */
    public static Optional<Role> parse(String wire) {
        return OF_TENANTS.stream().filter(role -> role.wire().equals(wire)).findFirst();
    }
}
