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
        long before = usedHeap();
        long adding = 0;
        Universe.Builder builder = Universe.builder();
        for (int i = 0; i < catalogue.capabilities(); i++) {
            // Making the versions is no part of what is measured.
            List<CapabilityVersion> versions = catalogue.versions(i);
            long start = System.nanoTime();
            versions.forEach(builder::add);
            adding += System.nanoTime() - start;
        }
        long start = System.nanoTime();
        Universe universe = builder.build();
        long building = System.nanoTime() - start;
        builder = Universe.builder();
        long kept = usedHeap() - before;
        Sample change = change(catalogue, universe, size);
        Reference.reachabilityFence(universe);
        Reference.reachabilityFence(builder);
        return List.of(
                Sample.single("build the universe" + size, "ms", (adding + building) / 1e6),
                Sample.single("universe in memory" + size, "MiB", kept / 1048576.0)
                        .withTarget(Target.atMost(MOST_MEBIBYTES)),
                Sample.single(
                        "universe in memory, per version" + size, "bytes", (double) kept / universe.versionCount()),
                change);
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
