package dev.apg.server.impact;

import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.HeavyWork;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Long work of many equal pieces: one small piece after the other through {@link HeavyWork}, as many side by side as there are
 * processors, so that whatever else is asked of the node comes in between.
 */
@Component
class Slices {
    private final int atOnce = Runtime.getRuntime().availableProcessors();
    private final HeavyWork heavyWork;

    Slices(HeavyWork heavyWork) {
        this.heavyWork = heavyWork;
    }

    /**
     * The results of the pieces, in their order, without a gap; fewer if it was enough before.
     *
     * @param load what a piece needs, which may wait for the database
     * @param work on what was loaded, which may not
     * @param enough asked before each piece; once it is true, it stays so
     */
    <A, B> List<B> run(
            TenantContext context, int pieces, IntFunction<A> load, Function<A, B> work, BooleanSupplier enough) {
        var results = new AtomicReferenceArray<@Nullable B>(pieces);
        var failure = new AtomicReference<@Nullable Throwable>();
        var next = new AtomicInteger();
        Runnable worker = () -> {
            for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
                if (failure.get() != null || enough.getAsBoolean()) {
                    return;
                }
                try {
                    A loaded = load.apply(i);
                    results.set(i, heavyWork.run(context, () -> work.apply(loaded)));
                } catch (RuntimeException | Error failed) {
                    failure.compareAndSet(null, failed);
                }
            }
        };
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(atOnce, pieces); i++) {
            workers.add(Thread.ofVirtual().name("impact").start(worker));
        }
        join(workers);
        switch (failure.get()) {
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            case null, default -> {}
        }
        List<B> all = new ArrayList<>(pieces);
        for (int i = 0; i < pieces; i++) {
            B result = results.get(i);
            if (result == null) {
                break;
            }
            all.add(result);
        }
        return all;
    }

    private static void join(List<Thread> workers) {
        try {
            for (Thread worker : workers) {
                worker.join();
            }
        } catch (InterruptedException stopping) {
            workers.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
            throw new CancellationException("the server is about to stop");
        }
    }
}
