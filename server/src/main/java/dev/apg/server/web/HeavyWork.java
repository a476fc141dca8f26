package dev.apg.server.web;

import dev.apg.server.tenancy.TenantContext;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Runs what needs a processor for long (solving, checking against schemas, rendering) on a few threads of its own. Requests
 * run on virtual threads, of which only as many make progress as there are processors until they wait for something: a
 * few long computations among them would stop every other request, health checks included. One thread more than there are
 * processors, and than a tenant may hold: what one asks for never stops another's small questions.
 */
@Component
public class HeavyWork {
    /** Computations that run or wait for a thread, in all and of one tenant; more are refused. */
    private static final int MOST = 128;

    private static final int MOST_OF_TENANT = 64;

    /** How long a request waits for a thread and its answer together. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final TenantSlots places = new TenantSlots(MOST_OF_TENANT, MOST);
    private final AtomicLong arrivals = new AtomicLong();

    /** Threads that a tenant may hold: as many as there are processors, and one less than there are threads. */
    private final int share = Runtime.getRuntime().availableProcessors();

    private final Map<UUID, Semaphore> shares = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads;

    /**
     * One computation, which keeps its tenant's share of the threads until it has really ended: one that is cancelled runs
     * on for a while. Those of tenants that have few under way come first, so that nobody waits behind all that another
     * tenant has asked for; among equals, whoever came first.
     */
    private static final class Computation<T> extends FutureTask<T> implements Comparable<Computation<?>> {
        private final Semaphore share;
        private final int ahead;
        private final long arrival;

        Computation(Supplier<T> work, Semaphore share, int ahead, long arrival) {
            super(work::get);
            this.share = share;
            this.ahead = ahead;
            this.arrival = arrival;
        }

        @Override
        public void run() {
            try {
                super.run();
            } finally {
                share.release();
            }
        }

        @Override
        public int compareTo(Computation<?> other) {
            int few = Integer.compare(ahead, other.ahead);
            return few == 0 ? Long.compare(arrival, other.arrival) : few;
        }
    }

    HeavyWork() {
        threads = new ThreadPoolExecutor(
                share + 1,
                share + 1,
                0,
                TimeUnit.SECONDS,
                new PriorityBlockingQueue<>(),
                Thread.ofPlatform().name("heavy-", 0).daemon().factory());
    }

    /**
     * The work's result. The work must not wait for other heavy work, nor for the database.
     *
     * @throws Rejection 503 {@code server.busy}, if too much is under way already, of the tenant or in all, or the answer takes
     *     more than a minute
     */
    public <T> T run(TenantContext context, Supplier<T> work) {
        TenantSlots.Slot place = places.take(context.tenantId())
                .orElseThrow(
                        () -> busy("as many computations are under way as may be (at most %d of a tenant, %d in all)"
                                .formatted(MOST_OF_TENANT, MOST)));
        try (place) {
            long end = System.nanoTime() + LONGEST.toNanos();
            Semaphore of = shares.computeIfAbsent(context.tenantId(), id -> new Semaphore(share, true));
            acquire(of, end);
            return await(new Computation<>(work, of, place.others(), arrivals.incrementAndGet()), end);
        }
    }

    private static void acquire(Semaphore share, long end) {
        try {
            if (!share.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw late();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw stopping();
        }
    }

    private <T> T await(Computation<T> result, long end) {
        try {
            threads.execute(result);
        } catch (RejectedExecutionException refused) {
            result.share.release();
            throw stopping();
        }
        try {
            return result.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            result.cancel(true);
            if (threads.remove(result)) {
                result.share.release();
            }
            throw late();
        } catch (InterruptedException stopped) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw stopping();
        } catch (CancellationException stopped) {
            throw stopping();
        } catch (ExecutionException failed) {
            throw thrown(Objects.requireNonNull(failed.getCause()));
        }
    }

    /** Computations that wait for a thread, beside those that wait for their tenant's share. */
    int waiting() {
        return threads.getQueue().size();
    }

    private static RuntimeException thrown(Throwable cause) {
        return switch (cause) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new IllegalStateException("a supplier threw a checked exception", cause);
        };
    }

    private static Rejection stopping() {
        return busy("it is about to stop");
    }

    private static Rejection late() {
        return busy("the answer took more than %d s (expected: a smaller question, or a try later)"
                .formatted(LONGEST.toSeconds()));
    }

    private static Rejection busy(String why) {
        return Rejection.unavailable("server.busy", "The server is busy: " + why, RETRY_AFTER);
    }

    @PreDestroy
    void stop() {
        // Whoever waits for one that will not be begun is told so at once.
        threads.shutdownNow().stream()
                .filter(waiting -> waiting instanceof Future)
                .forEach(waiting -> ((Future<?>) waiting).cancel(false));
    }
}
