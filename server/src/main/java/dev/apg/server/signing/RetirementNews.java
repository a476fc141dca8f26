package dev.apg.server.signing;

import dev.apg.server.audit.AuditLog;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.tenancy.EveryTenant;
import dev.apg.server.tenancy.TenantGoneException;
import dev.apg.server.tenancy.TenantTransactions;
import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Writes into every tenant's logs that a signing key was taken away: it could have been used against each. Whatever node hears
 * of it from any of the tenants reads the keys anew. What a stopped node has left, another one goes on with.
 */
@Component
class RetirementNews {
    static final String TYPE = "signing_key.retired";

    private static final Logger log = LoggerFactory.getLogger(RetirementNews.class);
    private static final String SUBJECT = "signing_key";

    private final TenantTransactions transactions;
    private final EveryTenant every;
    private final Writes writes;
    private final AuditLog audit;
    private final RetirementRepository repository;
    private final ExecutorService teller = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("signing-key-news").factory());

    RetirementNews(
            TenantTransactions transactions,
            EveryTenant every,
            Writes writes,
            AuditLog audit,
            RetirementRepository repository) {
        this.transactions = transactions;
        this.every = every;
        this.writes = writes;
        this.audit = audit;
        this.repository = repository;
    }

    /** Begins to tell, without keeping the caller waiting: there may be many tenants. */
    void tellSoon() {
        try {
            teller.execute(this::tell);
        } catch (RejectedExecutionException stopping) {
            log.debug("The node stops; another one tells it.", stopping);
        }
    }

    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void tell() {
        try {
            List<Retirement> untold = transactions.read(SigningKeyRepository.INSTALLATION, repository::untold);
            untold.forEach(this::tell);
        } catch (DataAccessException | TransactionException e) {
            log.debug("Whether there are retirements to tell could not be seen.", e);
        }
    }

    private void tell(Retirement retirement) {
        boolean complete = true;
        for (UUID tenantId : every.ids()) {
            complete &= tell(tenantId, retirement);
        }
        if (complete) {
            transactions.write(SigningKeyRepository.INSTALLATION, () -> {
                repository.setTold(retirement.keyId());
                return true;
            });
        }
    }

    /** Whether nothing is left to do; a failure is of this tenant only. */
    private boolean tell(UUID tenantId, Retirement retirement) {
        try {
            writes.write(retirement.by().of(tenantId), journal -> {
                repository.lockTelling();
                if (!audit.holds(tenantId, TYPE, SUBJECT, retirement.name())) {
                    journal.record(new Mutation(
                            TYPE,
                            SUBJECT,
                            retirement.keyId(),
                            retirement.name(),
                            Map.of(),
                            Optional.empty(),
                            Optional.of(Map.of("reason", retirement.reason(), "retired_at", retirement.at()))));
                }
                return true;
            });
            return true;
        } catch (TenantGoneException gone) {
            return true;
        } catch (RuntimeException e) {
            log.warn(
                    "A tenant could not be told that a signing key was taken away; it is tried again in a minute. tenant={} kid={}",
                    tenantId,
                    retirement.name(),
                    e);
            return false;
        }
    }

    @PreDestroy
    void stop() {
        teller.shutdownNow();
    }
}
