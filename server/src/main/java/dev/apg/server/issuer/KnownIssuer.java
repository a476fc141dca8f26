package dev.apg.server.issuer;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import dev.apg.server.platform.outbound.Outbound;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node knows of one issuer. It asks again after a while, and at once for a key that it does not know, but not as often as
 * strangers can invent names of keys; while the issuer is away, it goes on with what it knows, and lets nobody wait twice.
 */
final class KnownIssuer {
    private static final Logger log = LoggerFactory.getLogger(KnownIssuer.class);
    private static final int LONGEST_KEY_SET = 256 * 1024;

    /** For how long what is known is used without asking, and without an answer. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private static final Duration GOOD = Duration.ofHours(1);

    /** For how long an issuer that gave no answer is not asked again. */
    private static final Duration AWAY = Duration.ofSeconds(5);

    private final Outbound outbound;
    private final String issuer;
    private final ReentrantLock asking = new ReentrantLock();
    private final Bucket searches = Bucket.builder()
            .addLimit(limit -> limit.capacity(5).refillGreedy(5, Duration.ofMinutes(1)))
            .build();
    private volatile @Nullable Known known;
    private volatile @Nullable Failed failed;

    private record Known(Discovery discovery, KeySet keys, long atNanos) {}

    private record Failed(IssuerException failure, long atNanos) {}

    KnownIssuer(Outbound outbound, String issuer) {
        this.outbound = outbound;
        this.issuer = issuer;
    }

    Discovery discovery() throws IssuerException {
        return known().discovery();
    }

    /** Empty if the issuer has no key that a token with this header can be verified by. */
    Optional<JWK> key(JWSHeader header) throws IssuerException {
        Known now = known();
        Optional<JWK> key = now.keys().find(header);
        if (key.isPresent() || !searches.tryConsume(1)) {
            return key;
        }
        return asked(now).keys().find(header);
    }

    private Known known() throws IssuerException {
        Known read = known;
        if (read == null) {
            return asked(null);
        }
        boolean fresh = age(read.atNanos()).compareTo(FRESH) < 0;
        boolean good = age(read.atNanos()).compareTo(GOOD) < 0;
        // One asks, and the others do not wait for an answer that they can do without.
        return fresh || good && asking.isLocked() ? read : asked(read);
    }

    /** By one thread; the others take what it brings. */
    private Known asked(@Nullable Known before) throws IssuerException {
        asking.lock();
        try {
            Known read = known;
            if (read != null && read != before) {
                return read;
            }
            return ask(read);
        } finally {
            asking.unlock();
        }
    }

    private Known ask(@Nullable Known before) throws IssuerException {
        Failed last = failed;
        try {
            if (last != null && age(last.atNanos()).compareTo(AWAY) < 0) {
                throw last.failure();
            }
            Discovery discovery = Discovery.read(outbound, issuer);
            KeySet keys = KeySet.of(Discovery.json(outbound, issuer, discovery.keys(), LONGEST_KEY_SET));
            var now = new Known(discovery, keys, System.nanoTime());
            known = now;
            failed = null;
            return now;
        } catch (IssuerException failure) {
            if (last == null || last.failure() != failure) {
                failed = new Failed(failure, System.nanoTime());
                log.warn("An issuer of identity tokens could not be asked. {}", failure.getMessage());
            }
            if (before != null && age(before.atNanos()).compareTo(GOOD) < 0) {
                return before;
            }
            throw failure;
        }
    }

    private static Duration age(long atNanos) {
        return Duration.ofNanos(System.nanoTime() - atNanos);
    }
}
