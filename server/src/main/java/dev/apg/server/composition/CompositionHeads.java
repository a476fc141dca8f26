package dev.apg.server.composition;

import dev.apg.contract.composition.Explanation;
import dev.apg.contract.composition.Mark;
import dev.apg.contract.composition.Objective;
import dev.apg.contract.composition.Policy;
import dev.apg.resolver.Request;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** The newest revision of every composition, for questions about all of them. */
@Service
public class CompositionHeads {
    private final HeadRepository repository;
    private final HeadCache cache;
    private final TenantTransactions transactions;

    CompositionHeads(HeadRepository repository, HeadCache cache, TenantTransactions transactions) {
        this.repository = repository;
        this.cache = cache;
        this.transactions = transactions;
    }

    /** A composition that was frozen, and its newest revision. */
    public record Head(UUID compositionId, String code, int revision) {}

    /**
     * All compositions at one moment.
     *
     * @param cursor of that moment; a catalogue that is not older has every version that a lock has
     * @param frozen by code
     * @param unfrozen how many never were, of those that the caller may read
     * @param concerned the compositions that what was asked about may mean something for
     * @param hidden those that the caller may not read, and may learn nothing of but how many there are
     */
    public record All(Cursor cursor, List<Head> frozen, long unfrozen, Set<UUID> concerned, Set<UUID> hidden) {
        public All {
            hidden = Set.copyOf(hidden);
            frozen = List.copyOf(frozen);
            concerned = Set.copyOf(concerned);
        }
    }

    /**
     * Whom a question concerns: who has something in the lock.
     *
     * @param number only this version of the capability; empty for any
     * @param orMarked or a version of anything that not every policy accepts, so that the lock may not hold as it is
     */
    public record Concern(String capability, Optional<String> number, boolean orMarked) {}

    public All all(TenantContext context, Concern concern) {
        context.require(Permission.COMPOSITION_READ);
        UUID tenant = context.tenantId();
        Reader reader = Reader.of(context);
        All all = transactions.readConsistently(
                tenant,
                () -> new All(
                        repository.cursor(tenant),
                        repository.all(tenant),
                        repository.countUnfrozen(tenant, reader),
                        concerned(tenant, concern),
                        repository.hidden(tenant, reader)));
        cache.keepUseful(tenant, all.cursor().epoch(), all.frozen().size());
        return all;
    }

    private Set<UUID> concerned(UUID tenant, Concern concern) {
        Set<UUID> concerned = new HashSet<>(repository.locking(tenant, concern.capability(), concern.number()));
        if (concern.orMarked()) {
            concerned.addAll(repository.lockingMarked(tenant));
        }
        return concerned;
    }

    /**
     * What each revision asked for, with its lock as the previous one; from memory where it is there. Memory is bounded by the
     * caller, who asks for parts.
     *
     * @param epoch in which the heads were read
     */
    public Map<Head, Request> requests(TenantContext context, long epoch, List<Head> heads) {
        context.require(Permission.COMPOSITION_READ);
        UUID tenant = context.tenantId();
        Map<Head, Request> requests = cache.find(tenant, epoch, heads);
        List<Head> absent =
                heads.stream().filter(head -> !requests.containsKey(head)).toList();
        if (!absent.isEmpty()) {
            SharedValues shared = cache.shared(tenant, epoch);
            Map<Head, Request> read = read(tenant, absent, shared);
            cache.put(tenant, epoch, shared, read);
            requests.putAll(read);
        }
        return requests;
    }

    /** What each revision froze. Memory is bounded by the caller, who asks for parts. */
    public Map<Head, FrozenLock> locks(TenantContext context, List<Head> heads) {
        context.require(Permission.COMPOSITION_READ);
        UUID tenant = context.tenantId();
        Map<UUID, LockSide> stored = transactions.read(tenant, () -> repository.locks(tenant, heads));
        return heads.stream()
                .filter(head -> stored.containsKey(head.compositionId()))
                .collect(Collectors.toMap(
                        head -> head,
                        head -> new FrozenLock(Objects.requireNonNull(stored.get(head.compositionId())))));
    }

    private Map<Head, Request> read(UUID tenant, List<Head> heads, SharedValues shared) {
        Map<UUID, byte[]> stored = transactions.read(tenant, () -> repository.read(tenant, heads));
        Map<Head, Request> requests = HashMap.newHashMap(heads.size());
        for (Head head : heads) {
            requests.put(head, RequestBytes.read(Objects.requireNonNull(stored.get(head.compositionId())), shared));
        }
        return requests;
    }

    /** What is to be known of a version that a composition would take: sentences with a space before each, or nothing. */
    public static String taken(Snapshot snapshot, String code, String number) {
        return new Standings(snapshot).taken(code, number);
    }

    /**
     * A derivation about a revision, in the words of the draft that it was frozen from.
     *
     * @param before what stands before it: lines, or nothing
     */
    public static Explanation explanation(
            String before, dev.apg.resolver.Explanation explanation, Snapshot snapshot, Request request) {
        return Explanations.of(before, explanation, policy(request.policy()), new PurgedVersions(snapshot, request));
    }

    private static Policy policy(dev.apg.resolver.Policy policy) {
        return new Policy(
                policy.objectives().isEmpty()
                        ? List.of(Objective.NEWEST)
                        : policy.objectives().stream()
                                .map(objective -> Objective.valueOf(objective.name()))
                                .toList(),
                policy.prereleases(),
                policy.accepted().stream()
                        .map(mark -> Mark.valueOf(mark.name()))
                        .collect(Collectors.toSet()));
    }
}
