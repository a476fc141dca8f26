package dev.apg.server.grant;

import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.team.Level;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.PermissionDeniedException;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The one place that decides what somebody may do with one thing. What no grant and no permission gives is denied. */
public final class Access {
    /** Things of others that a refusal names. */
    private static final int MOST_NAMED = 1_000;

    private Access() {}

    /** Whether the actor may do as much as the level says, if its role permits it. */
    public static boolean allows(Actor actor, Subject.Kind kind, Guard guard, Level level) {
        return guard.isOpen()
                || actor.permits(kind.passing())
                || guard.level(actor)
                        .filter(given -> given.compareTo(level) >= 0)
                        .isPresent();
    }

    /** @throws PermissionDeniedException if the role lacks the permission, or the thing is somebody else's */
    public static void require(
            TenantContext context, Permission permission, Subject subject, Guard guard, Level level) {
        context.require(permission);
        Optional<PermissionDeniedException> denial = denial(context, permission, Map.of(subject, guard), level);
        if (denial.isPresent()) {
            throw denial.get();
        }
    }

    /** Of several things that are changed together; empty if all of them may be, by an actor that has the permission. */
    public static Optional<PermissionDeniedException> denial(
            TenantContext context, Permission permission, Map<Subject, Guard> guards, Level level) {
        List<Map.Entry<Subject, Guard>> others = guards.entrySet().stream()
                .filter(each -> !allows(context.actor(), each.getKey().kind(), each.getValue(), level))
                .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        // Of one thing the sentence says it all.
        List<FieldError> errors = others.stream()
                .filter(each -> others.size() > 1)
                .limit(MOST_NAMED)
                .map(each -> Rejection.at(
                        each.getKey().kind().word(),
                        each.getKey().code(),
                        "one that nobody owns, or that you have a grant on; %s owns this one"
                                .formatted(each.getValue().owners()),
                        "permission.denied"))
                .toList();
        Map.Entry<Subject, Guard> first = others.getFirst();
        String more = others.size() == 1 ? "" : "; and %d more are others', too".formatted(others.size() - 1);
        return Optional.of(PermissionDeniedException.because(
                permission,
                errors,
                refusal(context.actor(), permission, first.getKey(), first.getValue(), level) + more));
    }

    /**
     * Of what is registered together, what the actor may not register whoever owns it; empty if there is no such bound.
     *
     * @param services that no version of these capabilities provides
     */
    public static Optional<PermissionDeniedException> beyondReach(
            TenantContext context, Permission permission, List<String> capabilities, List<String> services) {
        Actor actor = context.actor();
        return actor.reach()
                .flatMap(reach -> Stream.concat(
                                capabilities.stream().filter(capability -> !reach.covers(capability)),
                                services.stream().map("the service "::concat))
                        .findFirst()
                        .map(beyond -> PermissionDeniedException.because(
                                permission,
                                List.of(),
                                "this needs %s on %s; %s has it on %s only"
                                        .formatted(permission.wire(), beyond, actor.name(), reach))));
    }

    /** To say who else may do something with it, or to give it away; what is open has nobody who could but administrators. */
    static void requireOwner(TenantContext context, Subject subject, Guard guard) {
        Permission sharing = subject.kind().sharing();
        context.require(sharing);
        if (guard.isOpen()) {
            context.require(subject.kind().passing());
        } else {
            require(context, sharing, subject, guard, Level.OWN);
        }
    }

    private static String refusal(Actor actor, Permission permission, Subject subject, Guard guard, Level needed) {
        Optional<Level> given = guard.level(actor);
        return "this needs %s on %s, which %s owns; you have %s, but %s"
                .formatted(
                        permission.wire(),
                        subject.code(),
                        guard.owners(),
                        permission.wire(),
                        given.map(level -> "only the grant %s on %s, and this needs %s"
                                        .formatted(level.wire(), subject.code(), needed.wire()))
                                .orElse("no grant on " + subject.code()));
    }
}
