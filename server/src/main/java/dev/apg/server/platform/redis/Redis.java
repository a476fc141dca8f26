package dev.apg.server.platform.redis;

import dev.apg.server.platform.config.Settings;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Redis, where {@code REDIS_URL} names one. It shares what no fact depends on, and whoever asks it does without where it is
 * away: three requests wait for it in vain, for some hundredths of a second each, and then none until it is back.
 */
@Component
public class Redis {
    /** How long whoever asks should wait for an answer. */
    public static final Duration PATIENCE = Duration.ofMillis(50);

    /** One late answer is a pause of somebody's collector; so many in a row are an outage. */
    private static final int FAILURES = 3;

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final Duration CONNECTING = Duration.ofSeconds(2);

    /** Less, so that it is known what was in vain: one without TLS says nothing. */
    private static final Duration SHAKING_HANDS = Duration.ofSeconds(1);

    private static final int THREADS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Redis.class);

    private final Optional<RedisAddress> address;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean answering;
    private volatile boolean stopping;
    private volatile @Nullable ClientResources resources;
    private volatile @Nullable RedisClient client;
    private volatile @Nullable StatefulRedisConnection<String, byte[]> connection;
    private @Nullable Thread watch;

    Redis(Settings settings) {
        address = settings.redis();
        address.ifPresent(known -> known.uri().setTimeout(CONNECTING));
    }

    /** Begins to connect; a server starts without waiting for it. */
    @PostConstruct
    void start() {
        if (address.isPresent()) {
            RedisAddress known = address.get();
            resources = ClientResources.builder()
                    .ioThreadPoolSize(THREADS)
                    .computationThreadPoolSize(THREADS)
                    .reconnectDelay(Delay.constant(BETWEEN_TRIES))
                    .build();
            client = RedisClient.create(resources, known.uri());
            client.setOptions(ClientOptions.builder()
                    .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                    .socketOptions(
                            SocketOptions.builder().connectTimeout(CONNECTING).build())
                    .sslOptions(known.tls(SHAKING_HANDS))
                    .build());
            watch = Thread.ofVirtual().name("redis").start(() -> watch(known));
        }
    }

    /**
     * Asks something of it.
     *
     * @param question waits for {@link #PATIENCE} at most; what it throws counts as no answer
     * @return empty if there is no Redis, it is away, or it did not answer
     */
    public <T> Optional<T> ask(Function<StatefulRedisConnection<String, byte[]>, T> question) {
        StatefulRedisConnection<String, byte[]> open = connection;
        if (!answering || open == null) {
            return Optional.empty();
        }
        try {
            T answer = question.apply(open);
            if (failures.get() > 0) {
                failures.set(0);
            }
            return Optional.of(answer);
        } catch (RuntimeException noAnswer) {
            if ((failures.incrementAndGet() >= FAILURES || !open.isOpen()) && answering) {
                away(noAnswer);
            }
            return Optional.empty();
        }
    }

    /** Whether there is one that does not answer. */
    boolean isAway() {
        return address.isPresent() && !answering;
    }

    private synchronized void away(Exception why) {
        if (answering) {
            answering = false;
            LOG.warn("Redis does not answer; until it does, each node counts on its own: {}", why.toString());
        }
    }

    private synchronized void back() {
        if (!answering) {
            failures.set(0);
            answering = true;
            LOG.info("Redis answers.");
        }
    }

    /** Looks for it while it is away. What else is wrong, whoever asks finds out. */
    private void watch(RedisAddress known) {
        String told = "";
        while (!stopping) {
            if (!answering) {
                try {
                    connected().sync().ping();
                    back();
                } catch (RuntimeException away) {
                    String words = known.words(away);
                    if (connection == null && !told.equals(words)) {
                        told = words;
                        LOG.warn("Redis cannot be reached; until it can, each node counts on its own: {}", words);
                    }
                }
            }
            try {
                Thread.sleep(BETWEEN_TRIES);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private StatefulRedisConnection<String, byte[]> connected() {
        StatefulRedisConnection<String, byte[]> open = connection;
        if (open == null) {
            open = Objects.requireNonNull(client).connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
            connection = open;
        }
        return open;
    }

    @PreDestroy
    void stop() {
        stopping = true;
        if (watch != null) {
            watch.interrupt();
        }
        if (client != null) {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
        if (resources != null) {
            resources.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }
}
