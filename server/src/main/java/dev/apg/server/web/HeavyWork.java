package dev.apg.server.web;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Runs what needs a processor for long (solving, checking against schemas, rendering) on a few threads of its own. Requests
 * run on virtual threads, of which only as many make progress as there are processors until they wait for something: a
 * few long computations among them would stop every other request, health checks included.
 */
@Component
public class HeavyWork {
    /** Computations that wait for a thread; more are refused. */
    private static final int MOST_WAITING = 64;

    /** How long a request waits for a thread and its answer together. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ThreadPoolExecutor threads;

    HeavyWork() {
        int processors = Runtime.getRuntime().availableProcessors();
        threads = new ThreadPoolExecutor(
                processors,
                processors,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().name("heavy-", 0).daemon().factory());
    }

    /**
     * The work's result. The work must not wait for other heavy work, nor for the database.
     *
     * @throws Rejection 503 {@code server.busy}, if too much waits already or the answer takes more than a minute
     */
    public <T> T run(Supplier<T> work) {
        Future<T> result;
        try {
            result = threads.submit(work::get);
        } catch (RejectedExecutionException refused) {
            throw threads.isShutdown()
                    ? stopping()
                    : busy("%d computations wait already (expected: a try later)".formatted(MOST_WAITING));
        }
        try {
            return result.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            result.cancel(true);
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
