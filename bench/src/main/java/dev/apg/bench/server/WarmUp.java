package dev.apg.bench.server;

import java.io.IOException;

/** Repeats what is going to be measured until Java has compiled it: a server runs for weeks, and is fresh for a minute. */
final class WarmUp {
    /** Compiling takes less than this share of a processor: the rest would not be seen in the figures. */
    private static final double QUIET = 0.1;

    /** Repetitions in a row that must have been quiet. */
    private static final int QUIET_ONES = 2;

    private static final int MOST = 30;

    private WarmUp() {}

    /** Something to repeat for a few seconds. */
    @FunctionalInterface
    interface Run {
        void run() throws IOException, InterruptedException;
    }

    static void of(ServerProcess server, Run run) throws IOException, InterruptedException {
        int quiet = 0;
        for (int i = 0; i < MOST && quiet < QUIET_ONES; i++) {
            double compiling = server.compilerSeconds();
            long start = System.nanoTime();
            run.run();
            double seconds = (System.nanoTime() - start) / 1e9;
            quiet = server.compilerSeconds() - compiling < QUIET * seconds ? quiet + 1 : 0;
        }
    }
}
