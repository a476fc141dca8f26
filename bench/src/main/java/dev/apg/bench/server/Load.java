package dev.apg.bench.server;

import dev.apg.bench.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A closed loop: each connection sends its next request when the answer to the one before is there. */
final class Load {
    private Load() {}

    /** Hands out requests to several connections at once; null when there are no more. */
    @FunctionalInterface
    interface Source {
        byte @Nullable [] next();

        /** The same requests again and again. */
        static Source repeating(List<byte[]> requests) {
            var next = new AtomicInteger();
            return () -> requests.get(Math.floorMod(next.getAndIncrement(), requests.size()));
        }

        /** Each request once. */
        static Source once(List<byte[]> requests) {
            var next = new AtomicInteger();
            return () -> {
                int index = next.getAndIncrement();
                return index < requests.size() ? requests.get(index) : null;
            };
        }
    }

    /**
     * What was seen.
     *
     * @param nanos of each request, ascending
     * @param seconds from the first request until the last answer
     */
    record Result(long[] nanos, double seconds) {
        double perSecond() {
            return nanos.length / seconds;
        }

        double micros(int percentile) {
            return nanos[Math.min(nanos.length - 1, nanos.length * percentile / 100)] / 1e3;
        }

        /** Milliseconds, with the p99 if there are enough to tell. */
        Sample latency(String what) {
            return Sample.of(what, "ms", micros(50) / 1e3, nanos.length < 100 ? null : micros(99) / 1e3);
        }
    }

    /** @throws IOException also if a request is not answered with 200 or 201 */
    static Result run(int port, int connections, Duration atMost, Source requests)
            throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            long start = System.nanoTime();
            long deadline = start + atMost.toNanos();
            Callable<long[]> loop = () -> loop(port, deadline, requests);
            List<Future<long[]>> loops = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                loops.add(threads.submit(loop));
            }
            List<long[]> parts = new ArrayList<>();
            for (Future<long[]> each : loops) {
                parts.add(each.get());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            long[] all = parts.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            return new Result(all, seconds);
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        }
    }

    private static long[] loop(int port, long deadline, Source requests) throws IOException {
        long[] nanos = new long[1 << 12];
        int count = 0;
        try (var connection = new Connection(port)) {
            for (long start = System.nanoTime(); start < deadline; ) {
                byte[] request = requests.next();
                if (request == null) {
                    break;
                }
                requireSuccess(connection.exchange(request));
                long end = System.nanoTime();
                if (count == nanos.length) {
                    nanos = Arrays.copyOf(nanos, count * 2);
                }
                nanos[count++] = end - start;
                start = end;
            }
        }
        return Arrays.copyOf(nanos, count);
    }

    static Connection.Answer requireSuccess(Connection.Answer answer) throws IOException {
        if (answer.status() / 100 != 2) {
            throw new IOException(
                    "%s: %s".formatted(answer.headers().lines().findFirst().orElse(""), answer.text()));
        }
        return answer;
    }
}
