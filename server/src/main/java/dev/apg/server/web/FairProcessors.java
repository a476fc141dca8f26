package dev.apg.server.web;

import dev.apg.resolver.engine.Interruption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Shares processors between tenants by the time that their computations take, not by their number. A computation holds a
 * processor for a slice of time; if it goes on and somebody else's turn has come, it pauses where it is
 * ({@link Interruption#check}) until its own comes again. Of the tenants it is the turn of the one that has had least since
 * it came. Of one tenant's computations those in their first slice come first, so that short questions do not wait behind long
 * ones, and the long ones follow in the order in which they came.
 *
 * <p>There is one processor more than the machine has, which is for first slices, and which the tenant that has all others
 * does not get.
 */
final class FairProcessors {
    /** Long enough for nearly every resolve, and short enough to wait for. */
    private static final long SLICE = Duration.ofMillis(20).toNanos();

    /** How long the first of a tenant's long computations may wait for its short ones. */
    private static final long LONGEST_PASSED = 5 * SLICE;

    private static final Duration IDLE_THREAD = Duration.ofSeconds(10);

    private final int most;
    private final int mostLong;
    private final ThreadPoolExecutor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<UUID, Line> lines = new HashMap<>();
    private final Set<Computation<?>> running = new HashSet<>();
    private int runningLong;
    private long arrivals;

    /** What the tenant whose turn came last had had by then. Whoever comes starts from there: waiting is no credit. */
    private long floor;

    /** @param processors that the machine has */
    FairProcessors(int processors) {
        most = processors + 1;
        mostLong = processors;
        threads = new ThreadPoolExecutor(
                most,
                Integer.MAX_VALUE,
                IDLE_THREAD.toSeconds(),
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().name("heavy-", 0).daemon().factory());
    }

    /** A tenant that has computations, and what these have taken, in nanoseconds. */
    private static final class Line {
        private final Queue<Computation<?>> fresh = new ArrayDeque<>();
        private final Queue<Computation<?>> begun =
                new PriorityQueue<>(Comparator.comparingLong(computation -> computation.arrival));
        private final UUID tenantId;
        private long used;
        private int holding;

        Line(UUID tenantId, long used) {
            this.tenantId = tenantId;
            this.used = used;
        }

        boolean isEmpty() {
            return holding == 0 && fresh.isEmpty() && begun.isEmpty();
        }
    }

    private enum Phase {
        WAITING,
        RUNNING,
        PAUSED,
        OVER
    }

    /** Something that somebody waits for. All but its result is guarded by the lock. */
    final class Computation<T> extends FutureTask<T> {
        private final Line line;
        private final Condition granted = lock.newCondition();
        private final long arrival;
        private Phase phase = Phase.WAITING;
        private boolean isLong;

        /** When it began to run or to wait. */
        private long since;

        /** Until when its time is counted. */
        private long counted;

        private Computation(Line line, Supplier<T> work) {
            super(work::get);
            this.line = line;
            this.arrival = arrivals++;
            this.since = System.nanoTime();
        }

        @Override
        public void run() {
            Interruption.pausing(() -> pause(this), () -> {
                super.run();
                return this;
            });
            over(this);
        }

        /** Gives it up: it is not begun, or ends at its next check. */
        void giveUp() {
            cancel(true);
            lock.lock();
            try {
                if (phase == Phase.WAITING) {
                    line.fresh.remove(this);
                    end(this);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Has the work done when its turn comes. It must not wait for another's. */
    <T> Computation<T> submit(UUID tenantId, Supplier<T> work) {
        lock.lock();
        try {
            if (threads.isShutdown()) {
                throw new RejectedExecutionException();
            }
            Line line = lines.computeIfAbsent(tenantId, id -> new Line(id, floor));
            var computation = new Computation<>(line, work);
            line.fresh.add(computation);
            grant();
            return computation;
        } finally {
            lock.unlock();
        }
    }

    /** Computations that do not have a processor. */
    int waiting() {
        lock.lock();
        try {
            return lines.values().stream()
                    .mapToInt(line -> line.fresh.size() + line.begun.size())
                    .sum();
        } finally {
            lock.unlock();
        }
    }

    /** Begins nothing any more, and ends what was begun at its next check. */
    void stop() {
        lock.lock();
        try {
            threads.shutdownNow();
            lines.values().forEach(line -> line.fresh.forEach(waiting -> waiting.cancel(false)));
        } finally {
            lock.unlock();
        }
    }

    /** Gives all processors that are free to whose turn it is. */
    private void grant() {
        long now = System.nanoTime();
        running.forEach(computation -> count(computation, now));
        while (running.size() < most && !threads.isShutdown()) {
            Optional<Computation<?>> next = lines.values().stream()
                    .filter(line -> line.holding < mostLong)
                    .flatMap(line -> next(line, now).stream())
                    .min(Comparator.<Computation<?>>comparingLong(computation -> computation.line.used)
                            .thenComparingLong(computation -> computation.arrival));
            if (next.isEmpty()) {
                return;
            }
            begin(next.get(), now);
        }
    }

    /** Whose turn of a tenant's own it is. */
    private Optional<Computation<?>> next(Line line, long now) {
        Optional<Computation<?>> fresh = Optional.ofNullable(line.fresh.peek());
        Optional<Computation<?>> begun =
                runningLong < mostLong ? Optional.ofNullable(line.begun.peek()) : Optional.empty();
        return begun.filter(passed -> now - passed.since > LONGEST_PASSED)
                .or(() -> fresh)
                .or(() -> begun);
    }

    private void begin(Computation<?> computation, long now) {
        Line line = computation.line;
        floor = Math.max(floor, line.used);
        line.holding++;
        running.add(computation);
        computation.since = now;
        computation.counted = now;
        Phase before = computation.phase;
        computation.phase = Phase.RUNNING;
        if (before == Phase.PAUSED) {
            line.begun.remove(computation);
            runningLong++;
            computation.granted.signal();
        } else {
            line.fresh.remove(computation);
            threads.execute(computation);
        }
    }

    private static void count(Computation<?> computation, long now) {
        computation.line.used += now - computation.counted;
        computation.counted = now;
    }

    /** Takes the processor back. */
    private void release(Computation<?> computation) {
        long now = System.nanoTime();
        count(computation, now);
        computation.since = now;
        computation.line.holding--;
        running.remove(computation);
        if (computation.isLong) {
            runningLong--;
        }
    }

    private void end(Computation<?> computation) {
        computation.phase = Phase.OVER;
        if (computation.line.isEmpty()) {
            lines.remove(computation.line.tenantId);
        }
        grant();
    }

    private void over(Computation<?> computation) {
        lock.lock();
        try {
            if (computation.phase == Phase.RUNNING) {
                release(computation);
                end(computation);
            }
        } finally {
            lock.unlock();
        }
    }

    private void pause(Computation<?> computation) {
        // Only its own thread asks, and nobody else changes this while it runs.
        if (System.nanoTime() - computation.since < SLICE) {
            return;
        }
        lock.lock();
        try {
            release(computation);
            computation.isLong = true;
            computation.phase = Phase.PAUSED;
            computation.line.begun.add(computation);
            grant();
            while (computation.phase == Phase.PAUSED) {
                computation.granted.await();
            }
        } catch (InterruptedException notWanted) {
            if (computation.phase == Phase.PAUSED) {
                computation.line.begun.remove(computation);
                end(computation);
            }
            Thread.currentThread().interrupt();
            throw new CancellationException("nobody waits for the answer any more");
        } finally {
            lock.unlock();
        }
    }
}
