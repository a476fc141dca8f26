package dev.apg.server.limit;

import dev.apg.server.platform.config.Settings;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/** The rate of every holder of a kind for requests of a class; there is one of each, which is told by its identity. */
final class Limit {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Holder holder;
    private final RequestClass of;
    private final Rate rate;
    private final BucketConfiguration bucket;
    private final String name;
    private final String quoted;
    private final String policy;

    Limit(Settings.RateLimit configured, Holder holder, RequestClass of) {
        this.holder = holder;
        this.of = of;
        this.rate = Rate.of(configured, holder, of);
        this.bucket = rate.bucket();
        this.name = holder.wire() + "-" + of.wire();
        this.quoted = "\"" + name + "\"";
        this.policy = quoted + ";q=" + rate.perMinute() + ";w=60";
    }

    Holder holder() {
        return holder;
    }

    RequestClass of() {
        return of;
    }

    Rate rate() {
        return rate;
    }

    BucketConfiguration bucket() {
        return bucket;
    }

    /** {@code client-read}. */
    String name() {
        return name;
    }

    /** As {@code RateLimit-Policy} has it. */
    String policy() {
        return policy;
    }

    /** What is left, as {@code RateLimit} has it. */
    String left(ConsumptionProbe taken) {
        return quoted + ";r=" + taken.getRemainingTokens() + ";t=" + seconds(taken.getNanosToWaitForReset());
    }

    /** Whole ones, and never none. */
    static long seconds(long nanoseconds) {
        return Math.max(1, Math.ceilDiv(nanoseconds, SECOND));
    }
}
