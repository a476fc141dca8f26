package dev.apg.server.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.apg.server.platform.config.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What the database said of those who come in, remembered for some polls of the feed. Whoever hears that somebody lost access
 * has it forgotten; if nothing is heard any more, the memory ends by itself.
 */
final class Beliefs<V> {
    private static final int MOST = 10_000;
    private static final int POLLS = 5;

    /** At most, where only the poll tells what other nodes did; at least, where notifications tell it sooner. */
    private static final Duration BELIEVED = Duration.ofSeconds(5);

    private final Cache<CredentialKey, V> believed;

    /** Counted before anything is forgotten. */
    private final AtomicLong forgotten = new AtomicLong();

    Beliefs(Settings.Feed feed) {
        believed = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(belief(feed))
                .build();
    }

    private static Duration belief(Settings.Feed feed) {
        Duration polls = feed.pollInterval().multipliedBy(POLLS);
        return feed.listen() && polls.compareTo(BELIEVED) > 0 ? polls : BELIEVED;
    }

    Optional<V> find(CredentialKey key, Supplier<Optional<V>> database) {
        V known = believed.getIfPresent(key);
        if (known != null) {
            return Optional.of(known);
        }
        long before = forgotten.get();
        Optional<V> found = database.get();
        found.ifPresent(value -> believed.put(key, value));
        if (forgotten.get() != before) {
            // What was read may be from before access was taken away, and was put after it.
            believed.invalidate(key);
        }
        return found;
    }

    /** On the node that took it away, before the answer says so. */
    void forget(CredentialKey key) {
        forgotten.incrementAndGet();
        believed.invalidate(key);
    }

    void forget(UUID tenantId) {
        forgotten.incrementAndGet();
        believed.asMap().keySet().removeIf(key -> key.tenantId().equals(tenantId));
    }
}
