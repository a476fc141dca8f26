package dev.apg.server.signing;

import dev.apg.server.platform.Ids;
import dev.apg.server.platform.config.AccessTokenSettings;
import dev.apg.server.platform.config.AccessTokenSettings.Algorithm;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.PlatformContext;
import dev.apg.server.tenancy.TenantTransactions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The keys that the server makes itself, in the database, so that all nodes have the same. */
@Component
class KeyStore {
    private static final Logger log = LoggerFactory.getLogger(KeyStore.class);

    /** How long a key signs. */
    static final Duration TURN = Duration.ofDays(90);

    /** How long before that it is published: longer than any node or client keeps the set of keys. */
    static final Duration AHEAD = Duration.ofHours(1);

    /** How long a key is published when it does not sign any more. */
    private static final Duration BEHIND = AccessTokenSettings.LONGEST.plus(AHEAD);

    private final TenantTransactions transactions;
    private final SigningKeyRepository repository;
    private final RetirementRepository retirements;
    private final Algorithm algorithm;

    KeyStore(
            TenantTransactions transactions,
            SigningKeyRepository repository,
            RetirementRepository retirements,
            Settings settings) {
        this.retirements = retirements;
        this.transactions = transactions;
        this.repository = repository;
        this.algorithm = settings.accessTokens().algorithm();
    }

    /** All that are published, the last to sign first. */
    List<SigningKey> list() {
        return transactions.read(SigningKeyRepository.INSTALLATION, repository::list);
    }

    /** All that are published, of which one signs now: the first that any node needs is made now. */
    List<SigningKey> listWithSigner() {
        List<SigningKey> known = list();
        return signs(known, Instant.now()).isPresent()
                ? known
                : locked(() -> {
                    if (signs(repository.list(), Instant.now()).isEmpty()) {
                        make(Instant.now());
                    }
                    return repository.list();
                });
    }

    /** Which of them signs at that time. */
    Optional<SigningKey> signs(List<SigningKey> keys, Instant at) {
        return keys.stream()
                .filter(key -> key.algorithm().getName().equals(algorithm.name()))
                .filter(key -> key.jwk().isPrivate() && !key.signsFrom().isAfter(at))
                .findFirst();
    }

    /** Publishes the next key when the present one's turn ends, and deletes those that nobody needs any more. */
    void rotate() {
        locked(() -> {
            List<SigningKey> keys = repository.list();
            boolean due = signs(keys, Instant.now())
                    .filter(present -> present.signsFrom()
                            .isBefore(Instant.now().minus(TURN).plus(AHEAD)))
                    .isPresent();
            boolean prepared = keys.stream().anyMatch(key -> key.signsFrom().isAfter(Instant.now()));
            if (due && !prepared) {
                make(Instant.now().plus(AHEAD));
            }
            int deleted = repository.deleteSucceeded(BEHIND);
            if (deleted > 0) {
                log.info("Signing keys whose tokens have all expired were deleted. keys={}", deleted);
            }
            return deleted;
        });
    }

    /**
     * Deletes a key, and makes another one at once if none is left that signs.
     *
     * @return empty if there is no such key, and was none; what was written of it, if it was taken away before
     */
    Optional<Retirement> retire(PlatformContext by, String name, String reason) {
        return locked(() -> retirements
                .find(name)
                .or(() -> repository.delete(name).map(key -> {
                    var retirement = new Retirement(
                            key.id(),
                            name,
                            key.algorithm(),
                            reason,
                            by,
                            Instant.now().truncatedTo(ChronoUnit.MICROS));
                    retirements.insert(retirement);
                    if (signs(repository.list(), Instant.now()).isEmpty()) {
                        make(Instant.now());
                    }
                    log.warn("A signing key was taken away: nothing that it has signed is valid. kid={}", name);
                    return retirement;
                })));
    }

    /** Those that were taken away, the last ones first. */
    List<Retirement> retired() {
        return transactions.read(SigningKeyRepository.INSTALLATION, retirements::list);
    }

    private void make(Instant signsFrom) {
        var key = new SigningKey(FreshKey.of(algorithm), signsFrom);
        repository.insert(Ids.next(), key);
        log.info("A signing key was made. kid={} signs_from={}", key.name(), signsFrom);
    }

    private <T> T locked(Supplier<T> work) {
        return transactions.write(SigningKeyRepository.INSTALLATION, () -> {
            repository.lock();
            return work.get();
        });
    }
}
