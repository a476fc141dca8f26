package dev.apg.bench.server;

import dev.apg.bench.Measurement;
import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.Target;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import dev.apg.resolver.Root;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
        empty(samples);
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

    /** What a node needs that has no data at all, by where its database comes from. */
    private void empty(List<Sample> samples) throws IOException, InterruptedException {
        try (ServerProcess server = servers.startEmpty("empty")) {
            samples.add(ready("start with an embedded database, made first", server));
        }
        try (ServerProcess server = ServerProcess.start(servers.directory("empty"))) {
            samples.add(ready("start with an embedded database, empty", server));
        } finally {
            servers.delete("empty");
        }
        try (ExternalDatabase database = ExternalDatabase.start(servers.directory("external"))) {
            Map<String, String> environment = Map.of("DATABASE_URL", database.create("apg"));
            try (ServerProcess server = ServerProcess.start(servers.directory("migrating"), environment)) {
                samples.add(ready("start with an empty database, to be migrated", server));
            }
            try (ServerProcess server = ServerProcess.start(servers.directory("production"), production(environment))) {
                samples.add(ready("start with an empty database", server).withTarget(Target.atMost(4)));
            }
        } finally {
            for (String name : List.of("external", "migrating", "production")) {
                servers.delete(name);
            }
        }
    }

    /** As a container's image runs it: what is migrated was migrated before. */
    private static Map<String, String> production(Map<String, String> environment) throws IOException {
        var production = new HashMap<>(environment);
        production.put("ENVIRONMENT", "production");
        production.put("SECRET_KEY", "no-secret-of-anybody-0123456789abcdef");
        production.put("ENCRYPTION_KEY", "no-key-of-anybody-0123456789abcdef-either");
        production.put("APG_API_KEY", "no-platform-of-anybody-0123456789abcdef");
        try (var socket = new ServerSocket(0)) {
            production.put("PORT", Integer.toString(socket.getLocalPort()));
        }
        return production;
    }

    private static Sample ready(String what, ServerProcess server) throws IOException, InterruptedException {
        awaitAnswer(server, new Requests("").get("/readyz"), "\"status\":\"up\"");
        return Sample.single(what, "s", server.secondsSinceStart());
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
