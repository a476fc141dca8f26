package dev.apg.server.catalog;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** How large the snapshots of this node are, and how far behind. */
@Component
class SnapshotMetrics {
    /** Rough, for watching growth: texts and the number of requirements differ. What it really is, the bench measures. */
    private static final double BYTES_PER_CAPABILITY = 700;

    private static final double BYTES_PER_VERSION = 150;

    SnapshotMetrics(Catalog catalog, MeterRegistry meters) {
        gauge(meters, catalog, "apg.snapshot.capabilities", "Capabilities in memory", Snapshot::capabilityCount);
        gauge(meters, catalog, "apg.snapshot.versions", "Versions in memory", Snapshot::versionCount);
        gauge(
                meters,
                catalog,
                "apg.snapshot.bytes",
                "Memory of the snapshots, estimated from their counts",
                snapshot -> snapshot.capabilityCount() * BYTES_PER_CAPABILITY
                        + snapshot.versionCount() * BYTES_PER_VERSION);
        Gauge.builder("apg.feed.lag.seconds", catalog, each -> each.lag().toMillis() / 1_000.0)
                .description("How long ago the slowest snapshot was known to be at the end of its log")
                .register(meters);
    }

    private static void gauge(
            MeterRegistry meters, Catalog catalog, String name, String description, ToDoubleFunction<Snapshot> size) {
        Gauge.builder(
                        name,
                        catalog,
                        each -> each.followers().stream()
                                .flatMap(follower -> follower.current().stream())
                                .mapToDouble(size)
                                .sum())
                .description(description)
                .register(meters);
    }
}
