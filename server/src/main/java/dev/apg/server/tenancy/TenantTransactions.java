package dev.apg.server.tenancy;

import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions in which only one tenant's rows exist: {@code apg.tenant_id} is set for the transaction, and row-level
 * security shows nothing without it.
 */
@Component
public class TenantTransactions {
    private final JdbcClient jdbc;
    private final TransactionTemplate reading;
    private final TransactionTemplate consistent;
    private final TransactionTemplate writing;

    TenantTransactions(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.consistent = new TransactionTemplate(transactions);
        this.consistent.setReadOnly(true);
        this.consistent.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.writing = new TransactionTemplate(transactions);
    }

    /** Runs a read in a transaction of its own. */
    public <T> T read(UUID tenantId, Supplier<T> work) {
        return in(reading, tenantId, work);
    }

    /**
     * Runs a read of several statements that all see the same state, at most as old as the first of them: for exports
     * and snapshots.
     */
    public <T> T readConsistently(UUID tenantId, Supplier<T> work) {
        return in(consistent, tenantId, work);
    }

    /** Runs a write without event or audit entry: for housekeeping only; everything else goes through {@code Writes}. */
    public <T> T write(UUID tenantId, Supplier<T> work) {
        return in(writing, tenantId, work);
    }

    // The callback's result is whatever the work returns, never null, although Spring's signature allows it.
    @SuppressWarnings("NullAway")
    private <T> T in(TransactionTemplate template, UUID tenantId, Supplier<T> work) {
        return template.execute(status -> {
            jdbc.sql("SELECT set_config('apg.tenant_id', ?, true)")
                    .param(tenantId.toString())
                    .query(String.class)
                    .single();
            return work.get();
        });
    }
}
