package dev.apg.bench.resolver;

import dev.apg.bench.catalogue.SyntheticCatalogue;
import dev.apg.resolver.CapabilityVersion;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Reading and comparing version numbers, a thousand at a time: one alone is shorter than the clock can tell. */
@State(Scope.Benchmark)
public class VersionBenchmark {
    private static final int BATCH = 1_000;

    @Param("42")
    public long seed;

    private List<SemVer> versions = List.of();
    private List<String> texts = List.of();

    @Setup
    public void setUp() {
        versions = new ArrayList<>(new SyntheticCatalogue(100, 10, seed)
                .all()
                .map(CapabilityVersion::number)
                .limit(BATCH)
                .toList());
        Collections.shuffle(versions, new Random(seed));
        texts = versions.stream().map(SemVer::toString).toList();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void parse_a_version(Blackhole sink) {
        for (String text : texts) {
            sink.consume(SemVer.parse(text));
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int compare_two_versions() {
        int sum = 0;
        SemVer previous = versions.getLast();
        for (SemVer version : versions) {
            sum += version.compareTo(previous);
            previous = version;
        }
        return sum;
    }
}
