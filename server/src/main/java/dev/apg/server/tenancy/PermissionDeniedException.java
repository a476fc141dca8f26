package dev.apg.server.tenancy;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The actor's role does not allow the action, or its scopes leave it out; the message names what it needs and what it has. */
public final class PermissionDeniedException extends RuntimeException {
    private final Permission permission;

    PermissionDeniedException(Permission permission, Actor actor) {
        super("this needs %s; %s"
                .formatted(
                        permission.wire(),
                        actor.role().permits(permission)
                                ? "the role %s has it, but the scopes of %s leave only %s"
                                        .formatted(actor.role().wire(), actor.name(), permitted(actor))
                                : "the role %s has %s".formatted(actor.role().wire(), permitted(actor))));
        this.permission = permission;
    }

    private static String permitted(Actor actor) {
        return Arrays.stream(Permission.values())
                .filter(actor::permits)
                .map(Permission::wire)
                .collect(Collectors.joining(", "));
    }

    public Permission permission() {
        return permission;
    }
}
