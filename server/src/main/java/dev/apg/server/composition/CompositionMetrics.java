package dev.apg.server.composition;

import dev.apg.resolver.Resolution;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** How long resolving takes and how it ends, and how freezing ends. */
@Component
class CompositionMetrics {
    private final MeterRegistry meters;

    CompositionMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** {@code apg_resolve_duration_seconds{outcome}}. */
    Resolution resolving(Supplier<Resolution> work) {
        Timer.Sample sample = Timer.start(meters);
        Resolution resolution = work.get();
        String outcome = switch (resolution) {
            case Resolution.Solved solved -> "solved";
            case Resolution.Unsolvable unsolvable -> "unsolvable";
            case Resolution.Exhausted exhausted -> "exhausted";
        };
        sample.stop(Timer.builder("apg.resolve.duration")
                .description("Time to resolve a draft on the snapshot")
                .tag("outcome", outcome)
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10))
                .register(meters));
        return resolution;
    }

    /** {@code apg_freezes_total{outcome}}: {@code frozen}, {@code invalid} or {@code refused}. */
    void frozen(String outcome) {
        meters.counter("apg.freezes", "outcome", outcome).increment();
    }
}
