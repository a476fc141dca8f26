package dev.apg.bench.server;

import dev.apg.bench.Measurement;
import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import java.util.List;

/** Pages of twenty: in several orders, with and without filters. */
public final class ListMeasurement implements Measurement {
    private static final int REQUESTS = 200;

    private final Servers servers;

    public ListMeasurement(Servers servers) {
        this.servers = servers;
    }

    @Override
    public String name() {
        return "list";
    }

    @Override
    public List<Sample> round(Scale scale) throws Exception {
        return Reading.ofEachSize(servers, scale, (server, catalogue) -> {
            Requests requests = server.requests();
            return List.of(Reading.measure(
                    server,
                    scale,
                    "list 20 capabilities (capabilities %d)".formatted(catalogue.capabilities()),
                    Reading.requests(
                            REQUESTS, i -> requests.get("/api/v1/capabilities?limit=20" + filter(catalogue, i)))));
        });
    }

    private static String filter(SyntheticCatalogue catalogue, int i) {
        String[] words = Reading.words(catalogue, i);
        return switch (i % 5) {
            case 0 -> "";
            case 1 -> "&category=" + words[0];
            case 2 -> "&tag=" + words[2];
            case 3 -> "&prefix=" + words[0];
            case 4 -> "&sort=-updated_at&owner=team-" + words[0];
            default -> throw new AssertionError(i);
        };
    }
}
