package dev.apg.server.composition;

import dev.apg.contract.composition.Explanation;
import dev.apg.contract.composition.Mark;
import dev.apg.contract.composition.Objective;
import dev.apg.contract.composition.Policy;
import dev.apg.resolver.Request;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.capability.VersionDocuments;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** The newest revision of every composition, for questions about all of them. */
@Service
public class CompositionHeads {
    /** Revisions of one statement. */
    private static final int AT_ONCE = 500;

    private final HeadRepository repository;
    private final HeadCache cache;
    private final VersionDocuments versions;
    private final TenantTransactions transactions;

    CompositionHeads(
            HeadRepository repository, HeadCache cache, VersionDocuments versions, TenantTransactions transactions) {
        this.repository = repository;
        this.cache = cache;
        this.versions = versions;
        this.transactions = transactions;
    }

    /** A composition that was frozen, and its newest revision. */
    public record Head(UUID compositionId, String code, int revision) {}

    /**
     * All compositions at one moment.
     *
     * @param frozen by code
     * @param unfrozen how many never were
     * @param locking the compositions whose newest revision has one of the versions in its lock that were asked about
     */
    public record All(List<Head> frozen, long unfrozen, Set<UUID> locking) {}

    /** @param versionIds as other tables know the versions that are asked about */
    public All all(TenantContext context, Collection<UUID> versionIds) {
        context.require(Permission.COMPOSITION_READ);
        UUID tenant = context.tenantId();
        All all = transactions.readConsistently(
                tenant,
                () -> new All(
                        repository.all(tenant),
                        repository.countUnfrozen(tenant),
                        versionIds.isEmpty() ? Set.of() : Set.copyOf(repository.locking(tenant, versionIds))));
        cache.keepOnly(tenant, all.frozen());
        return all;
    }

    /**
     * What each revision asked for, with its lock as the previous one; from memory where it is there. Memory is bounded by the
     * caller, who asks for parts.
     */
    public Map<Head, Request> requests(TenantContext context, List<Head> heads) {
        context.require(Permission.COMPOSITION_READ);
        UUID tenant = context.tenantId();
        Map<Head, Request> requests = cache.find(tenant, heads);
        List<Head> absent =
                heads.stream().filter(head -> !requests.containsKey(head)).toList();
        for (int from = 0; from < absent.size(); from += AT_ONCE) {
            Map<Head, Request> read = read(context, absent.subList(from, Math.min(absent.size(), from + AT_ONCE)));
            cache.put(tenant, read);
            requests.putAll(read);
        }
        return requests;
    }

    /** What each revision froze. Memory is bounded by the caller, who asks for parts. */
    public Map<Head, FrozenLock> locks(TenantContext context, List<Head> heads) {
        context.require(Permission.COMPOSITION_READ);
        UUID tenant = context.tenantId();
        Map<UUID, LockDiff.Side> stored = transactions.read(tenant, () -> repository.locks(tenant, heads));
        return heads.stream()
                .filter(head -> stored.containsKey(head.compositionId()))
                .collect(Collectors.toMap(
                        head -> head,
                        head -> new FrozenLock(Objects.requireNonNull(stored.get(head.compositionId())))));
    }

    private Map<Head, Request> read(TenantContext context, List<Head> heads) {
        UUID tenant = context.tenantId();
        List<HeadRepository.Stored> stored = transactions.read(tenant, () -> repository.read(tenant, heads));
        SharedValues shared = cache.shared(tenant);
        List<UUID> ids = new ArrayList<>();
        stored.forEach(revision -> ids.addAll(revision.versions()));
        Set<UUID> unknown = shared.unknown(ids);
        if (!unknown.isEmpty()) {
            shared.learn(versions.names(context, unknown));
        }
        Map<UUID, Head> byId = heads.stream().collect(Collectors.toMap(Head::compositionId, head -> head));
        Map<Head, Request> requests = HashMap.newHashMap(heads.size());
        for (HeadRepository.Stored revision : stored) {
            Map<String, SemVer> lock = HashMap.newHashMap(revision.versions().size());
            revision.versions().stream().map(shared::version).forEach(entry -> lock.put(entry.code(), entry.number()));
            Request request =
                    ResolverRequests.of(revision.draft(), lock, Set.of(), Request.DEFAULT_STEP_BUDGET, shared::range);
            Head head = byId.get(revision.compositionId());
            if (head != null) {
                requests.put(head, shared.share(request));
            }
        }
        return requests;
    }

    /** A derivation about a revision, in the words of the draft that it was frozen from. */
    public static Explanation explanation(
            dev.apg.resolver.Explanation explanation, Snapshot snapshot, Request request) {
        return Explanations.of(explanation, policy(request.policy()), new PurgedVersions(snapshot, request));
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
