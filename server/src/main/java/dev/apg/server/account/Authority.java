package dev.apg.server.account;

import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.PermissionDeniedException;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.Rejection;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a person or a machine may do: what the role may, as far as the scopes leave it of what they came in with.
 *
 * @param scopes empty: all that the role may, also what it may do one day
 */
record Authority(Role role, Optional<Set<Permission>> scopes) {
    private static final Set<Permission> EVERYTHING = Set.copyOf(EnumSet.allOf(Permission.class));

    /** A scope of whoever maintains a team, whatever their role may do. */
    private static final Permission OF_MAINTAINERS = Permission.TEAM_ADMINISTER;

    Authority {
        scopes = scopes.map(Set::copyOf);
    }

    /**
     * As a request asks for it.
     *
     * @throws Rejection 422 {@code scope.unknown}; 422 {@code scope.beyond_role}, for a scope that the role does not have, and that maintainers
     *     of teams do not need
     */
    static Authority requested(Role role, @Nullable List<String> scopes) {
        if (scopes == null) {
            return new Authority(role, Optional.empty());
        }
        var permissions = EnumSet.noneOf(Permission.class);
        for (int i = 0; i < scopes.size(); i++) {
            String field = "scopes[%d]".formatted(i);
            String scope = scopes.get(i);
            Permission permission = Permission.parse(scope)
                    .orElseThrow(() -> Rejection.invalid(
                            "scope.unknown", field, scope, "one of " + wire(Arrays.stream(Permission.values()))));
            if (!role.permits(permission) && permission != OF_MAINTAINERS) {
                throw Rejection.invalid(
                        "scope.beyond_role",
                        field,
                        scope,
                        "what the role %s may do: %s"
                                .formatted(
                                        role.wire(),
                                        wire(Arrays.stream(Permission.values()).filter(role::permits))));
            }
            permissions.add(permission);
        }
        return new Authority(role, Optional.of(permissions));
    }

    /** All that a role may do. */
    static Authority all(Role role) {
        return new Authority(role, Optional.empty());
    }

    /** Whether a machine, as the database keeps it, may do all that tenant administrators may. */
    static boolean isOfAdministrator(String role, @Nullable List<String> scopes) {
        return role.equals(Role.TENANT_ADMINISTRATOR.wire()) && scopes == null;
    }

    /** As the database keeps it; scopes that this release does not know give nothing. */
    static Authority stored(Role role, @Nullable List<String> scopes) {
        return new Authority(
                role,
                Optional.ofNullable(scopes)
                        .map(given -> given.stream()
                                .flatMap(scope -> Permission.parse(scope).stream())
                                .collect(Collectors.toUnmodifiableSet())));
    }

    /** What the role's permissions are cut down to. */
    Set<Permission> bound() {
        return scopes.orElse(EVERYTHING);
    }

    boolean permits(Permission permission) {
        return role.permits(permission) && bound().contains(permission);
    }

    /** Whether an access token may be good for it: for what is permitted, and for what maintainers of teams need. */
    boolean admits(Permission permission) {
        return permits(permission) || permission == OF_MAINTAINERS && bound().contains(permission);
    }

    /** What both this one and the other leave. */
    Authority within(Authority limit) {
        return new Authority(
                role,
                Optional.of(bound().stream().filter(limit.bound()::contains).collect(Collectors.toUnmodifiableSet())));
    }

    /** As the wire and the database have it; null: all that the role may. */
    @Nullable
    List<String> wireScopes() {
        return scopes.map(some -> some.stream().sorted().map(Permission::wire).toList())
                .orElse(null);
    }

    /**
     * Nobody gives away more than they may do themselves: a token with few scopes would else make one with all. But the
     * platform, which may do nothing in a tenant, makes its first administrator.
     *
     * @throws PermissionDeniedException naming the first permission that the giver does not have
     */
    void requireOf(TenantContext giver) {
        if (!giver.actor().role().equals(Role.PLATFORM)) {
            Arrays.stream(Permission.values()).filter(this::permits).forEach(giver::require);
        }
    }

    private static String wire(Stream<Permission> permissions) {
        return permissions.map(Permission::wire).collect(Collectors.joining(", "));
    }
}
