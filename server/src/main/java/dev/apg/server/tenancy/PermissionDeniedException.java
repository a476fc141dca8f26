package dev.apg.server.tenancy;

import dev.apg.contract.ProblemDocument.FieldError;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The actor's role does not allow the action, its scopes leave it out, or somebody else owns what it is about; the message names
 * what it needs and what it has.
 */
public final class PermissionDeniedException extends RuntimeException {
    private final Permission permission;
    private final transient List<FieldError> errors;

    PermissionDeniedException(Permission permission, Actor actor) {
        super("this needs %s; %s"
                .formatted(
                        permission.wire(),
                        actor.role().permits(permission)
                                ? "the role %s has it, but the scopes of %s leave only %s"
                                        .formatted(actor.role().wire(), actor.name(), permitted(actor))
                                : "the role %s has %s".formatted(actor.role().wire(), permitted(actor))));
        this.permission = permission;
        this.errors = List.of();
    }

    private PermissionDeniedException(Permission permission, List<FieldError> errors, String message) {
        super(message, null, false, false);
        this.permission = permission;
        this.errors = List.copyOf(errors);
    }

    /** Whatever the role may do. */
    static PermissionDeniedException beyondScopes(Permission permission, Actor actor) {
        return because(
                permission,
                List.of(),
                "this needs the scope %s; the scopes of %s leave only %s"
                        .formatted(permission.wire(), actor.name(), permitted(actor)));
    }

    /** Where more than the role has a say. */
    public static PermissionDeniedException because(Permission permission, List<FieldError> errors, String message) {
        return new PermissionDeniedException(permission, errors, message);
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

    /** What of the request was refused, if it was about several things. */
    public List<FieldError> errors() {
        return errors;
    }
}
