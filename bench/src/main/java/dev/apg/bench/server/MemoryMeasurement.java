package dev.apg.bench.server;

import dev.apg.bench.Measurement;
import dev.apg.bench.Sample;
import dev.apg.bench.Scale;
import dev.apg.bench.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory of servers after all that was asked of them in the round, and a minute of rest: an idle server gives memory back
 * step by step. Of a version it is what there is beyond a server with
 * nothing in it.
 */
public final class MemoryMeasurement implements Measurement {
    private static final double MEBIBYTE = 1024 * 1024;
    private static final int MOST_HEAP_MEBIBYTES = 1536;
    private static final int MOST_RESIDENT_MEBIBYTES = 400;
    private static final int CAPABILITIES_OF_THAT = 10_000;
    private static final Duration REST = Duration.ofMinutes(1);

    private final Servers servers;

    public MemoryMeasurement(Servers servers) {
        this.servers = servers;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Sample> round(Scale scale) throws Exception {
        double resident;
        double heap;
        try (ServerProcess empty = servers.startEmpty("empty")) {
            resident = empty.residentMebibytes();
            heap = empty.usedHeapMebibytes();
        } finally {
            servers.delete("empty");
        }
        List<Sample> samples = new ArrayList<>();
        samples.add(Sample.single("resident memory, nothing published", "MiB", resident));
        samples.add(Sample.single("heap in use, nothing published", "MiB", heap));
        Thread.sleep(REST);
        for (int capabilities : scale.capabilities()) {
            samples.addAll(measure(servers.with(scale, capabilities), capabilities, scale.versions(), resident, heap));
        }
        return samples;
    }

    private static List<Sample> measure(
            ServerProcess server, int capabilities, int versions, double emptyResident, double emptyHeap)
            throws Exception {
        String size = " (capabilities " + capabilities + ")";
        double all = (double) capabilities * versions;
        double resident = server.residentMebibytes();
        double heap = server.usedHeapMebibytes();
        Sample total = Sample.single("resident memory" + size, "MiB", resident);
        return List.of(
                capabilities <= CAPABILITIES_OF_THAT ? total.withTarget(Target.atMost(MOST_RESIDENT_MEBIBYTES)) : total,
                Sample.single(
                        "resident memory, per version" + size, "bytes", (resident - emptyResident) * MEBIBYTE / all),
                Sample.single("heap in use" + size, "MiB", heap).withTarget(Target.atMost(MOST_HEAP_MEBIBYTES)),
                Sample.single("heap in use, per version" + size, "bytes", (heap - emptyHeap) * MEBIBYTE / all));
    }
}
