package dev.apg.server.impact;

import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.ClientGoneException;
import dev.apg.server.web.ClientWatch;
import dev.apg.server.web.HeavyWork;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Long work of many parts: one moment of it after the other through {@link HeavyWork}, as many side by side as there are
 * processors. Whoever else asks something of the node waits for a moment at most, however many such works there are.
 */
@Component
class PartedWork {
    private final int atOnce = Runtime.getRuntime().availableProcessors();
    private final HeavyWork heavyWork;

    PartedWork(HeavyWork heavyWork) {
        this.heavyWork = heavyWork;
    }

    /** Something that goes on where it stopped. */
    interface Part {
        /** Works for a moment, without waiting for anything, and tells whether there is more to do. */
        boolean goOn();
    }

    /**
     * Has all parts done, or fails with what the first of them that failed threw.
     *
     * @param load makes a part when its turn has come; it may wait for the database
     */
    void run(TenantContext context, int parts, IntFunction<Part> load) {
        var failure = new AtomicReference<@Nullable Throwable>();
        var next = new AtomicInteger();
        Runnable worker = () -> {
            try {
                for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
                    Part part = load.apply(i);
                    boolean more = true;
                    while (more && failure.get() == null) {
                        more = heavyWork.run(context, () -> failure.get() != null, part::goOn);
                    }
                }
            } catch (RuntimeException | Error failed) {
                failure.compareAndSet(null, failed);
                next.set(parts);
            }
        };
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(atOnce, parts); i++) {
            workers.add(Thread.ofVirtual().name("impact").start(worker));
        }
        join(workers, failure);
        switch (failure.get()) {
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            case null, default -> {}
        }
    }

    private static void join(List<Thread> workers, AtomicReference<@Nullable Throwable> failure) {
        ClientWatch client = ClientWatch.ofRequest();
        try {
            for (Thread worker : workers) {
                while (!worker.join(ClientWatch.EVERY)) {
                    if (client.isGone()) {
                        failure.compareAndSet(null, new ClientGoneException());
                    }
                }
            }
        } catch (InterruptedException stopping) {
            workers.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
            throw new CancellationException("the server is about to stop");
        }
    }
}
