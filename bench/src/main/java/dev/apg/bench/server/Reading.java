package dev.apg.bench.server;

import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.Target;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import dev.apg.bench.server.Load.Result;
import dev.apg.bench.server.Load.Source;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

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

        Read withTarget(Target latency) {
            return new Read(alone.withTarget(latency), together);
        }
    }

    /** What is asked of one server. */
    @FunctionalInterface
    interface Question {
        List<Read> ask(ServerProcess server, SyntheticCatalogue catalogue) throws IOException, InterruptedException;
    }

    /** Asks a server of each size of the scale. */
    static List<Sample> ofEachSize(Servers servers, Scale scale, Question question) throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (int capabilities : scale.capabilities()) {
            ServerProcess server = servers.with(scale, capabilities);
            for (Read read : question.ask(server, Servers.catalogue(scale, capabilities))) {
                samples.addAll(read.samples());
            }
        }
        return samples;
    }

    /** The words of the code of some capability; those of neighbouring {@code i} lie far apart in the catalogue. */
    static String[] words(SyntheticCatalogue catalogue, int i) {
        return catalogue
                .versions(Math.floorMod(i * 7919, catalogue.capabilities()))
                .getFirst()
                .code()
                .split("-", -1);
    }

    /** So many requests, each made of its place among them. */
    static List<byte[]> requests(int count, IntFunction<byte[]> request) {
        return IntStream.range(0, count).mapToObj(request).toList();
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
