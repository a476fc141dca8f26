package dev.apg.server.limit;

import dev.apg.server.platform.config.Settings;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/**
 * How often somebody may ask.
 *
 * @param perMinute requests that come in again
 * @param burst requests that there is room for after a while without any
 */
record Rate(int perMinute, int burst) {
    static Rate of(Settings.RateLimit configured, Holder holder, RequestClass of) {
        return new Rate(part(configured.requestsPerMinute(), holder, of), part(configured.burst(), holder, of));
    }

    private static int part(int of, Holder holder, RequestClass kind) {
        return Math.clamp((long) of * holder.percent() * kind.percent() / 10_000, 1, Integer.MAX_VALUE);
    }

    BucketConfiguration bucket() {
        return BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .build();
    }
}
