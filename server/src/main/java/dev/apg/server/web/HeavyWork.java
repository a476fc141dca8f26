package dev.apg.server.web;

import dev.apg.server.tenancy.TenantContext;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Runs what needs a processor for long (solving, checking against schemas, rendering) on a few threads of its own. Requests
 * run on virtual threads, of which only as many make progress as there are processors until they wait for something: a
 * few long computations among them would stop every other request, health checks included.
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
    private final ThreadPoolExecutor threads;

    /**
     * One computation. Those of tenants that have few under way come first, so that nobody waits behind all that another
     * tenant has asked for; among equals, whoever came first.
     */
    private static final class Computation<T> extends FutureTask<T> implements Comparable<Computation<?>> {
        private final int ahead;
        private final long arrival;

        Computation(Supplier<T> work, int ahead, long arrival) {
            super(work::get);
            this.ahead = ahead;
            this.arrival = arrival;
        }

        @Override
        public int compareTo(Computation<?> other) {
            int few = Integer.compare(ahead, other.ahead);
            return few == 0 ? Long.compare(arrival, other.arrival) : few;
        }
    }

    HeavyWork() {
        int processors = Runtime.getRuntime().availableProcessors();
        threads = new ThreadPoolExecutor(
                processors,
                processors,
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
            return await(new Computation<>(work, place.others(), arrivals.incrementAndGet()));
        }
    }

    private <T> T await(Computation<T> result) {
        try {
            threads.execute(result);
        } catch (RejectedExecutionException refused) {
            throw stopping();
        }
        try {
            return result.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            result.cancel(true);
            threads.remove(result);
            throw busy("the answer took more than %d s (expected: a smaller question, or a try later)"
                    .formatted(LONGEST.toSeconds()));
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

    /** Computations that wait for a thread. */
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
