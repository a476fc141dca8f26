package dev.apg.server.catalog;

import dev.apg.server.event.AccessTaken;
import dev.apg.server.event.CursorAdvanced;
import dev.apg.server.event.EventLog;
import dev.apg.server.event.LogEnd;
import dev.apg.server.platform.config.Settings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Learns that logs have grown, and nudges the followers: from this node's own commits at once, from other nodes by
 * notification, and by reading all cursors now and then in case notifications do not arrive. Knows tenants and cursors
 * only; what happened is read by {@link SnapshotLoader}, inside the tenant.
 */
@Component
@Order(Feed.FIRST)
class Feed implements SmartLifecycle, ApplicationRunner {
    private static final Logger log = LoggerFactory.getLogger(Feed.class);

    /** Of what a start waits for: what follows the snapshots knows of them only when they are there. */
    static final int FIRST = 0;

    private static final int BEFORE_THE_WEB_SERVER = SmartLifecycle.DEFAULT_PHASE - 8_192;

    /** How often loading a tenant may fail before the node starts without it. */
    private static final int ATTEMPTS = 3;

    /** Between two notifications of one node; commits in between are told together. */
    private static final Duration NOTIFY_PAUSE = Duration.ofMillis(5);

    private final Catalog catalog;
    private final EventLog events;
    private final ApplicationEventPublisher publisher;
    private final Settings.Feed settings;
    private final FeedConnection listening;
    private final FeedConnection notifying;
    private final Semaphore unsent = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;
    private volatile boolean loaded;

    /** Of the following thread only. */
    private boolean away;

    /** Likewise: where access was last taken away, of every tenant of whom that is known. */
    private final Map<UUID, AccessMark> accessMarks = new HashMap<>();

    private record AccessMark(long epoch, long seq) {}

    Feed(Catalog catalog, EventLog events, ApplicationEventPublisher publisher, Settings settings, DataSource pool) {
        this.catalog = catalog;
        this.events = events;
        this.publisher = publisher;
        this.settings = settings.feed();
        this.listening = new FeedConnection(pool);
        this.notifying = new FeedConnection(pool);
    }

    /** After a commit of this node. */
    @EventListener
    void committed(CursorAdvanced advanced) {
        catalog.follower(advanced.tenantId()).committed(advanced.cursor());
        unsent.release();
    }

    @Override
    public void start() {
        running = true;
        events.ends().keySet().forEach(tenantId -> catalog.follower(tenantId).nudge());
        threads.add(Thread.ofVirtual().name("feed").start(this::follow));
        if (settings.listen()) {
            threads.add(Thread.ofVirtual().name("feed-notify").start(this::notifyOthers));
        }
    }

    /**
     * Every tenant that exists at start is loaded before this node says that it is ready; others when they first come. A
     * tenant that cannot be loaded is reported and does not keep the others waiting.
     */
    @Override
    public void run(ApplicationArguments arguments) {
        catalog.followersByTenant().forEach((tenantId, follower) -> {
            while (running && follower.current().isEmpty() && follower.failures() < ATTEMPTS && !follower.isClosed()) {
                follower.await(snapshot -> true, settings.pollInterval());
            }
        });
        loaded = true;
    }

    /** Whether every tenant that existed at start has been loaded. */
    boolean isLoaded() {
        return loaded;
    }

    private void follow() {
        while (running) {
            try {
                poll();
                answered();
            } catch (RuntimeException e) {
                unanswered(e);
            } catch (Error e) {
                // Of this poll only, say a thread that could not start: nothing else learns what other nodes wrote.
                log.error("The event log was not followed; the next poll tries again.", e);
            }
            waitForMore();
        }
    }

    /** The poll is what notices an outage first, so it tells of its start and its end; the others keep quiet. */
    private void unanswered(RuntimeException failure) {
        if (!away && running) {
            away = true;
            log.warn(
                    "The database does not answer: reads go on from memory, writes are refused until it is back. cause={}",
                    NestedExceptionUtils.getMostSpecificCause(failure).toString());
        }
        log.debug("The cursors cannot be read.", failure);
    }

    private void answered() {
        if (away) {
            away = false;
            log.info("The database answers again.");
        }
    }

    private void poll() {
        long asked = System.nanoTime();
        // In this order: whoever is known before the question and not in the answer is gone.
        Map<UUID, Follower> followers = catalog.followersByTenant();
        Map<UUID, LogEnd> ends = events.ends();
        ends.forEach(this::tellOfAccess);
        tellOfGone(ends.keySet());
        followers.forEach((tenantId, follower) -> {
            LogEnd end = ends.get(tenantId);
            if (end != null) {
                follower.confirm(end.cursor(), asked);
            } else {
                catalog.drop(tenantId);
            }
        });
    }

    /** Those that were erased, or are being erased. */
    private void tellOfGone(Set<UUID> there) {
        Set<UUID> gone = new HashSet<>(accessMarks.keySet());
        gone.removeAll(there);
        gone.forEach(tenantId -> {
            accessMarks.remove(tenantId);
            publisher.publishEvent(new AccessTaken(tenantId));
        });
    }

    /** Before the snapshots are nudged: loading them may take long, and whoever lost access must not go on meanwhile. */
    private void tellOfAccess(UUID tenantId, LogEnd end) {
        var mark = new AccessMark(end.cursor().epoch(), end.accessSeq());
        AccessMark before = accessMarks.put(tenantId, mark);
        if (before == null ? mark.seq() > 0 : !mark.equals(before)) {
            publisher.publishEvent(new AccessTaken(tenantId));
        }
    }

    private void waitForMore() {
        try {
            if (settings.listen()) {
                listening.receive(settings.pollInterval());
            } else {
                Thread.sleep(settings.pollInterval());
            }
        } catch (SQLException | RuntimeException e) {
            // Not only the database fails: its password may be missing while somebody changes it.
            listening.reset(e);
            pause(settings.pollInterval());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void notifyOthers() {
        while (running) {
            try {
                unsent.acquire();
                unsent.drainPermits();
                notifying.send();
            } catch (SQLException | RuntimeException e) {
                // Not repeated: the other nodes poll, and the next commit tries again.
                notifying.reset(e);
            } catch (InterruptedException e) {
                return;
            }
            pause(NOTIFY_PAUSE);
        }
    }

    private void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        listening.close();
        notifying.close();
        threads.forEach(Thread::interrupt);
        threads.clear();
    }

    /** Starts before the web server does, and so outlives the requests that are finished at stop. */
    @Override
    public int getPhase() {
        return BEFORE_THE_WEB_SERVER;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
