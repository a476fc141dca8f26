package dev.apg.bench.server;

import dev.apg.bench.Measurement;
import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.Target;
import dev.apg.bench.catalogue.Publications;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import dev.apg.bench.server.Load.Result;
import dev.apg.bench.server.Load.Source;
import dev.apg.contract.WireJson;
import dev.apg.contract.capability.VersionDocument;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Single publications of new versions that need others, one request each and each on disk when it is answered: by one
 * client, and by several of one tenant at once.
 */
public final class PublishMeasurement implements Measurement {
    private static final int CLIENTS = 16;
    private static final int LEAST_PER_SECOND = 500;

    /** A run does not publish more than this, so that a small catalogue stays one. */
    private static final int MOST = 5_000;

    private final Servers servers;
    private int published;

    public PublishMeasurement(Servers servers) {
        this.servers = servers;
    }

    @Override
    public String name() {
        return "publish";
    }

    @Override
    public List<Sample> round(Scale scale) throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (int capabilities : scale.capabilities()) {
            ServerProcess server = servers.with(scale, capabilities);
            var catalogue = Servers.catalogue(scale, capabilities);
            String size = " (capabilities " + capabilities + ")";
            int most = Math.min(MOST, capabilities * scale.versions() / 5);
            Duration time = Duration.ofSeconds(scale.seconds());
            WarmUp.of(server, () -> run(server, CLIENTS, time, documents(server, catalogue, most)));
            Result one = run(server, 1, time, documents(server, catalogue, most));
            Result several = run(server, CLIENTS, time, documents(server, catalogue, most));
            samples.add(one.latency("publish a version, 1 client" + size)
                    .withNote("%.0f per second".formatted(one.perSecond())));
            samples.add(several.latency("publish a version, %d clients".formatted(CLIENTS) + size));
            samples.add(Sample.single(
                            "publish versions, %d clients".formatted(CLIENTS) + size, "per second", several.perSecond())
                    .withTarget(Target.atLeast(LEAST_PER_SECOND)));
        }
        return samples;
    }

    private static Result run(ServerProcess server, int clients, Duration time, List<byte[]> requests)
            throws IOException, InterruptedException {
        return Load.run(server.port(), clients, time, Source.once(requests));
    }

    /** New versions of capabilities from all over the catalogue, each with what its newest version needs. */
    private List<byte[]> documents(ServerProcess server, SyntheticCatalogue catalogue, int count) throws IOException {
        var publications = new Publications(catalogue);
        Requests requests = server.requests();
        List<byte[]> made = new ArrayList<>(count);
        while (made.size() < count) {
            int index = Math.floorMod(published++ * 7919, catalogue.capabilities());
            VersionDocument newest =
                    publications.documents(index).reduce((_, later) -> later).orElseThrow();
            if (!newest.requirements().isEmpty()) {
                made.add(requests.post(
                        "/api/v1/capabilities/%s/versions".formatted(newest.capability()),
                        WireJson.MAPPER.writeValueAsString(next(newest, "1000.%d.0".formatted(published)))));
            }
        }
        return made;
    }

    private static VersionDocument next(VersionDocument newest, String number) {
        return new VersionDocument(
                newest.format(),
                newest.capability(),
                number,
                newest.about(),
                newest.provides(),
                newest.requirements(),
                newest.conflicts(),
                newest.contracts(),
                newest.configurationSchema(),
                newest.cost(),
                newest.runtime());
    }
}
