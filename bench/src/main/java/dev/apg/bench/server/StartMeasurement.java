package dev.apg.bench.server;

import dev.apg.bench.Measurement;
import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.Target;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import dev.apg.resolver.Root;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * From the start of the process until the first correct answers to a resolve and to a search: with the snapshot that the
 * node kept when it stopped, and without anything kept, from the database alone. Leaves the servers of the round running.
 */
public final class StartMeasurement implements Measurement {
    private static final int LONGEST_SECONDS = 300;
    private static final int PAUSE_MILLIS = 10;

    private final Servers servers;

    public StartMeasurement(Servers servers) {
        this.servers = servers;
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Sample> round(Scale scale) throws Exception {
        List<Sample> samples = new ArrayList<>();
        samples.add(empty());
        for (int capabilities : scale.capabilities()) {
            servers.with(scale, capabilities);
            SyntheticCatalogue catalogue = Servers.catalogue(scale, capabilities);
            String size = " (capabilities " + capabilities + ")";
            servers.stop(capabilities);
            for (String kept : List.of("snapshot", "search")) {
                Servers.deleteTree(servers.directory(capabilities).resolve(kept));
            }
            samples.add(Sample.single("start without anything kept" + size, "s", started(capabilities, catalogue))
                    .withTarget(Target.atMost(60)));
            servers.stop(capabilities);
            samples.add(Sample.single("start from a checkpoint" + size, "s", started(capabilities, catalogue))
                    .withTarget(Target.atMost(10)));
        }
        return samples;
    }

    private Sample empty() throws IOException, InterruptedException {
        try (ServerProcess server = servers.startEmpty("empty")) {
            awaitAnswer(server, server.requests().get("/readyz"), "\"status\":\"up\"");
            return Sample.single("start with an empty database, made first", "s", server.secondsSinceStart());
        } finally {
            servers.delete("empty");
        }
    }

    private double started(int capabilities, SyntheticCatalogue catalogue) throws IOException, InterruptedException {
        ServerProcess server = servers.start(capabilities);
        Root root = catalogue.roots(1, 0).getFirst();
        String code = root.target().code();
        Requests requests = server.requests();
        awaitAnswer(
                server,
                requests.post("/api/v1/resolve", Compositions.resolve("first", List.of(root))),
                "\"capability\":\"" + code + "\"");
        awaitAnswer(server, requests.get("/api/v1/search?q=" + code), "\"code\":\"" + code + "\"");
        return server.secondsSinceStart();
    }

    private static void awaitAnswer(ServerProcess server, byte[] request, String expected)
            throws IOException, InterruptedException {
        String last = "";
        while (server.secondsSinceStart() < LONGEST_SECONDS) {
            try (Connection connection = server.connect()) {
                Connection.Answer answer = connection.exchange(request);
                if (answer.status() == 200 && answer.text().contains(expected)) {
                    return;
                }
                last = answer.text();
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new IOException("no correct answer within %d s, but: %s".formatted(LONGEST_SECONDS, last));
    }
}
