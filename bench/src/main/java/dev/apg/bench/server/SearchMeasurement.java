package dev.apg.bench.server;

import dev.apg.bench.Measurement;
import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.Target;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Searches as people type them, twenty results each with facets and highlights: words, beginnings, typing errors. */
public final class SearchMeasurement implements Measurement {
    private static final int REQUESTS = 500;
    private static final int MOST_MILLIS = 10;

    private final Servers servers;

    public SearchMeasurement(Servers servers) {
        this.servers = servers;
    }

    @Override
    public String name() {
        return "search";
    }

    @Override
    public List<Sample> round(Scale scale) throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (int capabilities : scale.capabilities()) {
            ServerProcess server = servers.with(scale, capabilities);
            SyntheticCatalogue catalogue = Servers.catalogue(scale, capabilities);
            Requests requests = server.requests();
            List<byte[]> searches = IntStream.range(0, REQUESTS)
                    .mapToObj(i -> requests.get("/api/v1/search?limit=20&q=" + words(catalogue, i)))
                    .toList();
            Reading.Read read = Reading.measure(
                    server, scale, "search, 20 results (capabilities %d)".formatted(capabilities), searches);
            samples.add(read.alone().withTarget(Target.p99AtMost(MOST_MILLIS)));
            samples.add(read.together());
        }
        return samples;
    }

    private static String words(SyntheticCatalogue catalogue, int i) {
        String[] words = catalogue
                .versions(Math.floorMod(i * 7919, catalogue.capabilities()))
                .getFirst()
                .code()
                .split("-", -1);
        return switch (i % 5) {
            case 0 -> words[1];
            case 1 -> words[0] + "+" + words[2];
            case 2 -> String.join("+", words);
            case 3 -> words[0] + "+" + words[1].substring(0, 3);
            case 4 -> words[0].substring(0, 2) + words[0].substring(3) + "+" + words[1];
            default -> throw new AssertionError(i);
        };
    }
}
