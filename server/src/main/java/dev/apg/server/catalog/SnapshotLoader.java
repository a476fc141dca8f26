package dev.apg.server.catalog;

import dev.apg.resolver.Universe;
import dev.apg.server.capability.PublishedVersions;
import dev.apg.server.catalog.Loaded.Source;
import dev.apg.server.event.EventLog;
import dev.apg.server.event.EventLog.ChangedSubject;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.tenancy.TenantTransactions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Makes snapshots from the database: whole, or from the one before and the events since. */
@Component
class SnapshotLoader {
    /** Capabilities that are read at once; bounds what a long catch-up keeps in memory. */
    private static final int AT_ONCE = 1_000;

    /** With more changes than this and than half the catalogue, reading everything is cheaper than reading by id. */
    private static final int FEW = 5_000;

    private final PublishedVersions published;
    private final EventLog events;
    private final TenantTransactions transactions;
    private final Checkpoints checkpoints;
    private final Map<UUID, Cursor> kept = new ConcurrentHashMap<>();

    /** Whole catalogues are read by as many at once as there are processors, however many tenants a start finds. */
    private final Semaphore places = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    SnapshotLoader(
            PublishedVersions published, EventLog events, TenantTransactions transactions, Checkpoints checkpoints) {
        this.published = published;
        this.events = events;
        this.transactions = transactions;
        this.checkpoints = checkpoints;
    }

    @EventListener(ApplicationReadyEvent.class)
    void started() {
        checkpoints.endOfStart();
    }

    /** The first snapshot of a tenant: what a checkpoint kept and the events since, else everything. */
    Loaded first(UUID tenantId) {
        return inTurn(() -> checkpoints
                .read(tenantId)
                .filter(checkpoint ->
                        mark(tenantId, checkpoint.snapshot().cursor()).equals(Optional.of(checkpoint.mark())))
                .map(checkpoint -> {
                    kept.put(tenantId, checkpoint.snapshot().cursor());
                    return new Loaded(
                            followed(tenantId, checkpoint.snapshot())
                                    .orElseGet(() -> load(tenantId))
                                    .snapshot(),
                            Optional.empty(),
                            Source.CHECKPOINT);
                })
                .orElseGet(() -> load(tenantId)));
    }

    private Loaded inTurn(Supplier<Loaded> loading) {
        places.acquireUninterruptibly();
        try {
            return loading.get();
        } finally {
            places.release();
        }
    }

    /** Keeps a snapshot for the next start, unless it is what was kept last, or the log's own end of it is gone already. */
    void keep(UUID tenantId, Snapshot snapshot) {
        if (!snapshot.cursor().equals(kept.get(tenantId))) {
            mark(tenantId, snapshot.cursor())
                    .ifPresent(mark -> checkpoints.write(tenantId, new Checkpoint(snapshot, mark)));
            kept.put(tenantId, snapshot.cursor());
        }
    }

    /** Of a tenant that is gone. */
    void forget(UUID tenantId) {
        kept.remove(tenantId);
        checkpoints.delete(tenantId);
    }

    private Optional<String> mark(UUID tenantId, Cursor cursor) {
        return transactions.read(tenantId, () -> events.mark(tenantId, cursor));
    }

    /** Everything, in time linear in the number of versions. */
    Loaded load(UUID tenantId) {
        var translation = new Translation();
        var universe = Universe.builder();
        List<CapabilityEntry> capabilities = new ArrayList<>();
        List<ServiceEntry> services = new ArrayList<>();
        Cursor cursor = published.load(
                tenantId,
                capability -> {
                    Snapshot.Change change = translation.change(capability);
                    change.versions().forEach(universe::add);
                    capabilities.add(change.entry());
                },
                service -> services.add(translation.service(service)));
        return new Loaded(
                Snapshot.of(cursor, universe.build(), capabilities, services), Optional.empty(), Source.DATABASE);
    }

    /**
     * The state at the end of the log, made from an earlier one: only what events since then name is read, in the same
     * consistent view as the events themselves, so that the result is exactly the state at its cursor. Where the events
     * do not lead on from the earlier state (another epoch, deleted by retention, a log that is shorter than before)
     * everything is read anew.
     */
    Loaded advance(UUID tenantId, Snapshot before) {
        return followed(tenantId, before).orElseGet(() -> inTurn(() -> load(tenantId)));
    }

    private Optional<Loaded> followed(UUID tenantId, Snapshot before) {
        return transactions.readConsistently(tenantId, () -> follow(tenantId, before));
    }

    private Optional<Loaded> follow(UUID tenantId, Snapshot before) {
        EventLog.Extent extent = events.extent(tenantId);
        if (extent.end().equals(before.cursor())) {
            return Optional.of(new Loaded(before, Optional.of(Set.of()), Source.EVENTS));
        }
        if (!extent.continues(before.cursor())) {
            return Optional.empty();
        }
        List<ChangedSubject> subjects = events.changedSubjects(tenantId, before.cursor());
        long found = subjects.stream().mapToLong(ChangedSubject::events).sum();
        if (found != extent.end().seq() - before.cursor().seq()) {
            return Optional.empty();
        }
        Set<UUID> capabilityIds = ids(subjects, Set.of("capability", "version"));
        if (capabilityIds.size() > FEW && capabilityIds.size() > before.capabilityCount() / 2) {
            return Optional.empty();
        }
        return Optional.of(replace(
                tenantId,
                before,
                extent.end(),
                capabilityIds,
                ids(subjects, Set.of("service")),
                subjects.stream().anyMatch(subject -> subject.kind().equals("tenant"))));
    }

    private Loaded replace(
            UUID tenantId,
            Snapshot before,
            Cursor end,
            Set<UUID> capabilityIds,
            Set<UUID> serviceIds,
            boolean tenantChanged) {
        var translation = new Translation();
        List<Snapshot.Change> changes = new ArrayList<>(capabilityIds.size());
        Set<String> codes = HashSet.newHashSet(capabilityIds.size());
        List<UUID> ids = List.copyOf(capabilityIds);
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            published
                    .load(tenantId, ids.subList(from, Math.min(ids.size(), from + AT_ONCE)), Set.of())
                    .capabilities()
                    .forEach(capability -> {
                        changes.add(translation.change(capability));
                        codes.add(capability.code());
                    });
        }
        List<ServiceEntry> services = published.load(tenantId, Set.of(), serviceIds).services().stream()
                .map(translation::service)
                .toList();
        return new Loaded(before.with(end, changes, services, tenantChanged), Optional.of(codes), Source.EVENTS);
    }

    private static Set<UUID> ids(List<ChangedSubject> subjects, Set<String> kinds) {
        return subjects.stream()
                .filter(subject -> kinds.contains(subject.kind()))
                .map(ChangedSubject::id)
                .collect(Collectors.toSet());
    }
}
