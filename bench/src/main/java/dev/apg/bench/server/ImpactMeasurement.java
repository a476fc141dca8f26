package dev.apg.bench.server;

import dev.apg.bench.Measurement;
import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.Target;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import dev.apg.contract.WireJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;

/**
 * The impact of a candidate on {@value #COMPOSITIONS} compositions whose locks all have its capability, over HTTP, on a server
 * of its own. No two questions in a row are the same, so that no answer is one that was given before.
 */
public final class ImpactMeasurement implements Measurement {
    private static final int COMPOSITIONS = 10_000;
    private static final int MOST_MILLIS = 2_000;
    private static final int CALLS = 15;
    private static final String CAPABILITY = "bench-common";
    private static final String OTHER = "bench-other";
    private static final String SERVER = "impact";

    private final Servers servers;

    public ImpactMeasurement(Servers servers) {
        this.servers = servers;
    }

    @Override
    public String name() {
        return SERVER;
    }

    @Override
    public List<Sample> round(Scale scale) throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (int capabilities : scale.capabilities()) {
            SyntheticCatalogue catalogue = Servers.catalogue(scale, capabilities);
            try {
                CompositionCopies.Made made;
                try (ServerProcess server = servers.startEmpty(SERVER)) {
                    made = fill(server, catalogue);
                }
                try (ServerProcess server = servers.startAgain(SERVER)) {
                    samples.addAll(measure(server, catalogue, made));
                }
            } finally {
                servers.delete(SERVER);
            }
        }
        return samples;
    }

    private static CompositionCopies.Made fill(ServerProcess server, SyntheticCatalogue catalogue) throws Exception {
        Filling.fill(server, catalogue);
        try (Connection connection = server.connect()) {
            for (String version : List.of(CAPABILITY + " 1.0.0", CAPABILITY + " 1.1.0", OTHER + " 1.0.0")) {
                String[] parts = version.split(" ", 2);
                Load.requireSuccess(connection.exchange(server.requests()
                        .post(
                                "/api/v1/capabilities/%s/versions".formatted(parts[0]),
                                document(parts[0], parts[1], ""))));
            }
        }
        return FrozenCompositions.make(server, catalogue, CAPABILITY, COMPOSITIONS);
    }

    private static List<Sample> measure(ServerProcess server, SyntheticCatalogue catalogue, CompositionCopies.Made made)
            throws Exception {
        String of = " on %d compositions (capabilities %d)".formatted(made.compositions(), catalogue.capabilities());
        String note = "%d entries a lock".formatted(made.entries() / made.compositions());
        double heapBefore = server.usedHeapMebibytes();
        List<Sample> samples = new ArrayList<>();
        try (Connection connection = server.connect()) {
            IntFunction<String> taken = i -> candidate(document(CAPABILITY, "1.2." + i, ""));
            long start = System.nanoTime();
            ask(server, connection, taken.apply(0), "upgradable", made.compositions());
            samples.add(Sample.single(
                            "impact of a new version" + of + ", first after a start",
                            "ms",
                            (System.nanoTime() - start) / 1e6)
                    .withTarget(Target.atMost(MOST_MILLIS))
                    .withNote(note));
            samples.add(repeated(server, connection, "impact of a new version" + of, made.compositions(), taken)
                    .withNote(note));
            samples.add(repeated(
                    server,
                    connection,
                    "impact of a yank or a deprecation" + of,
                    made.compositions(),
                    i -> "{\"kind\":\"state\",\"capability\":\"%s\",\"version\":\"1.1.0\",\"state\":\"%s\"}"
                            .formatted(CAPABILITY, i % 2 == 0 ? "yanked" : "deprecated")));
            String need = ",\"requirements\":[{\"capability\":\"%s\",\"range\":\"^1.0.0\"}]".formatted(OTHER);
            samples.add(repeated(
                            server,
                            connection,
                            "impact of a new version that needs more" + of,
                            made.compositions(),
                            i -> candidate(document(CAPABILITY, "1.3." + i, need)))
                    .withNote("every composition is searched"));
        }
        samples.add(Sample.single(
                "heap in use for the newest revisions, per entry" + of,
                "bytes",
                (server.usedHeapMebibytes() - heapBefore) * (1 << 20) / made.entries()));
        return samples;
    }

    private static Sample repeated(
            ServerProcess server, Connection connection, String what, int expected, IntFunction<String> candidates)
            throws Exception {
        int[] asked = {1};
        WarmUp.of(server, () -> {
            for (int i = 0; i < 3; i++) {
                ask(server, connection, candidates.apply(asked[0]++), "upgradable", expected);
            }
        });
        long[] nanos = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            String candidate = candidates.apply(asked[0]++);
            long start = System.nanoTime();
            ask(server, connection, candidate, "upgradable", expected);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return new Load.Result(nanos, 1).latency(what).withTarget(Target.atMost(MOST_MILLIS));
    }

    /** Asks for the first twenty, and looks at the count of all. */
    private static void ask(ServerProcess server, Connection connection, String candidate, String verdict, int expected)
            throws IOException {
        Connection.Answer answer =
                Load.requireSuccess(connection.exchange(server.requests().post("/api/v1/impact", candidate)));
        JsonNode totals = WireJson.MAPPER.readTree(answer.body()).get("totals");
        if (totals.get(verdict).asInt() != expected) {
            throw new IOException("totals: %s (expected: %d %s)".formatted(totals, expected, verdict));
        }
    }

    private static String candidate(String document) {
        return "{\"kind\":\"document\",\"document\":%s}".formatted(document);
    }

    private static String document(String capability, String version, String more) {
        return "{\"format\":\"apg.version/1\",\"capability\":\"%s\",\"version\":\"%s\"%s}"
                .formatted(capability, version, more);
    }
}
