package dev.apg.server.tenancy;

import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * Who acts: a person or a machine.
 *
 * @param id of the account, token or client
 * @param name as people know it; shown in audit entries and events
 * @param scopes what the actor was left with of what the role may do
 */
public record Actor(UUID id, ActorKind kind, String name, Role role, Set<Permission> scopes) {
    private static final Set<Permission> EVERYTHING = Set.copyOf(EnumSet.allOf(Permission.class));

    public Actor {
        scopes = Set.copyOf(scopes);
    }

    /** With all that the role may do. */
    public Actor(UUID id, ActorKind kind, String name, Role role) {
        this(id, kind, name, role, EVERYTHING);
    }

    public boolean permits(Permission permission) {
        return role.permits(permission) && scopes.contains(permission);
    }
}
