package dev.apg.server.catalog;

import dev.apg.server.capability.PublishedVersions;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.Rejection;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** The snapshots of this node, one per tenant; the only way to one is a tenant context. */
@Service
public class Catalog {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Map<UUID, Follower> followers = new ConcurrentHashMap<>();
    private final SnapshotLoader loader;
    private final PublishedVersions published;
    private final ApplicationEventPublisher publisher;
    private final MeterRegistry meters;
    private final Settings.Feed settings;

    Catalog(
            SnapshotLoader loader,
            PublishedVersions published,
            ApplicationEventPublisher publisher,
            MeterRegistry meters,
            Settings settings) {
        this.loader = loader;
        this.published = published;
        this.publisher = publisher;
        this.meters = meters;
        this.settings = settings.feed();
    }

    /**
     * The tenant's catalogue, at least as new as the context's minimum. Waits for that no longer than the configured
     * time; otherwise costs nothing.
     *
     * @throws Rejection 503 {@code snapshot.behind}, if this node has not reached the minimum in time; 503 {@code
     *     snapshot.loading}, if it has nothing yet; 410 {@code cursor.other_epoch}, if the minimum is of an epoch that
     *     is over
     */
    public Snapshot snapshot(TenantContext context) {
        Follower follower = follower(context.tenantId());
        Snapshot now = follower.current().orElse(null);
        if (now == null) {
            follower.nudge();
            now = follower.await(snapshot -> true, settings.longestWait())
                    .orElseThrow(() -> Rejection.unavailable(
                            "snapshot.loading", "This node is still loading the tenant's catalogue.", RETRY));
        }
        Cursor minimum = context.minimum().orElse(null);
        return minimum == null
                        || now.cursor().compareTo(minimum) >= 0 && now.cursor().epoch() == minimum.epoch()
                ? now
                : reach(follower, minimum);
    }

    /**
     * The context with what this node itself has committed for the tenant as its minimum: for whoever is about to refuse, or to
     * fix for ever, something by the snapshot, which may be some milliseconds behind a write that was acknowledged.
     */
    public TenantContext afterOwnWrites(TenantContext context) {
        Follower follower = follower(context.tenantId());
        return follower.committed()
                // What was written before the database was restored is not to come.
                .filter(own -> follower.current()
                        .map(snapshot -> snapshot.cursor().epoch() == own.epoch())
                        .orElse(true))
                .map(context::atLeast)
                .orElse(context);
    }

    private Snapshot reach(Follower follower, Cursor minimum) {
        long asked = System.nanoTime();
        follower.nudge();
        follower.await(
                snapshot -> snapshot.cursor().compareTo(minimum) >= 0
                        || snapshot.cursor().epoch() != minimum.epoch() && follower.isConfirmedSince(asked),
                settings.longestWait());
        // In this order: what is read after it was confirmed is at least what was confirmed.
        boolean confirmed = follower.isConfirmedSince(asked);
        Cursor reached = follower.current().orElseThrow().cursor();
        if (reached.epoch() > minimum.epoch() || reached.epoch() < minimum.epoch() && confirmed) {
            throw Rejection.gone(
                    "cursor.other_epoch",
                    "X-APG-Min-Seq: %s is not of the epoch of the log, which is at %s: the database was restored; read everything again"
                            .formatted(minimum, reached));
        }
        if (reached.compareTo(minimum) < 0) {
            throw Rejection.unavailable(
                    "snapshot.behind",
                    "X-APG-Min-Seq: %s was not reached within %d ms; this node is at %s"
                            .formatted(minimum, settings.longestWait().toMillis(), reached),
                    RETRY);
        }
        return follower.current().orElseThrow();
    }

    /** The long describing fields of a capability; from memory if they are short, else from the database. */
    public CapabilityText text(TenantContext context, CapabilityEntry entry) {
        return entry.text()
                .orElseGet(() ->
                        texts(context.tenantId(), List.of(entry)).getOrDefault(entry.code(), CapabilityText.NONE));
    }

    /** The same of several capabilities, by code; at most one query. */
    public Map<String, CapabilityText> texts(UUID tenantId, Collection<CapabilityEntry> entries) {
        Map<String, CapabilityText> texts = HashMap.newHashMap(entries.size());
        Map<UUID, String> absent = new HashMap<>();
        for (CapabilityEntry entry : entries) {
            entry.text()
                    .ifPresentOrElse(text -> texts.put(entry.code(), text), () -> absent.put(entry.id(), entry.code()));
        }
        if (!absent.isEmpty()) {
            published
                    .texts(tenantId, absent.keySet())
                    .forEach((id, text) -> texts.put(
                            Objects.requireNonNull(absent.get(id)),
                            new CapabilityText(text.description(), text.keywords())));
        }
        return texts;
    }

    /** The follower of a tenant; made at first use, it has nothing until it is nudged. */
    Follower follower(UUID tenantId) {
        return followers.computeIfAbsent(tenantId, id -> new Follower(id, this::advance, this::tell));
    }

    /** Whether the tenant is one that this node knows, and not gone. */
    public boolean follows(UUID tenantId) {
        return followers.containsKey(tenantId);
    }

    /** Of a tenant that is gone. Not at once: what is being read now is read to its end first. */
    void drop(UUID tenantId) {
        Follower follower = followers.remove(tenantId);
        if (follower != null) {
            Thread.ofVirtual().name("drop-" + tenantId).start(() -> drop(tenantId, follower));
        }
    }

    private void drop(UUID tenantId, Follower follower) {
        follower.close();
        loader.forget(tenantId);
        publisher.publishEvent(new SnapshotDropped(tenantId));
    }

    /** How long ago the slowest snapshot was known to be at the end of its log. */
    Duration lag() {
        return followers.values().stream()
                .map(Follower::lag)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** The tenants of which this node has a snapshot at present. */
    public List<UUID> loadedTenants() {
        return followersByTenant().entrySet().stream()
                .filter(each -> each.getValue().current().isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    Collection<Follower> followers() {
        return followers.values();
    }

    Map<UUID, Follower> followersByTenant() {
        return Map.copyOf(followers);
    }

    private Loaded advance(UUID tenantId, @Nullable Snapshot before) {
        return before == null ? loader.first(tenantId) : loader.advance(tenantId, before);
    }

    private void tell(UUID tenantId, Loaded loaded) {
        meters.counter("apg.snapshot.loads", "from", loaded.source().wire()).increment();
        publisher.publishEvent(new SnapshotAdvanced(tenantId, loaded.snapshot(), loaded.changed()));
    }
}
