package dev.apg.server.search;

import dev.apg.server.catalog.Snapshot;
import dev.apg.server.tenancy.Cursor;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
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
    private final Semaphore building;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private boolean running;
    private boolean closed;
    private @Nullable Snapshot newest;

    /** The last one that was offered, for trying again. */
    private @Nullable Snapshot last;

    /** Was found to be damaged; its files are deleted before the next one is opened. */
    private @Nullable TenantIndex damaged;

    /** Codes that changed since the index was written; empty: anything may differ. */
    private Optional<Set<String>> pending = Optional.empty();

    private volatile @Nullable TenantIndex index;
    private volatile boolean failing;

    /** @param building places to build an index whole, of all tenants */
    IndexFollower(String name, Callable<TenantIndex> opening, Semaphore building) {
        this.name = name;
        this.opening = opening;
        this.building = building;
    }

    void offer(Snapshot snapshot, Optional<Set<String>> changed) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            newest = snapshot;
            last = snapshot;
            if (changed.isEmpty()) {
                pending = Optional.empty();
            } else {
                pending.ifPresent(codes -> codes.addAll(changed.get()));
            }
            run();
        } finally {
            lock.unlock();
        }
    }

    /** With the lock held. */
    private void run() {
        if (!running) {
            Thread.ofPlatform().daemon().name("search-" + name).start(this::follow);
            // Not before: a thread that could not start is started by the next change.
            running = true;
        }
    }

    /** Tries again what failed. */
    void retry() {
        lock.lock();
        try {
            if (failing && !running && !closed && last != null) {
                newest = last;
                run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes an index that turned out to be damaged out of use, and starts to build another from the snapshot. */
    void rebuild(TenantIndex broken) {
        lock.lock();
        try {
            if (index != broken || closed) {
                return;
            }
            index = null;
            damaged = broken;
            pending = Optional.empty();
            newest = last;
            run();
        } finally {
            lock.unlock();
        }
        log.error("The search index is damaged and is built anew. tenant={}", name);
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
            } catch (Exception | Error e) {
                // Nothing ends this thread: it is the only one that mends the index. Searches go on with what the index
                // has; the next change compares everything.
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
        discardDamaged();
        TenantIndex target = index;
        if (target == null || !target.isWritable()) {
            open(target, work.snapshot());
        } else if (work.changed().isEmpty()) {
            target.reconcile(work.snapshot());
        } else {
            target.update(work.snapshot(), work.changed().get());
        }
    }

    /** A disk that was full, say, closes the writer for good; searches go on with the old index until the new one is there. */
    private void open(@Nullable TenantIndex before, Snapshot snapshot) throws Exception {
        building.acquire();
        try {
            if (!isClosed()) {
                build(before, snapshot);
            }
        } finally {
            building.release();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void build(@Nullable TenantIndex before, Snapshot snapshot) throws Exception {
        TenantIndex fresh = opening.call();
        try {
            fresh.reconcile(snapshot);
        } catch (Exception | Error e) {
            fresh.close();
            throw e;
        }
        lock.lock();
        try {
            // Meanwhile a search may have found the old one damaged.
            damaged = null;
            index = fresh;
        } finally {
            lock.unlock();
        }
        if (before != null) {
            before.close();
        }
        fresh.commit();
    }

    private void discardDamaged() throws IOException {
        TenantIndex broken;
        lock.lock();
        try {
            broken = damaged;
            damaged = null;
        } finally {
            lock.unlock();
        }
        if (broken != null) {
            broken.discard();
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
            } catch (IOException | RuntimeException e) {
                log.error("The search index cannot be kept. tenant={}", name, e);
                failing = true;
            }
        }
    }

    /** Takes no more changes; waits for a write that is under way. */
    private void end() {
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

    /** Of a tenant that is gone. Its index is in no use afterwards, and its files are deleted. */
    void discard() throws IOException {
        end();
        TenantIndex last = index;
        index = null;
        if (last != null) {
            last.discard();
        }
    }

    /** Waits for a write that is under way, keeps what was written, and lets the index go. */
    void close() {
        end();
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
