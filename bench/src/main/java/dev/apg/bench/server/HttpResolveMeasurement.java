package dev.apg.bench.server;

import dev.apg.bench.Measurement;
import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.Target;
import dev.apg.resolver.Root;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Resolving over HTTP: reading the document, solving, and writing the answer with the reasons of all entries. The budget
 * is of a composition of {@value #MEMBERS} members as somebody would compose it, an application and what it needs;
 * beside it stand compositions of several whole applications that have nothing to do with each other.
 */
public final class HttpResolveMeasurement implements Measurement {
    private static final int REQUESTS = 50;
    private static final int MEMBERS = 100;
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
        return Reading.ofEachSize(servers, scale, (server, catalogue) -> {
            int capabilities = catalogue.capabilities();
            List<Reading.Read> reads = new ArrayList<>();
            for (int roots : scale.roots()) {
                reads.add(measure(
                        server,
                        scale,
                        "resolve over HTTP (capabilities %d, %d applications)".formatted(capabilities, roots),
                        salt -> catalogue.roots(roots, salt)));
            }
            reads.add(measure(
                            server,
                            scale,
                            "resolve over HTTP (capabilities %d, %d members of one application)"
                                    .formatted(capabilities, MEMBERS),
                            salt -> catalogue.members(MEMBERS, salt))
                    .withTarget(Target.p99AtMost(MOST_MILLIS)));
            return reads;
        });
    }

    private static Reading.Read measure(
            ServerProcess server, Scale scale, String what, IntFunction<List<Root>> membersBySalt)
            throws IOException, InterruptedException {
        Requests requests = server.requests();
        return Reading.measure(
                server,
                scale,
                what,
                Reading.requests(
                        REQUESTS,
                        salt -> requests.post(
                                "/api/v1/resolve", Compositions.resolve("bench", membersBySalt.apply(salt)))));
    }
}
