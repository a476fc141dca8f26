package dev.apg.bench.server;

import dev.apg.bench.Measurement;
import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.Target;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import dev.apg.bench.server.Load.Source;
import dev.apg.resolver.CapabilityVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Single GETs, beside a handler in the same server that answers with constant bytes, and beside an nginx. The client's
 * own cost is in all of them, so the shares tell less than the processor time in the notes.
 */
public final class GetMeasurement implements Measurement {
    private static final int REQUESTS = 1_000;
    private static final int LEAST_PERCENT = 70;
    private static final int LEAST_PERCENT_WITH_TOKEN = 90;
    private static final int TURNS = 5;

    private final Servers servers;

    public GetMeasurement(Servers servers) {
        this.servers = servers;
    }

    @Override
    public String name() {
        return "get";
    }

    @Override
    public List<Sample> round(Scale scale) throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (int capabilities : scale.capabilities()) {
            samples.addAll(measure(servers.with(scale, capabilities), scale, capabilities));
        }
        ServerProcess server = servers.with(scale, scale.capabilities().getFirst());
        Sample constant = constant(server, scale, "GET constant bytes");
        samples.add(constant);
        List<byte[]> open = List.of(new Requests("").get(ConstantBytes.OPEN_PATH));
        Reading.warmUp(server, scale, open);
        samples.add(share(
                        server,
                        scale,
                        "GET constant bytes with a token, of without",
                        List.of(server.requests().get(ConstantBytes.PATH)),
                        open)
                .withTarget(Target.atLeast(LEAST_PERCENT_WITH_TOKEN)));
        samples.add(nginx(scale, constant.median()));
        return samples;
    }

    private static List<Sample> measure(ServerProcess server, Scale scale, int capabilities)
            throws IOException, InterruptedException {
        String size = " (capabilities " + capabilities + ")";
        SyntheticCatalogue catalogue = Servers.catalogue(scale, capabilities);
        Requests requests = server.requests();
        List<CapabilityVersion> some = IntStream.range(0, REQUESTS)
                .mapToObj(i -> catalogue
                        .versions(Math.floorMod(i * 7919, capabilities))
                        .getLast())
                .toList();
        List<byte[]> shown = some.stream()
                .map(each -> requests.get("/api/v1/capabilities/" + each.code()))
                .toList();
        List<byte[]> documents = some.stream()
                .map(each -> requests.get("/api/v1/capabilities/%s/versions/%s".formatted(each.code(), each.number())))
                .toList();
        List<byte[]> constant = List.of(requests.get(ConstantBytes.PATH));
        Reading.warmUp(server, scale, constant);
        List<Sample> samples = new ArrayList<>(
                Reading.measure(server, scale, "GET a capability" + size, shown).samples());
        samples.add(share(server, scale, "GET a capability, of constant bytes" + size, shown, constant)
                .withTarget(Target.atLeast(LEAST_PERCENT)));
        samples.addAll(Reading.measure(server, scale, "GET a version with its document" + size, documents)
                .samples());
        return samples;
    }

    private static Sample constant(ServerProcess server, Scale scale, String what)
            throws IOException, InterruptedException {
        List<byte[]> request = List.of(server.requests().get(ConstantBytes.PATH));
        return Reading.measure(server, scale, what, request).together();
    }

    /** Both take turns, so that what else runs on the machine falls on both. */
    private static Sample share(ServerProcess server, Scale scale, String what, List<byte[]> these, List<byte[]> of)
            throws IOException, InterruptedException {
        double[] shares = new double[TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
            double part = Reading.rate(server, scale, what, these).median();
            shares[turn] = 100 * part / Reading.rate(server, scale, what, of).median();
        }
        Arrays.sort(shares);
        return Sample.single(what, "%", shares[TURNS / 2]).withNote("median of %d turns".formatted(TURNS));
    }

    private static Sample nginx(Scale scale, double constant) throws IOException, InterruptedException {
        String what = "GET constant bytes, of nginx `return 200`";
        Optional<Nginx> started = Nginx.start(ConstantBytes.BYTES);
        if (started.isEmpty()) {
            return Sample.single(what, "%", Double.NaN).withNote("nginx is not installed on this machine");
        }
        try (Nginx nginx = started.get()) {
            Duration time = Duration.ofSeconds(scale.seconds());
            List<byte[]> request = List.of(new Requests("none").get("/"));
            double rate = Load.run(nginx.port(), Reading.CONNECTIONS, time, Source.repeating(request))
                    .perSecond();
            return Sample.single(what, "%", 100 * constant / rate)
                    .withNote("nginx: %.0f per second, without authentication".formatted(rate));
        }
    }
}
