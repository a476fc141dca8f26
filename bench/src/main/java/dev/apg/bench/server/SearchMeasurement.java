package dev.apg.bench.server;

import dev.apg.bench.Measurement;
import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.Target;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import java.util.List;

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
        return Reading.ofEachSize(servers, scale, (server, catalogue) -> {
            Requests requests = server.requests();
            return List.of(Reading.measure(
                            server,
                            scale,
                            "search, 20 results (capabilities %d)".formatted(catalogue.capabilities()),
                            Reading.requests(
                                    REQUESTS, i -> requests.get("/api/v1/search?limit=20&q=" + query(catalogue, i))))
                    .withTarget(Target.p99AtMost(MOST_MILLIS)));
        });
    }

    private static String query(SyntheticCatalogue catalogue, int i) {
        String[] words = Reading.words(catalogue, i);
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
