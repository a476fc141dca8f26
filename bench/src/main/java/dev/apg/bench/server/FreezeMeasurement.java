package dev.apg.bench.server;

import dev.apg.bench.Measurement;
import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import dev.apg.resolver.Root;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Freezing one composition again and again, each time after a change of its draft that is not timed. */
public final class FreezeMeasurement implements Measurement {
    private static final int MEMBERS = 20;
    private static final int LEAST = 10;
    private static final int MOST = 200;

    private final Servers servers;
    private int compositions;

    public FreezeMeasurement(Servers servers) {
        this.servers = servers;
    }

    @Override
    public String name() {
        return "freeze";
    }

    @Override
    public List<Sample> round(Scale scale) throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (int capabilities : scale.capabilities()) {
            samples.add(measure(servers.with(scale, capabilities), scale, capabilities));
        }
        return samples;
    }

    private Sample measure(ServerProcess server, Scale scale, int capabilities) throws IOException {
        SyntheticCatalogue catalogue = Servers.catalogue(scale, capabilities);
        String code = "bench-" + ++compositions;
        List<Root> members = catalogue.roots(MEMBERS, compositions);
        Requests requests = server.requests();
        String path = "/api/v1/compositions/" + code;
        long[] nanos = new long[MOST];
        int count = 0;
        long begin = System.nanoTime();
        try (Connection connection = server.connect()) {
            Load.requireSuccess(
                    connection.exchange(requests.post("/api/v1/compositions", Compositions.create(code, members))));
            // The first third only warms up.
            long warm = begin + scale.seconds() * 1_000_000_000L;
            long deadline = warm + 2 * scale.seconds() * 1_000_000_000L;
            for (int i = 0; count < LEAST || (count < MOST && System.nanoTime() < deadline); i++) {
                String change = "{\"operations\":[{\"op\":\"set_range\",\"capability\":\"%s\",\"range\":\"%s\"}]}"
                        .formatted(members.getFirst().target().code(), i % 2 == 0 ? ">=0.0.0" : "*");
                Connection.Answer changed =
                        Load.requireSuccess(connection.exchange(requests.post(path + "/draft/operations", change)));
                byte[] freeze = requests.post(path + "/revisions", "{}", changed.header("ETag"));
                long start = System.nanoTime();
                Load.requireSuccess(connection.exchange(freeze));
                long end = System.nanoTime();
                if (start >= warm) {
                    nanos[count++] = end - start;
                }
            }
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return new Load.Result(sorted, (System.nanoTime() - begin) / 1e9)
                .latency("freeze %d members (capabilities %d)".formatted(MEMBERS, capabilities));
    }
}
