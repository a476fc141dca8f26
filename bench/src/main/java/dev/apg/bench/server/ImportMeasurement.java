package dev.apg.bench.server;

import dev.apg.bench.Measurement;
import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.Target;
import dev.apg.bench.server.Filling.Filled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Importing whole catalogues into servers that were just started and have nothing: in the first round those that fill the
 * servers for all other measurements, later others, but for the largest catalogues, of which there is one import.
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
            servers.with(scale, capabilities);
            Optional<Filled> first = servers.takeFilled(capabilities);
            if (first.isPresent()) {
                samples.add(sample(capabilities, first.get()));
            } else if (capabilities <= MOST_CAPABILITIES) {
                samples.add(sample(capabilities, again(scale, capabilities)));
            }
        }
        return samples;
    }

    private Filled again(Scale scale, int capabilities) throws IOException, InterruptedException {
        try (ServerProcess server = servers.startEmpty("import")) {
            return Filling.fill(server, Servers.catalogue(scale, capabilities));
        } finally {
            servers.delete("import");
        }
    }

    private static Sample sample(int capabilities, Filled filled) {
        return Sample.single(
                        "import (capabilities %d)".formatted(capabilities),
                        "versions per second",
                        filled.versions() / filled.seconds())
                .withTarget(Target.atLeast(LEAST_PER_SECOND))
                .withNote("%d versions in %.1f s".formatted(filled.versions(), filled.seconds()));
    }
}
