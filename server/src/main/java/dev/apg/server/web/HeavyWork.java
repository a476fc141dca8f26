package dev.apg.server.web;

import dev.apg.server.tenancy.TenantContext;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Runs what needs a processor for long (solving, checking against schemas, rendering) on threads of its own. Requests
 * run on virtual threads, of which only as many make progress as there are processors until they wait for something: a
 * few long computations among them would stop every other request, health checks included. Tenants share the processors
 * fairly, short questions come before long ones, and what nobody waits for any more is given up.
 */
@Component
public class HeavyWork {
    /** Computations that run or wait for a thread, in all and of one tenant; more are refused. */
    private static final int MOST = 128;

    private static final int MOST_OF_TENANT = 64;

    /** How long a request waits for its turns and its answer together. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final TenantSlots places = new TenantSlots(MOST_OF_TENANT, MOST);
    private final FairProcessors processors =
            new FairProcessors(Runtime.getRuntime().availableProcessors());

    /**
     * The work's result. The work must not wait for other heavy work, nor for the database, and where it may take long it
     * calls {@link dev.apg.resolver.engine.Interruption#check} now and then.
     *
     * @throws Rejection 503 {@code server.busy}, if too much is under way already, of the tenant or in all, or the answer takes
     *     more than a minute
     * @throws ClientGoneException if the request whose thread this is has lost its client meanwhile
     */
    public <T> T run(TenantContext context, Supplier<T> work) {
        return run(context, ClientWatch.ofRequest(), work);
    }

    /** The same for work whose result somebody else waits for. */
    public <T> T run(TenantContext context, ClientWatch client, Supplier<T> work) {
        TenantSlots.Slot place = places.take(context.tenantId())
                .orElseThrow(
                        () -> busy("as many computations are under way as may be (at most %d of a tenant, %d in all)"
                                .formatted(MOST_OF_TENANT, MOST)));
        try (place) {
            return await(submit(context, work), client);
        }
    }

    private <T> FairProcessors.Computation<T> submit(TenantContext context, Supplier<T> work) {
        try {
            return processors.submit(context.tenantId(), work);
        } catch (RejectedExecutionException refused) {
            throw stopping();
        }
    }

    private static <T> T await(FairProcessors.Computation<T> result, ClientWatch client) {
        long end = System.nanoTime() + LONGEST.toNanos();
        try {
            while (true) {
                long left = end - System.nanoTime();
                try {
                    return result.get(Math.min(left, ClientWatch.EVERY.toNanos()), TimeUnit.NANOSECONDS);
                } catch (TimeoutException waiting) {
                    if (left <= ClientWatch.EVERY.toNanos()) {
                        throw late();
                    }
                    client.requireClient();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw stopping();
        } catch (CancellationException stopped) {
            throw stopping();
        } catch (ExecutionException failed) {
            throw thrown(Objects.requireNonNull(failed.getCause()));
        } finally {
            result.giveUp();
        }
    }

    /** Computations that wait for their turn. */
    int waiting() {
        return processors.waiting();
    }

    private static RuntimeException thrown(Throwable cause) {
        return switch (cause) {
            case CancellationException stopped -> stopping();
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
        processors.stop();
    }
}
