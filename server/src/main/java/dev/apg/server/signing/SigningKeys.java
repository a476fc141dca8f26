package dev.apg.server.signing;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.apg.server.event.AccessTaken;
import dev.apg.server.platform.config.AccessTokenSettings;
import dev.apg.server.platform.config.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The keys that access tokens are signed with and verified by: given by the operator, or kept in the {@link KeyStore}, of which
 * a node remembers them for some seconds, and forgets them when it hears that something was taken away. A next key is published
 * long before it signs, so no node meets a name that it does not know.
 */
@Component
class SigningKeys {
    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

    /** Where nothing is heard of other nodes, as long as what they took away is believed. */
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    /** How often a name that nobody knows makes a node look: strangers can invent names. */
    private static final Duration LOOKED_AGAIN = Duration.ofSeconds(1);

    private final KeyStore store;
    private final AccessTokenSettings settings;
    private final Optional<List<SigningKey>> given;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Known known;

    /** Counted before anything is forgotten. */
    private final AtomicLong forgotten = new AtomicLong();

    private record Known(List<SigningKey> keys, long atNanos) {
        boolean isOlderThan(Duration age) {
            return System.nanoTime() - atNanos > age.toNanos();
        }
    }

    SigningKeys(KeyStore store, Settings settings) {
        this.store = store;
        this.settings = settings.accessTokens();
        this.given = GivenKeys.of(this.settings);
    }

    /** Which one signs now. */
    SigningKey signer() {
        if (given.isPresent()) {
            return given.get().getFirst();
        }
        Instant now = Instant.now();
        return store.signs(all(), now)
                .or(() -> store.signs(remember(store::listWithSigner), now.plusSeconds(1)))
                .orElseThrow();
    }

    /** By the name that a token bears; only these keys are ever used, whatever else a token offers. */
    Optional<SigningKey> find(String name) {
        Optional<SigningKey> key = named(name, all());
        if (key.isPresent() || given.isPresent()) {
            return key;
        }
        Known read = known;
        if (read == null) {
            return named(name, all());
        }
        return read.isOlderThan(LOOKED_AGAIN) ? named(name, refreshed(read)) : Optional.empty();
    }

    /** Whether the operator gives them. */
    boolean areGiven() {
        return given.isPresent();
    }

    /** One may have been taken away, on this node or another one, of which any tenant tells. */
    @EventListener(AccessTaken.class)
    void forget() {
        forgotten.incrementAndGet();
        known = null;
    }

    private static Optional<SigningKey> named(String name, List<SigningKey> keys) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    /** What everybody may have: the public parts of all but a shared key. */
    JWKSet published() {
        signer();
        return new JWKSet(all().stream()
                .filter(key -> !key.isShared())
                .map(SigningKey::jwk)
                .map(JWK::toPublicJWK)
                .toList());
    }

    List<SigningKey> all() {
        if (given.isPresent()) {
            return given.get();
        }
        Known read = known;
        if (read == null) {
            return remember(store::list);
        }
        return read.isOlderThan(REMEMBERED) ? refreshed(read) : read.keys();
    }

    /** By one thread; the others, and all of them while the database is away, go on with what is known. */
    private List<SigningKey> refreshed(Known read) {
        if (!reading.tryLock()) {
            return read.keys();
        }
        try {
            return remember(store::list);
        } catch (DataAccessException | TransactionException e) {
            log.debug("The signing keys could not be read again.", e);
            return read.keys();
        } finally {
            reading.unlock();
        }
    }

    private List<SigningKey> remember(Supplier<List<SigningKey>> database) {
        long before = forgotten.get();
        List<SigningKey> keys = database.get();
        known = new Known(keys, System.nanoTime());
        if (forgotten.get() != before) {
            // What was read may be from before a key was taken away, and was put after it.
            known = null;
        }
        return keys;
    }

    @Scheduled(fixedDelay = 10, initialDelay = 10, timeUnit = TimeUnit.MINUTES)
    void rotate() {
        if (given.isEmpty()) {
            try {
                store.rotate();
                remember(store::list);
            } catch (DataAccessException | TransactionException e) {
                log.debug("The signing keys could not be looked after.", e);
            }
        }
    }
}
