package dev.apg.bench.resolver;

import dev.apg.bench.catalogue.SyntheticCatalogue;
import dev.apg.resolver.Target;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Reading ranges and asking them, a thousand at a time. */
@State(Scope.Benchmark)
public class RangeBenchmark {
    private static final int BATCH = 1_000;

    @Param("42")
    public long seed;

    private List<String> texts = List.of();
    private List<VersionRange> ranges = List.of();
    private List<SemVer> versions = List.of();

    @Setup
    public void setUp() {
        SyntheticCatalogue catalogue = new SyntheticCatalogue(1_000, 10, seed);
        ranges = catalogue
                .all()
                .flatMap(version -> version.requirements().stream())
                .flatMap(requirement -> requirement.anyOf().stream())
                .map(Target::range)
                .limit(BATCH)
                .toList();
        texts = ranges.stream().map(VersionRange::text).toList();
        versions = Stream.of("0.9.0", "1.0.0", "1.1.4", "1.2.0-rc.1", "1.3.0", "2.0.0", "2.4.1", "3.1.0")
                .map(SemVer::parse)
                .toList();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void parse_a_range(Blackhole sink) {
        for (String text : texts) {
            sink.consume(VersionRange.parse(text));
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int ask_a_range_for_a_version() {
        int admitted = 0;
        for (int i = 0; i < BATCH; i++) {
            admitted += ranges.get(i).admits(versions.get(i % versions.size()), PrereleaseRule.NPM) ? 1 : 0;
        }
        return admitted;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void find_a_ranges_versions_among_eight(Blackhole sink) {
        for (VersionRange range : ranges) {
            sink.consume(range.slices(versions, PrereleaseRule.NPM));
        }
    }
}
