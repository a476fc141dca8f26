package dev.apg.bench;

import dev.apg.bench.catalogue.Publications;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import dev.apg.bench.resolver.DebianMeasurement;
import dev.apg.bench.resolver.LibSolvMeasurement;
import dev.apg.bench.resolver.RangeBenchmark;
import dev.apg.bench.resolver.ResolveBenchmark;
import dev.apg.bench.resolver.UniverseMeasurement;
import dev.apg.bench.resolver.VersionBenchmark;
import dev.apg.bench.server.FreezeMeasurement;
import dev.apg.bench.server.GetMeasurement;
import dev.apg.bench.server.HttpResolveMeasurement;
import dev.apg.bench.server.ImpactMeasurement;
import dev.apg.bench.server.ImportMeasurement;
import dev.apg.bench.server.ListMeasurement;
import dev.apg.bench.server.MemoryMeasurement;
import dev.apg.bench.server.PublishMeasurement;
import dev.apg.bench.server.SearchMeasurement;
import dev.apg.bench.server.Servers;
import dev.apg.bench.server.StartMeasurement;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code bin/bench} starts. */
public final class Bench {
    /** Below the build's own directory: on a real disk, where a flush costs what it costs. */
    private static final Path SERVERS = Path.of("bench/target/servers");

    /** As in sysexits.h. */
    private static final int USAGE = 64;

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        int code;
        try (var servers = new Servers(
                SERVERS.resolve(Long.toString(ProcessHandle.current().pid())))) {
            code = run(List.of(arguments), measurements(servers), servers);
        }
        System.exit(code);
    }

    private static List<Measurement> measurements(Servers servers) {
        return List.of(
                new JmhMeasurement("version", VersionBenchmark.class),
                new JmhMeasurement("range", RangeBenchmark.class),
                new UniverseMeasurement(),
                new JmhMeasurement("resolve", ResolveBenchmark.class),
                new DebianMeasurement(),
                new LibSolvMeasurement(),
                new ImportMeasurement(servers),
                new StartMeasurement(servers),
                new GetMeasurement(servers),
                new ListMeasurement(servers),
                new SearchMeasurement(servers),
                new HttpResolveMeasurement(servers),
                new FreezeMeasurement(servers),
                new PublishMeasurement(servers),
                new ImpactMeasurement(servers),
                new MemoryMeasurement(servers));
    }

    private static int run(List<String> arguments, List<Measurement> measurements, Servers servers) throws Exception {
        List<String> names = measurements.stream().map(Measurement::name).toList();
        if (arguments.contains("--help")) {
            OUT.println(Arguments.USAGE);
            OUT.println("measurements: " + String.join(", ", names));
            return 0;
        }
        Arguments given;
        try {
            given = Arguments.parse(arguments, names);
        } catch (IllegalArgumentException wrong) {
            System.err.println("bench: " + wrong.getMessage());
            System.err.println(Arguments.USAGE);
            return USAGE;
        }
        if (given.generate()) {
            generate(given.scale());
        } else {
            measure(given, measurements, servers);
        }
        return 0;
    }

    private static void generate(Scale scale) throws IOException {
        int capabilities = scale.capabilities().getFirst();
        try (Writer out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), 1 << 16)) {
            new Publications(new SyntheticCatalogue(capabilities, scale.versions(), scale.seed())).writeJsonLines(out);
        }
    }

    private static void measure(Arguments given, List<Measurement> measurements, Servers servers) throws Exception {
        Scale scale = given.scale();
        List<Measurement> chosen = measurements.stream()
                .filter(each -> given.names().isEmpty() || given.names().contains(each.name()))
                .toList();
        OUT.print(Machine.describe());
        OUT.printf("- disk of the databases: %s%n%n", Disk.describe(SERVERS));
        Table table = new Table();
        List<String> loads = new ArrayList<>();
        for (int round = 1; round <= scale.rounds(); round++) {
            loads.add(Machine.load());
            for (Measurement measurement : chosen) {
                System.err.printf("round %d of %d: %s%n", round, scale.rounds(), measurement.name());
                measurement.round(scale).forEach(table::add);
            }
        }
        OUT.printf(
                "Catalogues of seed %d with %d versions a capability; medians of %d interleaved rounds; load average at the"
                        + " start of each: %s.%n%n",
                scale.seed(), scale.versions(), scale.rounds(), String.join(", ", loads));
        servers.describe().ifPresent(settings -> OUT.printf("Database: %s.%n%n", settings));
        OUT.print(table.markdown());
    }
}
