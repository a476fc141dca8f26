package dev.apg.server.catalog;

import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Keeps the snapshots that changed: every few minutes, and when the node stops. */
@Component
class CheckpointKeeper implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(CheckpointKeeper.class);

    /** Before the web server starts, so after it has stopped. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 12_288;

    private final Catalog catalog;
    private final SnapshotLoader loader;
    private volatile boolean running;

    CheckpointKeeper(Catalog catalog, SnapshotLoader loader) {
        this.catalog = catalog;
        this.loader = loader;
    }

    /**
     * The first one soon: a node that was just set up may be killed. Ends at the first tenant for whom no connection is to
     * be had: each of the others would wait as long, and a node that stops while the database is away has no minutes.
     */
    @Scheduled(fixedDelay = 300, initialDelay = 30, timeUnit = TimeUnit.SECONDS)
    void keepChanged() {
        try {
            catalog.followersByTenant()
                    .forEach(
                            (tenantId, follower) -> follower.current().ifPresent(snapshot -> keep(tenantId, snapshot)));
        } catch (TransactionException e) {
            log.warn("Snapshots were not kept, because the database does not answer.", e);
        }
    }

    private void keep(UUID tenantId, Snapshot snapshot) {
        try {
            loader.keep(tenantId, snapshot);
            if (!catalog.follows(tenantId)) {
                // It was erased meanwhile, and what was kept of it deleted before this was written.
                loader.forget(tenantId);
            }
        } catch (DataAccessException e) {
            log.warn("The snapshot was not kept, because reading the end of its log failed. tenant={}", tenantId, e);
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        keepChanged();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
