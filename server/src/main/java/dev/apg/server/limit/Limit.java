package dev.apg.server.limit;

import dev.apg.server.platform.config.Settings;
import io.github.bucket4j.BucketConfiguration;

/**
 * The rate of every holder of a kind for requests of a class.
 *
 * @param name {@code client-read}
 * @param policy as {@code RateLimit-Policy} has it
 */
record Limit(Holder holder, RequestClass of, Rate rate, String name, String policy, BucketConfiguration bucket) {
    static Limit of(Settings.RateLimit configured, Holder holder, RequestClass of) {
        Rate rate = Rate.of(configured, holder, of);
        String name = holder.wire() + "-" + of.wire();
        return new Limit(holder, of, rate, name, "\"%s\";q=%d;w=60".formatted(name, rate.perMinute()), rate.bucket());
    }
}
