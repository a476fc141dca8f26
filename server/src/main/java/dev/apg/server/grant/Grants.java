package dev.apg.server.grant;

import dev.apg.contract.team.GrantList;
import dev.apg.contract.team.Level;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Mutation;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.Rejection;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Gives and takes grants. Every method runs inside a transaction of the tenant; whoever changes something has locked the thing, so
 * that a guard does not change between a decision and what was decided.
 */
@Component
public class Grants {
    /** On one thing. */
    static final int MOST = 100;

    private final GrantRepository repository;
    private final Grantees grantees;

    Grants(GrantRepository repository, Grantees grantees) {
        this.repository = repository;
        this.grantees = grantees;
    }

    /** By id; what is open is left out. */
    public Map<UUID, Guard> guards(UUID tenantId, Subject.Kind kind, Collection<UUID> subjects) {
        return subjects.isEmpty() ? Map.of() : repository.guards(tenantId, kind, subjects);
    }

    public Guard guard(UUID tenantId, Subject subject) {
        return repository
                .guards(tenantId, subject.kind(), List.of(subject.id()))
                .getOrDefault(subject.id(), Guard.OPEN);
    }

    public GrantList list(TenantContext context, Subject subject) {
        Guard guard = guard(context.tenantId(), subject);
        Set<Grantee> present = grantees.present(
                context.tenantId(), guard.grants().stream().map(Grant::grantee).toList());
        List<GrantList.Grant> items = guard.grants().stream()
                .sorted(Comparator.comparing(Grant::level).reversed().thenComparing(Grant::name))
                .map(grant -> wire(grant, present))
                .toList();
        boolean owned = guard.owning().stream().anyMatch(grant -> present.contains(grant.grantee()));
        return new GrantList(!guard.isOpen(), !guard.isOpen() && !owned, items, null, items.size());
    }

    private static GrantList.Grant wire(Grant grant, Set<Grantee> present) {
        Grantee grantee = grant.grantee();
        return new GrantList.Grant(
                grantee.kind().wire() + ":" + (grantee.kind() == Grantee.Kind.TEAM ? grant.name() : grantee.id()),
                grant.name(),
                grant.level(),
                !present.contains(grantee));
    }

    /**
     * Whom something that is being made shall belong to: the maker, one of its teams, or, for those who pass every guard, anybody.
     *
     * @throws Rejection 422 {@code grantee.unknown}
     */
    public Grant firstOwner(TenantContext context, Subject.Kind kind, String text) {
        Grantees.Named named = grantees.find(context, "owned_by", text);
        if (!context.actor().is(named.grantee().id())) {
            context.require(kind.passing());
        }
        return new Grant(named.grantee(), named.name(), Level.OWN);
    }

    /** Guards something that was just made. */
    public void guard(TenantContext context, Journal journal, Subject subject, Grant owner) {
        repository.put(context.tenantId(), subject, owner);
        record(context, journal, subject, "transferred", Guard.OPEN, new Guard(List.of(owner)));
    }

    /**
     * Gives it to a new owner; those before have nothing of it any more.
     *
     * @return the guard that it has afterwards
     */
    public Guard transfer(TenantContext context, Journal journal, Subject subject, String to) {
        UUID tenantId = context.tenantId();
        Guard before = guard(tenantId, subject);
        Access.requireOwner(context, subject, before);
        Grantees.Named named = grantees.find(context, "owned_by", to);
        before.owning().stream()
                .map(grant -> grant.grantee().id())
                .filter(id -> !id.equals(named.grantee().id()))
                .forEach(id -> repository.remove(tenantId, subject, id));
        repository.put(tenantId, subject, new Grant(named.grantee(), named.name(), Level.OWN));
        return changed(context, journal, subject, "transferred", before);
    }

    /**
     * Lets somebody else do something with it.
     *
     * @throws Rejection 409 {@code grant.open}, {@code grant.last_owner} or {@code grant.too_many}; 422 {@code grant.level}
     */
    public Guard give(TenantContext context, Journal journal, Subject subject, String to, Level level) {
        UUID tenantId = context.tenantId();
        Guard before = guard(tenantId, subject);
        Access.requireOwner(context, subject, before);
        if (!subject.kind().levels().contains(level)) {
            throw Rejection.invalid(
                    "grant.level",
                    "level",
                    level.wire(),
                    subject.kind().levels().stream().map(Level::wire).collect(Collectors.joining(" or "))
                            + ", as everybody reads the catalogue");
        }
        requireGuarded(subject, before);
        Grantees.Named named = grantees.find(context, "grantee", to);
        if (level != Level.OWN) {
            requireOtherOwner(subject, before, named.grantee().id());
        }
        repository.put(tenantId, subject, new Grant(named.grantee(), named.name(), level));
        Guard after = changed(context, journal, subject, "shared", before);
        if (after.grants().size() > MOST) {
            throw Rejection.conflict(
                    "grant.too_many",
                    "%s would have %d grants (expected: at most %d; a team is one)"
                            .formatted(subject.code(), after.grants().size(), MOST));
        }
        return after;
    }

    /** @throws Rejection 404 {@code grant.not_found}; 409 {@code grant.last_owner} */
    public Guard take(TenantContext context, Journal journal, Subject subject, String from) {
        UUID tenantId = context.tenantId();
        Guard before = guard(tenantId, subject);
        Access.requireOwner(context, subject, before);
        UUID id = before.grants().stream()
                .filter(each -> wire(each, Set.of()).grantee().equals(from))
                .findFirst()
                .orElseThrow(() -> Rejection.notFound(
                        "grant", from, "one of %s, as their list gives them".formatted(subject.code())))
                .grantee()
                .id();
        requireOtherOwner(subject, before, id);
        repository.remove(tenantId, subject, id);
        return changed(context, journal, subject, "unshared", before);
    }

    /** Lets everybody of the tenant do with it what their role permits. */
    public Guard open(TenantContext context, Journal journal, Subject subject) {
        UUID tenantId = context.tenantId();
        Guard before = guard(tenantId, subject);
        Access.requireOwner(context, subject, before);
        before.grants()
                .forEach(grant ->
                        repository.remove(tenantId, subject, grant.grantee().id()));
        return changed(context, journal, subject, "opened", before);
    }

    private static void requireGuarded(Subject subject, Guard guard) {
        if (guard.isOpen()) {
            throw Rejection.conflict(
                    "grant.open",
                    "%s is open to the whole tenant (expected: a %s that somebody owns: give it an owner first)"
                            .formatted(subject.code(), subject.kind().word()));
        }
    }

    private static void requireOtherOwner(Subject subject, Guard guard, UUID granteeId) {
        List<Grant> owning = guard.owning();
        if (owning.size() == 1 && owning.getFirst().grantee().id().equals(granteeId)) {
            throw Rejection.conflict(
                    "grant.last_owner",
                    "%s is the last owner of %s (expected: one of several; transfer it, or open it to all)"
                            .formatted(owning.getFirst().told(), subject.code()));
        }
    }

    private Guard changed(TenantContext context, Journal journal, Subject subject, String what, Guard before) {
        Guard after = guard(context.tenantId(), subject);
        if (!after.equals(before)) {
            record(context, journal, subject, what, before, after);
        }
        return after;
    }

    private static void record(
            TenantContext by, Journal journal, Subject subject, String what, Guard before, Guard after) {
        journal.record(
                by,
                new Mutation(
                        subject.kind().word() + "." + what,
                        subject.kind().word(),
                        subject.id(),
                        subject.code(),
                        after.isOpen() ? Map.of() : Map.of("owner", after.ownerNames()),
                        Optional.of(state(before)),
                        Optional.of(state(after))));
    }

    /** By grantee its level, as the audit log keeps it. */
    private static Map<String, Object> state(Guard guard) {
        Map<String, Object> state = new TreeMap<>();
        guard.grants()
                .forEach(grant -> state.put(
                        grant.grantee().kind().wire() + ":" + grant.grantee().id(),
                        Map.of("name", grant.name(), "level", grant.level().wire())));
        return state;
    }
}
