package dev.apg.bench.server;

import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.server.Load.Result;
import dev.apg.bench.server.Load.Source;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How a server answers requests that change nothing: one after the other, and as many as it can. */
final class Reading {
    /** Enough to keep two processors busy, few enough not to measure a queue. */
    static final int CONNECTIONS = 4;

    /** A warm-up is over when so many repetitions in a row were not that much faster than the best before them. */
    private static final int NO_LONGER_FASTER = 2;

    private static final double FASTER = 1.05;

    /** And after so many in any case. */
    private static final int MOST_WARM_UPS = 20;

    private Reading() {}

    /**
     * @param alone the latency of requests that come one after the other
     * @param together the rate that {@link #CONNECTIONS} connections reach
     */
    record Read(Sample alone, Sample together) {
        List<Sample> samples() {
            return List.of(alone, together);
        }
    }

    static Read measure(ServerProcess server, Scale scale, String what, List<byte[]> requests)
            throws IOException, InterruptedException {
        Duration time = Duration.ofSeconds(scale.seconds());
        warmUp(server, time, requests);
        Result alone = Load.run(server.port(), 1, time, Source.repeating(requests));
        return new Read(alone.latency(what), rate(server, what, time, requests));
    }

    /** Until the compiler has got to the end of what is asked: on a busy machine that takes a while. */
    static void warmUp(ServerProcess server, Duration time, List<byte[]> requests)
            throws IOException, InterruptedException {
        double best = 0;
        int without = 0;
        for (int i = 0; i < MOST_WARM_UPS && without < NO_LONGER_FASTER; i++) {
            double rate = Load.run(server.port(), CONNECTIONS, time, Source.repeating(requests))
                    .perSecond();
            without = rate > best * FASTER ? 0 : without + 1;
            best = Math.max(best, rate);
        }
    }

    private static Sample rate(ServerProcess server, String what, Duration time, List<byte[]> requests)
            throws IOException, InterruptedException {
        double serverBefore = server.processorSeconds();
        double ownBefore = ownProcessorSeconds();
        Result together = Load.run(server.port(), CONNECTIONS, time, Source.repeating(requests));
        double micros = 1e6 / together.nanos().length;
        return Sample.single(what + ", %d connections".formatted(CONNECTIONS), "per second", together.perSecond())
                .withNote(String.format(
                        Locale.ROOT,
                        "processor time each: server %.0f µs, generator %.0f µs",
                        (server.processorSeconds() - serverBefore) * micros,
                        (ownProcessorSeconds() - ownBefore) * micros));
    }

    private static double ownProcessorSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1e3;
    }
}
