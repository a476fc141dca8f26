package dev.apg.bench.server;

import dev.apg.bench.Measurement;
import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * Importing whole catalogues into servers that were just started and have nothing: in every round, but for the largest
 * catalogues, of which there is one import, the one that fills the server for all other measurements.
 */
public final class ImportMeasurement implements Measurement {
    private static final int LEAST_PER_SECOND = 4_000;
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
            if (capabilities <= MOST_CAPABILITIES) {
                try (ServerProcess server = servers.startEmpty("import")) {
                    samples.add(sample(capabilities, Filling.fill(server, Servers.catalogue(scale, capabilities))));
                } finally {
                    servers.delete("import");
                }
            } else {
                servers.with(scale, capabilities);
                servers.takeFilled(capabilities).ifPresent(filled -> samples.add(sample(capabilities, filled)));
            }
        }
        return samples;
    }

    private static Sample sample(int capabilities, Filling.Filled filled) {
        return Sample.single(
                        "import (capabilities %d)".formatted(capabilities),
                        "versions per second",
                        filled.versions() / filled.seconds())
                .withTarget(Target.atLeast(LEAST_PER_SECOND))
                .withNote("%d versions in %.1f s".formatted(filled.versions(), filled.seconds()));
    }
}
