package dev.apg.server.secret;

import dev.apg.contract.secret.EncryptionKeyState;
import dev.apg.contract.secret.EncryptionKeyUse;
import dev.apg.server.secret.SecretRepository.Held;
import dev.apg.server.secret.SecretRepository.Sealed;
import dev.apg.server.tenancy.TenantGoneException;
import dev.apg.server.tenancy.TenantTransactions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Encrypts with the newest key what was encrypted with an older one, so that the older one can be taken away. Goes through the
 * tenants in short transactions; what a stopped node has left, the next round of any node finds.
 */
@Component
class SecretRenewal {
    private static final Logger log = LoggerFactory.getLogger(SecretRenewal.class);

    /** Whoever needs one of these secrets waits no longer than so many take. */
    private static final int AT_ONCE = 100;

    private static final UUID START = new UUID(0, 0);

    private final TenantTransactions transactions;
    private final SecretRepository repository;
    private final Secrets secrets;
    private final KeyUses uses;

    /** Of keys that nobody gave: how many secrets were said to need them. It is said once. */
    private final Map<String, Long> missing = new HashMap<>();

    /** Likewise of secrets that are not what was put there. */
    private final Set<SecretPlace> unreadable = new HashSet<>();

    SecretRenewal(TenantTransactions transactions, SecretRepository repository, Secrets secrets, KeyUses uses) {
        this.transactions = transactions;
        this.repository = repository;
        this.secrets = secrets;
        this.uses = uses;
    }

    @Scheduled(fixedDelay = 600, initialDelay = 10, timeUnit = TimeUnit.SECONDS)
    synchronized void renewAll() {
        try {
            List<Held> held = uses.held();
            if (!held.isEmpty()) {
                renew(held);
            }
        } catch (DataAccessException | TransactionException e) {
            log.debug("What the secrets are encrypted with could not be looked after.", e);
        }
    }

    private void renew(List<Held> held) {
        List<EncryptionKeyUse> before = uses.list(held);
        with(EncryptionKeyState.MISSING, before).forEach(this::tellOfMissing);
        List<String> older = with(EncryptionKeyState.NEEDED, before).stream()
                .map(EncryptionKeyUse::id)
                .toList();
        long renewed = held.stream()
                .filter(some -> older.contains(some.key()))
                .mapToLong(this::renew)
                .sum();
        if (renewed > 0) {
            log.info(
                    "What was encrypted with an older key of ENCRYPTION_KEY is encrypted with the newest now. secrets={}",
                    renewed);
            with(EncryptionKeyState.UNNEEDED, uses.list())
                    .forEach(use -> log.info(
                            "Nothing is encrypted with the key {} any more. When every node has a newer one in front, ENCRYPTION_KEY can do without it.",
                            use.id()));
        }
    }

    private static List<EncryptionKeyUse> with(EncryptionKeyState state, List<EncryptionKeyUse> uses) {
        return uses.stream().filter(use -> use.state() == state).toList();
    }

    private void tellOfMissing(EncryptionKeyUse use) {
        long count = use.secrets().values().stream().mapToLong(Long::longValue).sum();
        Long before = missing.put(use.id(), count);
        if (before == null || before != count) {
            log.warn(
                    "{} secrets are encrypted with the key {}, which ENCRYPTION_KEY does not hold (expected: its value behind the newer ones, separated by commas): {}",
                    count,
                    use.id(),
                    use.secrets());
        }
    }

    /** A failure is of its tenant only. */
    private long renew(Held held) {
        long renewed = 0;
        try {
            UUID after = START;
            Piece piece;
            do {
                UUID from = after;
                piece = transactions.write(held.tenantId(), () -> renewSome(held, from));
                renewed += piece.renewed();
                after = piece.last();
            } while (piece.isFull());
        } catch (TenantGoneException gone) {
            log.debug("The tenant's time is over meanwhile.", gone);
        } catch (RuntimeException e) {
            log.warn(
                    "Secrets of a tenant could not be encrypted anew; the next round tries again. tenant={} secrets={}",
                    held.tenantId(),
                    held.column(),
                    e);
        }
        return renewed;
    }

    /** @param isFull whether there may be more after the last one */
    private record Piece(int renewed, UUID last, boolean isFull) {}

    private Piece renewSome(Held held, UUID after) {
        if (!repository.tryLock()) {
            // Another node is at it.
            return new Piece(0, after, false);
        }
        List<Sealed> some = repository.under(held.column(), held.tenantId(), held.key(), after, AT_ONCE);
        int renewed = 0;
        for (Sealed sealed : some) {
            if (renew(new SecretPlace(held.tenantId(), held.column(), sealed.row()), sealed.secret())) {
                renewed++;
            }
        }
        return new Piece(renewed, some.isEmpty() ? after : some.getLast().row(), some.size() == AT_ONCE);
    }

    private boolean renew(SecretPlace place, byte[] sealed) {
        try {
            Optional<byte[]> anew = secrets.renewed(place, sealed);
            anew.ifPresent(secret -> repository.replace(place, secret));
            return anew.isPresent();
        } catch (SecretUnreadableException e) {
            if (unreadable.add(place)) {
                log.warn("A secret cannot be encrypted anew: {} tenant={}", e.getMessage(), place.tenantId());
            }
            return false;
        }
    }
}
