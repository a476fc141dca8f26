package dev.apg.bench;

import dev.apg.bench.catalogue.Publications;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import dev.apg.bench.resolver.RangeBenchmark;
import dev.apg.bench.resolver.ResolveBenchmark;
import dev.apg.bench.resolver.UniverseMeasurement;
import dev.apg.bench.resolver.VersionBenchmark;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What {@code bin/bench} starts. */
public final class Bench {
    private static final List<Measurement> MEASUREMENTS = List.of(
            new JmhMeasurement("version", VersionBenchmark.class),
            new JmhMeasurement("range", RangeBenchmark.class),
            new UniverseMeasurement(),
            new JmhMeasurement("resolve", ResolveBenchmark.class));

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            OUT.println(Arguments.USAGE);
            OUT.println("measurements: "
                    + String.join(
                            ", ", MEASUREMENTS.stream().map(Measurement::name).toList()));
            return;
        }
        Arguments given;
        try {
            given = Arguments.parse(
                    List.of(arguments),
                    MEASUREMENTS.stream().map(Measurement::name).toList());
        } catch (IllegalArgumentException wrong) {
            System.err.println("bench: " + wrong.getMessage());
            System.err.println(Arguments.USAGE);
            System.exit(64);
            return;
        }
        if (given.generate()) {
            generate(given.scale());
        } else {
            measure(given);
        }
    }

    private static void generate(Scale scale) throws IOException {
        int capabilities = scale.capabilities().getFirst();
        try (Writer out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), 1 << 16)) {
            new Publications(new SyntheticCatalogue(capabilities, scale.versions(), scale.seed())).writeJsonLines(out);
        }
    }

    private static void measure(Arguments given) throws Exception {
        Scale scale = given.scale();
        List<Measurement> chosen = MEASUREMENTS.stream()
                .filter(each -> given.names().isEmpty() || given.names().contains(each.name()))
                .toList();
        OUT.println(Machine.describe());
        Table table = new Table();
        for (int round = 1; round <= scale.rounds(); round++) {
            for (Measurement measurement : chosen) {
                System.err.printf("round %d of %d: %s%n", round, scale.rounds(), measurement.name());
                measurement.round(scale).forEach(table::add);
            }
        }
        OUT.printf(
                "Catalogues of seed %d with %d versions a capability; medians of %d interleaved rounds.%n%n",
                scale.seed(), scale.versions(), scale.rounds());
        OUT.print(table.markdown());
    }
}
