package dev.apg.server.tenancy;

/** The actor's role does not allow the action, or its scopes leave it out; the message names which, and the permission. */
public final class PermissionDeniedException extends RuntimeException {
    private final Permission permission;

    PermissionDeniedException(Permission permission, Actor actor) {
        super(
                actor.role().permits(permission)
                        ? "this needs the permission %s, which the role %s has, but the scopes of %s leave out"
                                .formatted(permission.wire(), actor.role().wire(), actor.name())
                        : "this needs the permission %s, which the role %s does not have"
                                .formatted(permission.wire(), actor.role().wire()));
        this.permission = permission;
    }

    public Permission permission() {
        return permission;
    }
}
