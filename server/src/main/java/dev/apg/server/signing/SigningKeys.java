package dev.apg.server.signing;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.apg.server.platform.config.AccessTokenSettings;
import dev.apg.server.platform.config.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The keys that access tokens are signed with and verified by: given by the operator, or kept in the {@link KeyStore}, of which
 * a node remembers them for a minute. A next key is published long before that, so no node meets a name that it does not know.
 */
@Component
class SigningKeys {
    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** How often a name that nobody knows makes a node look: strangers can invent names. */
    private static final Duration LOOKED_AGAIN = Duration.ofSeconds(1);

    private final KeyStore store;
    private final AccessTokenSettings settings;
    private final Optional<List<SigningKey>> given;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Known known;

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
        return store.signs(keys(), now)
                .or(() -> store.signs(remember(store.listWithSigner()), now.plusSeconds(1)))
                .orElseThrow();
    }

    /** By the name that a token bears; only these keys are ever used, whatever else a token offers. */
    Optional<SigningKey> find(String name) {
        Optional<SigningKey> key = named(name, keys());
        Known read = known;
        if (key.isEmpty() && given.isEmpty() && read != null && read.isOlderThan(LOOKED_AGAIN)) {
            return named(name, refreshed(read));
        }
        return key;
    }

    private static Optional<SigningKey> named(String name, List<SigningKey> keys) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    /** What everybody may have: the public parts of all but a shared key. */
    JWKSet published() {
        signer();
        return new JWKSet(keys().stream()
                .filter(key -> !key.isShared())
                .map(SigningKey::jwk)
                .map(JWK::toPublicJWK)
                .toList());
    }

    private List<SigningKey> keys() {
        if (given.isPresent()) {
            return given.get();
        }
        Known read = known;
        if (read == null) {
            return remember(store.list());
        }
        return read.isOlderThan(REMEMBERED) ? refreshed(read) : read.keys();
    }

    /** By one thread; the others, and all of them while the database is away, go on with what is known. */
    private List<SigningKey> refreshed(Known read) {
        if (!reading.tryLock()) {
            return read.keys();
        }
        try {
            return remember(store.list());
        } catch (DataAccessException | TransactionException e) {
            log.debug("The signing keys could not be read again.", e);
            return read.keys();
        } finally {
            reading.unlock();
        }
    }

    private List<SigningKey> remember(List<SigningKey> keys) {
        known = new Known(keys, System.nanoTime());
        return keys;
    }

    @Scheduled(fixedDelay = 10, initialDelay = 10, timeUnit = TimeUnit.MINUTES)
    void rotate() {
        if (given.isEmpty()) {
            try {
                store.rotate();
                remember(store.list());
            } catch (DataAccessException | TransactionException e) {
                log.debug("The signing keys could not be looked after.", e);
            }
        }
    }
}
