package dev.apg.server.catalog;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** For what happens on another thread or node, soon but not at once. */
public final class Eventually {
    private static final long DEADLINE_SECONDS = 30;

    private Eventually() {}

    /** Repeats the check until it holds; its last failure is thrown if it does not in a generous time. */
    public static void holds(Runnable check) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (true) {
            try {
                check.run();
                return;
            } catch (AssertionError | RuntimeException failure) {
                if (System.nanoTime() > deadline) {
                    throw failure;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }
}
