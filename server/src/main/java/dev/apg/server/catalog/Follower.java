package dev.apg.server.catalog;

import dev.apg.server.tenancy.Cursor;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Keeps one tenant's snapshot at the end of its log. Whoever learns that there is more calls {@link #nudge}; one thread
 * at a time reads on until nothing is left, so that events which come in quick succession are applied together. That is a
 * platform thread: loading keeps a processor busy for seconds, and requests on virtual threads must not wait for it.
 */
final class Follower {
    private static final Logger log = LoggerFactory.getLogger(Follower.class);

    /** Between two batches passes up to this; a batch is thus never older than this plus the time to apply it. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** And as a multiple of what the last batch took: at most a fifth of one core goes into following. */
    private static final int PAUSE_FACTOR = 4;

    /** Makes a newer snapshot of the one before; the first time there is none. May fail with any exception. */
    interface Step {
        Loaded after(UUID tenantId, @Nullable Snapshot before);
    }

    private final UUID tenantId;
    private final Step step;
    private final BiConsumer<UUID, Loaded> listener;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private boolean running;
    private boolean again;
    private boolean closed;
    private long nextBatchNanos = System.nanoTime();

    private volatile @Nullable Snapshot current;
    private volatile @Nullable Cursor committed;
    private volatile long confirmedNanos = System.nanoTime();
    private volatile int failures;

    /** @param listener told of each new snapshot once it is there to be read; must be quick and must not fail */
    Follower(UUID tenantId, Step step, BiConsumer<UUID, Loaded> listener) {
        this.tenantId = tenantId;
        this.step = step;
        this.listener = listener;
    }

    /** After a commit of this node, before it is acknowledged. */
    void committed(Cursor cursor) {
        lock.lock();
        try {
            Cursor before = committed;
            if (before == null || before.compareTo(cursor) < 0) {
                committed = cursor;
            }
            nudge();
        } finally {
            lock.unlock();
        }
    }

    /** The end of the log as this node last wrote it; empty if it did not. */
    Optional<Cursor> committed() {
        return Optional.ofNullable(committed);
    }

    /** Reads on, soon and on another thread; if that is under way already, once more after it. */
    void nudge() {
        lock.lock();
        try {
            again = true;
            if (!running && !closed) {
                Thread.ofPlatform().daemon().name("feed-" + tenantId).start(this::follow);
                // Not before: a thread that could not start is started by the next nudge.
                running = true;
            }
        } finally {
            lock.unlock();
        }
    }

    private void follow() {
        while (takeTurn()) {
            long start = System.nanoTime();
            boolean done = advance();
            long end = System.nanoTime();
            lock.lock();
            try {
                nextBatchNanos = end + Math.min(LONGEST_PAUSE_NANOS, PAUSE_FACTOR * (end - start));
                // A failure is not repeated at once: the next poll nudges again.
                again &= done;
                advanced.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits until the next batch may start; false, and no longer running, if there is nothing to do. */
    private boolean takeTurn() {
        lock.lock();
        try {
            if (!again || closed) {
                running = false;
                advanced.signalAll();
                return false;
            }
            for (long left = nextBatchNanos - System.nanoTime(); left > 0; left = nextBatchNanos - System.nanoTime()) {
                advanced.awaitNanos(left);
            }
            again = false;
            return true;
        } catch (InterruptedException e) {
            running = false;
            advanced.signalAll();
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean advance() {
        try {
            long asked = System.nanoTime();
            Snapshot before = current;
            Loaded loaded = step.after(tenantId, before);
            current = loaded.snapshot();
            confirmedNanos = asked;
            if (loaded.snapshot() != before) {
                listener.accept(tenantId, loaded);
            }
            if (failures > 0) {
                log.info("The snapshot follows the event log again. tenant={}", tenantId);
            }
            failures = 0;
            return true;
        } catch (RuntimeException | Error e) {
            // An error, too, is of this reading only: the follower must live to read again.
            if (failures++ == 0 && !isClosed()) {
                tell(e);
            }
            return false;
        }
    }

    /** Of an outage the cause says enough, and every tenant has the same; of anything else the place matters. */
    private void tell(Throwable failure) {
        boolean outage = failure instanceof DataAccessException || failure instanceof TransactionException;
        log.warn(
                "The snapshot cannot follow the event log and is served as it is until that works again. tenant={} cause={}",
                tenantId,
                NestedExceptionUtils.getMostSpecificCause(failure).toString(),
                outage ? null : failure);
    }

    /** Says that the log ends where the snapshot does, as of a time that the caller took before looking. */
    void confirm(Cursor end, long askedNanos) {
        Snapshot snapshot = current;
        if (snapshot != null && snapshot.cursor().equals(end)) {
            confirmedNanos = askedNanos;
        } else {
            nudge();
        }
    }

    /** Ends; waits until nothing is read any more, so that nobody is told of another one. */
    void close() {
        lock.lock();
        try {
            closed = true;
            while (running) {
                advanced.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether its tenant is gone. */
    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    Optional<Snapshot> current() {
        return Optional.ofNullable(current);
    }

    /** How often in a row reading on has failed. */
    int failures() {
        return failures;
    }

    /** Whether the log was read after that time, and the snapshot is what it said. */
    boolean isConfirmedSince(long nanos) {
        return confirmedNanos - nanos > 0;
    }

    /** How long ago the snapshot was known to be at the end of the log. */
    Duration lag() {
        return Duration.ofNanos(Math.max(0, System.nanoTime() - confirmedNanos));
    }

    /** The snapshot once it satisfies the condition; after the longest wait whatever there is then, if anything. */
    Optional<Snapshot> await(Predicate<Snapshot> enough, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        lock.lock();
        try {
            while (true) {
                Snapshot snapshot = current;
                long left = deadline - System.nanoTime();
                if ((snapshot != null && enough.test(snapshot)) || left <= 0) {
                    return Optional.ofNullable(snapshot);
                }
                advanced.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.ofNullable(current);
        } finally {
            lock.unlock();
        }
    }
}
