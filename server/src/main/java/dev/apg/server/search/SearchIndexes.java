package dev.apg.server.search;

import dev.apg.server.catalog.Catalog;
import dev.apg.server.catalog.SnapshotAdvanced;
import dev.apg.server.catalog.SnapshotDropped;
import dev.apg.server.platform.OwnerFile;
import dev.apg.server.platform.config.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private static final Logger log = LoggerFactory.getLogger(SearchIndexes.class);
    private static final Pattern TENANT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
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

    @EventListener
    void dropped(SnapshotDropped dropped) {
        IndexFollower follower = followers.remove(dropped.tenantId());
        try {
            if (follower != null) {
                follower.discard();
            }
            IndexFiles.delete(path(dropped.tenantId()));
        } catch (IOException | RuntimeException e) {
            log.warn(
                    "The index of a tenant that is gone could not be deleted; the next start tries again. tenant={}",
                    dropped.tenantId(),
                    e);
        }
    }

    private Path path(UUID tenantId) {
        return directory.resolve(tenantId.toString());
    }

    /** What an earlier run of this node has left of tenants that were erased since. */
    private void deleteOfNobody() {
        for (UUID tenantId : kept()) {
            if (!catalog.follows(tenantId)) {
                dropped(new SnapshotDropped(tenantId));
            }
        }
    }

    private List<UUID> kept() {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.map(path -> path.getFileName().toString())
                    .filter(name -> TENANT.matcher(name).matches())
                    .map(UUID::fromString)
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException | UncheckedIOException e) {
            log.warn("The kept indexes cannot be listed. directory={}", directory, e);
            return List.of();
        }
    }

    IndexFollower follower(UUID tenantId) {
        return followers.computeIfAbsent(
                tenantId,
                id -> new IndexFollower(
                        id.toString(),
                        () -> TenantIndex.open(path(id), entries -> catalog.texts(id, entries)),
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
        deleteOfNobody();
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
        try {
            OwnerFile.directory(directory);
        } catch (IOException e) {
            log.warn("The directory of the indexes cannot be made. directory={}", directory, e);
        }
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
