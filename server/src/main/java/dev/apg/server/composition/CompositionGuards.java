package dev.apg.server.composition;

import dev.apg.contract.event.EventDocument;
import dev.apg.contract.team.Level;
import dev.apg.server.event.EventReading;
import dev.apg.server.grant.Access;
import dev.apg.server.grant.Grants;
import dev.apg.server.grant.Guard;
import dev.apg.server.grant.Subject;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.PermissionDeniedException;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What guards compositions; inside a transaction that has locked the one that is changed. */
@Component
class CompositionGuards {
    private static final Set<String> KINDS = Set.of("composition", "revision");

    private final Grants grants;
    private final CompositionRepository compositions;

    CompositionGuards(Grants grants, CompositionRepository compositions) {
        this.grants = grants;
        this.compositions = compositions;
    }

    /**
     * @throws Rejection 404, if the caller may not even read it: as if it were not there
     * @throws PermissionDeniedException if the caller may read it, and no more
     */
    void require(TenantContext context, Permission permission, UUID id, String code, Level level) {
        Subject subject = subject(id, code);
        Guard guard = grants.guard(context.tenantId(), subject);
        if (!Access.allows(context.actor(), Subject.Kind.COMPOSITION, guard, Level.READ)) {
            throw unknown(context, code);
        }
        Access.require(context, permission, subject, guard, level);
    }

    /** Refuses a code that no composition has which the caller may read, with the one that was probably meant. */
    Rejection unknown(TenantContext context, String code) {
        return Rejection.notFound(
                "composition",
                code,
                compositions.near(context.tenantId(), Reader.of(context), DraftSyntax.lower(code)));
    }

    /** Those of the compositions that the caller may read; also of ones that were deleted. */
    Set<UUID> readable(TenantContext context, Set<UUID> some) {
        Set<UUID> hidden = hidden(context, some);
        return some.stream().filter(id -> !hidden.contains(id)).collect(Collectors.toSet());
    }

    private Set<UUID> hidden(TenantContext context, Set<UUID> some) {
        Map<UUID, Guard> guards = grants.guards(context.tenantId(), Subject.Kind.COMPOSITION, some);
        return guards.entrySet().stream()
                .filter(each -> !Access.allows(context.actor(), Subject.Kind.COMPOSITION, each.getValue(), Level.READ))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @EventListener
    void veil(EventReading reading) {
        List<EventDocument> about = reading.events().stream()
                .filter(event -> KINDS.contains(event.subjectKind()))
                .toList();
        if (reading.reader().actor().permits(Permission.COMPOSITION_READ)) {
            reading.hide(hidden(
                    reading.reader(),
                    about.stream().map(EventDocument::subjectId).collect(Collectors.toSet())));
        } else {
            reading.hide(about.stream().map(EventDocument::subjectId).toList());
        }
    }

    static Subject subject(UUID id, String code) {
        return new Subject(Subject.Kind.COMPOSITION, id, code);
    }
}
