package dev.apg.server.audit;

import dev.apg.contract.audit.AuditChain;
import dev.apg.contract.audit.AuditEntry;
import dev.apg.server.audit.SealRepository.Moment;
import dev.apg.server.tenancy.EveryTenant;
import dev.apg.server.tenancy.TenantTransactions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Extends every tenant's chain by the entries that were written since. Writers never wait for it: an entry is sealed some
 * seconds later, when no transaction can add another one before it. Each sealed entry goes to the log of the program, too.
 */
@Component
class SealingJob {
    private static final Logger log = LoggerFactory.getLogger(SealingJob.class);

    /** For whoever collects audit entries from the program's log. */
    private static final Logger stream = LoggerFactory.getLogger("dev.apg.audit");

    /** An entry takes its time a moment before its transaction shows as one under way. */
    private static final int SKEW_MILLIS = 1_000;

    private final EveryTenant tenants;
    private final TenantTransactions transactions;
    private final SealRepository seals;
    private final AnchorRepository anchors;
    private final AuditRepository entries;

    /** Whether the database was away in the last round: it is said once. */
    private boolean away;

    /** Tenants whose entries could not be sealed in the last round: likewise. */
    private final Set<UUID> failing = new HashSet<>();

    /** The moment whose transactions are waited for. */
    private @Nullable Moment pending;

    SealingJob(
            EveryTenant tenants,
            TenantTransactions transactions,
            SealRepository seals,
            AnchorRepository anchors,
            AuditRepository entries) {
        this.anchors = anchors;
        this.tenants = tenants;
        this.transactions = transactions;
        this.seals = seals;
        this.entries = entries;
    }

    @Scheduled(fixedDelay = 5, initialDelay = 5, timeUnit = TimeUnit.SECONDS)
    synchronized void sealWhatIsComplete() {
        try {
            complete().ifPresent(this::sealAll);
            away = false;
        } catch (DataAccessException | TransactionException e) {
            if (!away) {
                log.warn("Audit entries cannot be sealed until the database is there again: {}", e.toString());
            }
            away = true;
        }
    }

    /** Up to when all entries are there: a moment that no transaction which was under way then outlived. */
    private Optional<Instant> complete() {
        Moment now = seals.moment();
        Moment waitedFor = pending;
        if (waitedFor != null && Long.compareUnsigned(now.oldest(), waitedFor.next()) < 0) {
            return Optional.empty();
        }
        pending = now;
        return Optional.ofNullable(waitedFor).map(moment -> moment.now().minusMillis(SKEW_MILLIS));
    }

    private void sealAll(Instant until) {
        for (UUID tenantId : tenants.ids()) {
            try {
                for (Optional<Sealed> some = seal(tenantId, until); some.isPresent(); some = seal(tenantId, until)) {
                    tell(tenantId, some.get());
                }
                failing.remove(tenantId);
            } catch (RuntimeException e) {
                if (failing.add(tenantId)) {
                    log.warn("Audit entries cannot be sealed; every round tries again. tenant={}", tenantId, e);
                }
            }
        }
    }

    /** A link that was made, with what it holds. */
    private record Sealed(Seal seal, List<AuditEntry> entries) {}

    /** Makes the next link, in a transaction of its own; empty if there is nothing for it, or another node is at it. */
    private Optional<Sealed> seal(UUID tenantId, Instant until) {
        return transactions.write(tenantId, () -> {
            if (!seals.tryLock(tenantId)) {
                return Optional.empty();
            }
            Optional<Seal> last = seals.last(tenantId);
            if (last.isPresent() && !seals.endsWhereItSays(tenantId, last.get())) {
                throw new IllegalStateException(
                        "seal %d does not end with its last entry: the audit log was tampered with"
                                .formatted(last.get().number()));
            }
            // Of a tenant where nothing has happened for long everything may have been removed.
            Optional<Link> end = last.map(Seal::link).or(() -> anchors.find(tenantId));
            List<AuditEntry> next = entries.between(
                    tenantId,
                    end.map(Link::last).orElse(AuditPlace.START),
                    new AuditPlace(until, AuditPlace.START.entry()),
                    Seal.MOST);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            Seal seal = Seal.after(
                    end.map(Link::number).orElse(0L) + 1,
                    end.map(Link::hash).orElse(AuditChain.START),
                    Instant.now().truncatedTo(ChronoUnit.MICROS),
                    next);
            seals.insert(tenantId, seal);
            return Optional.of(new Sealed(seal, next));
        });
    }

    /** Once it is committed: a head that somebody notes down must be one that there is. */
    private static void tell(UUID tenantId, Sealed sealed) {
        Seal seal = sealed.seal();
        sealed.entries().forEach(entry -> tell(tenantId, entry, seal.number()));
        stream.atInfo()
                .addKeyValue("tenant", tenantId)
                .addKeyValue("seal", seal.number())
                .addKeyValue("hash", seal.hash())
                .log(
                        "Audit: seal {} over {} entries has the hash {}.",
                        seal.number(),
                        sealed.entries().size(),
                        seal.hash());
    }

    private static void tell(UUID tenantId, AuditEntry entry, long seal) {
        stream.atInfo()
                .addKeyValue("tenant", tenantId)
                .addKeyValue("audit_entry", entry.id())
                .addKeyValue("at", entry.at())
                .addKeyValue("actor_id", entry.actorId())
                .addKeyValue("actor_kind", entry.actorKind())
                .addKeyValue("actor", entry.actor())
                .addKeyValue("action", entry.action())
                .addKeyValue("target_kind", entry.targetKind())
                .addKeyValue("target", entry.target())
                .addKeyValue("request_id", entry.requestId())
                .addKeyValue("address", entry.address())
                .addKeyValue("seal", seal)
                .log("Audit: {} of {} by {}.", entry.action(), entry.target(), entry.actor());
    }
}
