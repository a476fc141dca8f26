package dev.apg.bench.resolver;

import dev.apg.bench.Measurement;
import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.Target;
import dev.apg.bench.catalogue.SyntheticCatalogue;
import dev.apg.resolver.CapabilityVersion;
import dev.apg.resolver.Universe;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Building the solver's universe, keeping it in memory, and changing one capability of it. */
public final class UniverseMeasurement implements Measurement {
    private static final int CHANGES = 1_000;

    /** 200 MB, for the largest catalogue of the budgets. */
    private static final double MOST_MEBIBYTES = 200e6 / 1048576;

    @Override
    public String name() {
        return "universe";
    }

    @Override
    public List<Sample> round(Scale scale) {
        List<Sample> samples = new ArrayList<>();
        for (int capabilities : scale.capabilities()) {
            samples.addAll(measure(new SyntheticCatalogue(capabilities, scale.versions(), scale.seed())));
        }
        return samples;
    }

    private static List<Sample> measure(SyntheticCatalogue catalogue) {
        String size = " (capabilities " + catalogue.capabilities() + ")";
        Built whole = build(catalogue, version -> version);
        Sample change = change(catalogue, whole.universe, size);
        long versions = whole.universe.versionCount();
        List<Sample> samples = List.of(
                Sample.single("build the universe" + size, "ms", whole.nanos / 1e6),
                Sample.single("universe in memory" + size, "MiB", whole.bytes / 1048576.0)
                        .withTarget(Target.atMost(MOST_MEBIBYTES)),
                Sample.single("universe in memory, per version" + size, "bytes", (double) whole.bytes / versions),
                Sample.single("universe in memory, per requirement" + size, "bytes", perRequirement(catalogue, whole))
                        .withNote("beyond a universe without requirements"),
                change);
        Reference.reachabilityFence(whole.universe);
        return samples;
    }

    private static double perRequirement(SyntheticCatalogue catalogue, Built whole) {
        long requirements = catalogue
                .all()
                .mapToLong(version -> version.requirements().size())
                .sum();
        Built without = build(catalogue, UniverseMeasurement::withoutRequirements);
        Reference.reachabilityFence(without.universe);
        return (double) (whole.bytes - without.bytes) / requirements;
    }

    private static CapabilityVersion withoutRequirements(CapabilityVersion version) {
        return new CapabilityVersion(
                version.code(),
                version.number(),
                version.marks(),
                version.provides(),
                List.of(),
                version.conflicts(),
                version.cost());
    }

    /** A universe, what it took to build it, and how much memory it has. */
    private record Built(Universe universe, long nanos, long bytes) {}

    private static Built build(SyntheticCatalogue catalogue, UnaryOperator<CapabilityVersion> change) {
        long before = usedHeap();
        long nanos = 0;
        Universe.Builder builder = Universe.builder();
        for (int i = 0; i < catalogue.capabilities(); i++) {
            // Making the versions is no part of what is measured.
            List<CapabilityVersion> versions =
                    catalogue.versions(i).stream().map(change).toList();
            long start = System.nanoTime();
            versions.forEach(builder::add);
            nanos += System.nanoTime() - start;
        }
        long start = System.nanoTime();
        Universe universe = builder.build();
        nanos += System.nanoTime() - start;
        builder = Universe.builder();
        long bytes = usedHeap() - before;
        Reference.reachabilityFence(builder);
        return new Built(universe, nanos, bytes);
    }

    private static Sample change(SyntheticCatalogue catalogue, Universe universe, String size) {
        List<Double> micros = new ArrayList<>(CHANGES);
        for (int i = 0; i < CHANGES; i++) {
            List<CapabilityVersion> versions = catalogue.versions(i * 31 % catalogue.capabilities());
            Map<String, List<CapabilityVersion>> changed =
                    Map.of(versions.getFirst().code(), versions.subList(0, versions.size() - 1));
            long start = System.nanoTime();
            Universe after = universe.with(changed);
            micros.add((System.nanoTime() - start) / 1e3);
            Reference.reachabilityFence(after);
        }
        micros.sort(null);
        return Sample.of(
                "change one capability of the universe" + size,
                "µs",
                micros.get(CHANGES / 2),
                micros.get(CHANGES * 99 / 100));
    }

    /** After collecting what is not reachable; a few times, for a collector may need several to finish. */
    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
