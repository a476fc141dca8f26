package dev.apg.server.tenancy;

/** The actor's role does not allow the action; the message names the permission and the role. */
public final class PermissionDeniedException extends RuntimeException {
    private final Permission permission;

    PermissionDeniedException(Permission permission, Role role) {
        super("this needs the permission %s, which the role %s does not have"
                .formatted(permission.wire(), role.wire()));
        this.permission = permission;
    }

    public Permission permission() {
        return permission;
    }
}
