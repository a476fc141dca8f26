package dev.apg.resolver.engine;

import java.util.concurrent.CancellationException;

/** Ends work whose answer nobody waits for any more. */
public final class Interruption {
    private Interruption() {}

    /** @throws CancellationException if the thread is interrupted: there is no answer then, never another one */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("nobody waits for the answer any more");
        }
    }
}
