package dev.apg.bench.server;

import dev.apg.bench.Measurement;
import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.Target;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import dev.apg.bench.server.Filling.Filled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Importing whole catalogues: into the servers of all other measurements, which were just started and have nothing, when
 * they are filled; and into servers that have nothing either but have looked at such imports until Java had compiled what
 * that needs. The largest catalogues are imported once.
 */
public final class ImportMeasurement implements Measurement {
    private static final int LEAST_PER_SECOND = 4_000;

    /** 100,000 versions in a minute. */
    private static final int LEAST_PER_SECOND_AT_FIRST = 1_667;

    private static final int MOST_CAPABILITIES = 10_000;

    private final Servers servers;

    public ImportMeasurement(Servers servers) {
        this.servers = servers;
    }

    @Override
    public String name() {
        return "import";
    }

    @Override
    public List<Sample> round(Scale scale) throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (int capabilities : scale.capabilities()) {
            servers.with(scale, capabilities);
            servers.takeFilled(capabilities)
                    .ifPresent(filled -> samples.add(
                            sample("import into a fresh server", capabilities, filled, LEAST_PER_SECOND_AT_FIRST)));
            if (capabilities <= MOST_CAPABILITIES) {
                samples.add(sample("import", capabilities, warm(scale, capabilities), LEAST_PER_SECOND));
            }
        }
        return samples;
    }

    private Filled warm(Scale scale, int capabilities) throws IOException, InterruptedException {
        SyntheticCatalogue catalogue = Servers.catalogue(scale, capabilities);
        try (ServerProcess server = servers.startEmpty("import")) {
            WarmUp.of(server, () -> Filling.examine(server, catalogue));
            return Filling.fill(server, catalogue);
        } finally {
            servers.delete("import");
        }
    }

    private static Sample sample(String what, int capabilities, Filled filled, int least) {
        return Sample.single(
                        "%s (capabilities %d)".formatted(what, capabilities),
                        "versions per second",
                        filled.versions() / filled.seconds())
                .withTarget(Target.atLeast(least))
                .withNote("%d versions in %.1f s".formatted(filled.versions(), filled.seconds()));
    }
}
