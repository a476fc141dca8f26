package dev.apg.server.search;

import dev.apg.server.catalog.Snapshot;
import dev.apg.server.tenancy.Cursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one tenant's index equal to its newest snapshot, on a thread of its own while there is something to do. Changes
 * that arrive meanwhile are written together.
 */
final class IndexFollower {
    private static final Logger log = LoggerFactory.getLogger(IndexFollower.class);

    /** Before every cursor that there is. */
    static final Cursor ANY = new Cursor(0, 0);

    private final String name;
    private final Callable<TenantIndex> opening;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private boolean running;
    private boolean closed;
    private @Nullable Snapshot newest;

    /** Codes that changed since the index was written; empty: anything may differ. */
    private Optional<Set<String>> pending = Optional.empty();

    private volatile @Nullable TenantIndex index;
    private volatile boolean failing;

    IndexFollower(String name, Callable<TenantIndex> opening) {
        this.name = name;
        this.opening = opening;
    }

    void offer(Snapshot snapshot, Optional<Set<String>> changed) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            newest = snapshot;
            if (changed.isEmpty()) {
                pending = Optional.empty();
            } else {
                pending.ifPresent(codes -> codes.addAll(changed.get()));
            }
            if (!running) {
                running = true;
                Thread.ofPlatform().daemon().name("search-" + name).start(this::follow);
            }
        } finally {
            lock.unlock();
        }
    }

    private record Work(Snapshot snapshot, Optional<Set<String>> changed) {}

    private void follow() {
        for (Work work = next(); work != null; work = next()) {
            try {
                write(work);
                if (failing) {
                    log.info("The search index is written again. tenant={}", name);
                }
                failing = false;
            } catch (Exception e) {
                // Searches go on with what the index has; the next change compares everything.
                if (!failing) {
                    log.error("The search index cannot be written. tenant={}", name, e);
                }
                failing = true;
            }
            lock.lock();
            try {
                if (failing) {
                    pending = Optional.empty();
                }
                advanced.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private @Nullable Work next() {
        lock.lock();
        try {
            Snapshot snapshot = newest;
            if (snapshot == null || closed) {
                running = false;
                advanced.signalAll();
                return null;
            }
            newest = null;
            var work = new Work(snapshot, pending);
            pending = Optional.of(new HashSet<>());
            return work;
        } finally {
            lock.unlock();
        }
    }

    private void write(Work work) throws Exception {
        TenantIndex target = index;
        if (target == null) {
            target = opening.call();
            target.reconcile(work.snapshot());
            index = target;
            target.commit();
        } else if (work.changed().isEmpty()) {
            target.reconcile(work.snapshot());
        } else {
            target.update(work.snapshot(), work.changed().get());
        }
    }

    boolean isFailing() {
        return failing;
    }

    Optional<TenantIndex> index() {
        return Optional.ofNullable(index);
    }

    /** The index once it has reached the cursor; after the longest wait as it is then, if it is there at all. */
    Optional<TenantIndex> await(Cursor minimum, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        lock.lock();
        try {
            while (true) {
                TenantIndex ready = index;
                Cursor reached = ready == null ? null : ready.cursor();
                long left = deadline - System.nanoTime();
                if ((reached != null && reached.compareTo(minimum) >= 0) || left <= 0) {
                    return Optional.ofNullable(ready);
                }
                advanced.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return index();
        } finally {
            lock.unlock();
        }
    }

    void commit() {
        TenantIndex ready = index;
        if (ready != null) {
            try {
                ready.commit();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Waits for a write that is under way, keeps what was written, and lets the index go. */
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
        TenantIndex last = index;
        index = null;
        if (last != null) {
            try (last) {
                last.commit();
            } catch (IOException e) {
                log.warn("The search index was not kept and is compared at the next start. tenant={}", name, e);
            }
        }
    }
}
