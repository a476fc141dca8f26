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
        warmUp(server, scale, requests);
        Result alone = Load.run(server.port(), 1, time, Source.repeating(requests));
        return new Read(alone.latency(what), rate(server, scale, what, requests));
    }

    static void warmUp(ServerProcess server, Scale scale, List<byte[]> requests)
            throws IOException, InterruptedException {
        WarmUp.of(
                server,
                () -> Load.run(
                        server.port(), CONNECTIONS, Duration.ofSeconds(scale.seconds()), Source.repeating(requests)));
    }

    /** What {@link #CONNECTIONS} connections reach. */
    static Sample rate(ServerProcess server, Scale scale, String what, List<byte[]> requests)
            throws IOException, InterruptedException {
        Duration time = Duration.ofSeconds(scale.seconds());
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
