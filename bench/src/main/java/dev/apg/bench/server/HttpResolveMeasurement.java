package dev.apg.bench.server;

import dev.apg.bench.Measurement;
import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.Target;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Resolving over HTTP: reading the document, solving, and writing the answer with the reasons of all entries. */
public final class HttpResolveMeasurement implements Measurement {
    private static final int REQUESTS = 50;
    private static final int MOST_MILLIS = 20;

    private final Servers servers;

    public HttpResolveMeasurement(Servers servers) {
        this.servers = servers;
    }

    @Override
    public String name() {
        return "http-resolve";
    }

    @Override
    public List<Sample> round(Scale scale) throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (int capabilities : scale.capabilities()) {
            ServerProcess server = servers.with(scale, capabilities);
            SyntheticCatalogue catalogue = Servers.catalogue(scale, capabilities);
            Requests requests = server.requests();
            for (int roots : scale.roots()) {
                List<byte[]> documents = IntStream.range(0, REQUESTS)
                        .mapToObj(salt -> requests.post(
                                "/api/v1/resolve", Compositions.resolve("bench", catalogue.roots(roots, salt))))
                        .toList();
                Reading.Read read = Reading.measure(
                        server,
                        scale,
                        "resolve over HTTP (capabilities %d, roots %d)".formatted(capabilities, roots),
                        documents);
                samples.add(read.alone().withTarget(Target.p99AtMost(MOST_MILLIS)));
                samples.add(read.together());
            }
        }
        return samples;
    }
}
