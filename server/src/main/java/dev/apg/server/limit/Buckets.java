package dev.apg.server.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.apg.server.platform.redis.Redis;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Token buckets: in Redis, where all nodes see them, and in this node's memory while it is away or there is none. */
@Component
class Buckets {
    /** Whoever is forgotten begins with a full bucket again. */
    private static final int MOST_IN_MEMORY = 100_000;

    /** Beyond the time in which a bucket is full again, when nobody needs it. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final Redis redis;
    private final LoadingCache<Counted, Bucket> local =
            Caffeine.newBuilder().maximumSize(MOST_IN_MEMORY).build(Buckets::full);
    private volatile @Nullable ProxyManager<String> shared;

    Buckets(Redis redis) {
        this.redis = redis;
    }

    /** Takes one token, if there is one. */
    ConsumptionProbe take(Counted counted) {
        return redis.ask(connection -> shared(connection)
                        .getProxy(counted.key(), counted::bucket)
                        .tryConsumeAndReturnRemaining(1))
                .orElseGet(() -> local.get(counted).tryConsumeAndReturnRemaining(1));
    }

    /** Puts back what {@link #take} took. */
    void giveBack(Counted counted) {
        boolean given = redis.ask(connection -> {
                    shared(connection).getProxy(counted.key(), counted::bucket).addTokens(1);
                    return true;
                })
                .orElse(false);
        if (!given) {
            local.get(counted).addTokens(1);
        }
    }

    private static Bucket full(Counted counted) {
        var bucket = Bucket.builder();
        for (Bandwidth bandwidth : counted.bucket().getBandwidths()) {
            bucket.addLimit(bandwidth);
        }
        return bucket.build();
    }

    private ProxyManager<String> shared(StatefulRedisConnection<String, byte[]> connection) {
        ProxyManager<String> known = shared;
        if (known == null) {
            known = Bucket4jLettuce.casBasedBuilder(connection)
                    .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT))
                    .requestTimeout(Redis.PATIENCE)
                    .build();
            shared = known;
        }
        return known;
    }
}
