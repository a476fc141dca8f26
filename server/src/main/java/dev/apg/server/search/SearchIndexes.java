package dev.apg.server.search;

import dev.apg.server.catalog.Catalog;
import dev.apg.server.catalog.SnapshotAdvanced;
import dev.apg.server.platform.config.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
    private volatile boolean running;
    private volatile boolean ready;

    SearchIndexes(Catalog catalog, Settings settings) {
        this.catalog = catalog;
        this.directory = settings.dataDirectory().resolve("search");
        this.settings = settings.feed();
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
                        () -> TenantIndex.open(
                                directory.resolve(id.toString()), entries -> catalog.texts(id, entries))));
    }

    /** Every tenant that the feed has loaded can be searched before this node says that it is ready. */
    @Override
    public void run(ApplicationArguments arguments) {
        for (IndexFollower follower : followers.values()) {
            while (running && follower.index().isEmpty() && !follower.isFailing()) {
                follower.await(IndexFollower.ANY, settings.pollInterval());
            }
        }
        ready = true;
    }

    /** Whether every tenant that existed at start can be searched, and every index can be written. */
    boolean isWell() {
        return ready && followers.values().stream().noneMatch(IndexFollower::isFailing);
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
