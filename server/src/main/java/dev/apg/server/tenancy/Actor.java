package dev.apg.server.tenancy;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who acts: a person or a machine.
 *
 * @param id of the account, token, client or pipeline
 * @param name as people know it; shown in audit entries and events
 * @param scopes what the actor was left with of what the role may do
 * @param teams ids of those that the actor belongs to
 * @param reach which capabilities the actor may publish; empty: all that the rest leaves
 */
public record Actor(
        UUID id,
        ActorKind kind,
        String name,
        Role role,
        Set<Permission> scopes,
        Set<UUID> teams,
        Optional<Reach> reach) {
    /** Scopes that leave all that the role may do. */
    public static final Set<Permission> EVERYTHING = Set.copyOf(EnumSet.allOf(Permission.class));

    public Actor {
        scopes = Set.copyOf(scopes);
        teams = Set.copyOf(teams);
    }

    /** Who may publish all that the role, the scopes and the grants leave. */
    public Actor(UUID id, ActorKind kind, String name, Role role, Set<Permission> scopes, Set<UUID> teams) {
        this(id, kind, name, role, scopes, teams, Optional.empty());
    }

    /** With all that the role may do, and of no team. */
    public Actor(UUID id, ActorKind kind, String name, Role role) {
        this(id, kind, name, role, EVERYTHING, Set.of());
    }

    public boolean permits(Permission permission) {
        return role.permits(permission) && scopes.contains(permission);
    }

    /** Whether nothing that decides what the actor may do is another in this one. */
    public boolean mayTheSameAs(Actor other) {
        return id.equals(other.id)
                && kind == other.kind
                && role.equals(other.role)
                && scopes.equals(other.scopes)
                && teams.equals(other.teams)
                && reach.equals(other.reach);
    }

    /** Whether this is the actor's id, or that of one of its teams. */
    public boolean is(UUID member) {
        return id.equals(member) || teams.contains(member);
    }
}
