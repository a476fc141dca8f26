package dev.apg.resolver.engine;

import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * Where long work can be stopped or made to wait, every few microseconds. What happens there changes no answer: it comes
 * later, or there is none.
 */
public final class Interruption {
    private static final ScopedValue<Runnable> PAUSE = ScopedValue.newInstance();

    private Interruption() {}

    /**
     * Does work that stops at each {@link #check} for as long as {@code pause} runs.
     *
     * @param pause may throw, which ends the work
     */
    public static <T> T pausing(Runnable pause, Supplier<T> work) {
        return ScopedValue.where(PAUSE, pause).call(work::get);
    }

    /** @throws CancellationException if the thread is interrupted: there is no answer then, never another one */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("nobody waits for the answer any more");
        }
        if (PAUSE.isBound()) {
            PAUSE.get().run();
        }
    }
}
