package dev.apg.bench.resolver;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Processor times of this thread for calls that are repeated after Java has compiled them, in nanoseconds.
 *
 * @param median of the calls
 * @param p99 of the calls
 */
record Repeated(double median, double p99) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What may throw. */
    interface Call {
        void run() throws Exception;
    }

    static Repeated of(int warmUps, int calls, Call call) throws Exception {
        for (int i = 0; i < warmUps; i++) {
            call.run();
        }
        double[] nanos = new double[calls];
        for (int i = 0; i < calls; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            call.run();
            nanos[i] = THREADS.getCurrentThreadCpuTime() - start;
        }
        Arrays.sort(nanos);
        return new Repeated(nanos[calls / 2], nanos[calls * 99 / 100]);
    }
}
