package dev.apg.server.search;

import dev.apg.server.catalog.Catalog;
import dev.apg.server.catalog.SnapshotAdvanced;
import dev.apg.server.platform.config.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The indexes of this node, one per tenant; each follows its tenant's snapshot. */
@Component
@Order(SearchIndexes.AFTER_THE_FEED)
class SearchIndexes implements SmartLifecycle, ApplicationRunner {
    static final int AFTER_THE_FEED = 100;
    private static final int BEFORE_THE_FEED = SmartLifecycle.DEFAULT_PHASE - 16_384;

    private final Map<UUID, IndexFollower> followers = new ConcurrentHashMap<>();
    private final Catalog catalog;
    private final Path directory;
    private final Settings.Feed settings;

    /** However many tenants a start finds, as many indexes are built at once as there are processors. */
    private final Semaphore building = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    private volatile boolean running;
    private volatile boolean ready;

    SearchIndexes(Catalog catalog, Settings settings, MeterRegistry meters) {
        this.catalog = catalog;
        this.directory = settings.dataDirectory().resolve("search");
        this.settings = settings.feed();
        Gauge.builder("apg.search.failing.tenants", this, SearchIndexes::failing)
                .description("Tenants whose search index cannot be written")
                .register(meters);
    }

    @EventListener
    void advanced(SnapshotAdvanced advanced) {
        follower(advanced.tenantId()).offer(advanced.snapshot(), advanced.changed());
    }

    IndexFollower follower(UUID tenantId) {
        return followers.computeIfAbsent(
                tenantId,
                id -> new IndexFollower(
                        id.toString(),
                        () -> TenantIndex.open(directory.resolve(id.toString()), entries -> catalog.texts(id, entries)),
                        building));
    }

    /**
     * Every tenant that the feed has loaded can be searched before this node says that it is ready. That is asked of the
     * catalogue, because a snapshot may be there a moment before {@link #advanced} is told of it.
     */
    @Override
    public void run(ApplicationArguments arguments) {
        for (UUID tenantId : catalog.loadedTenants()) {
            IndexFollower follower = follower(tenantId);
            while (running && follower.index().isEmpty() && !follower.isFailing()) {
                follower.await(IndexFollower.ANY, settings.pollInterval());
            }
        }
        ready = true;
    }

    /** Whether the tenants that existed at start were indexed, and not every index fails. */
    boolean isWell() {
        return ready && (followers.isEmpty() || failing() < followers.size());
    }

    /** How many tenants' indexes cannot be written at present. */
    long failing() {
        return followers.values().stream().filter(IndexFollower::isFailing).count();
    }

    /** What failed may work now: the disk has room again, or a broken index was put aside. */
    @Scheduled(fixedDelay = 5, initialDelay = 5, timeUnit = TimeUnit.SECONDS)
    void retry() {
        followers.values().forEach(IndexFollower::retry);
    }

    /** What a killed process loses is compared and written again at the next start; so this may be rare. */
    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void commit() {
        followers.values().forEach(IndexFollower::commit);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        followers.values().forEach(IndexFollower::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops after the feed and the web server, which use it. */
    @Override
    public int getPhase() {
        return BEFORE_THE_FEED;
    }
}
