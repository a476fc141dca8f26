package dev.apg.server.tenancy;

import dev.apg.server.platform.DatabasePatience;
import java.sql.Connection;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions in which only one tenant's rows exist: {@code apg.tenant_id} is set for the transaction, and row-level
 * security shows nothing without it. Every statement is bounded: the database breaks off one that takes longer than its
 * kind of work may, and the connection gives up a database that does not even do that.
 */
@Component
public class TenantTransactions {
    private static final String BEGIN =
            "SELECT set_config('apg.tenant_id', ?, true), set_config('statement_timeout', ?, true)";

    private static final String NEVER_OVER = ", false AS over";

    /** Whatever is written is a tenant's that is there, or that this transaction makes. */
    private static final String UNLESS_OVER =
            ", (SELECT erased_at <= now() FROM tenant_cursor WHERE tenant_id = current_tenant()) AS over";

    /**
     * A write of a request finds a handful of rows by their keys, so each of its statements is planned once for a connection
     * instead of each time, which takes PostgreSQL longer than the look-up; and never as a scan, which would be right only
     * for the few rows that there are when a connection first plans it.
     */
    private static final String PLANNED_ONCE =
            ", set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)";

    private final JdbcClient jdbc;
    private final JdbcTemplate connections;
    private final TransactionTemplate reading;
    private final TransactionTemplate consistent;
    private final TransactionTemplate writing;

    TenantTransactions(JdbcClient jdbc, DataSource database, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.connections = new JdbcTemplate(database);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.consistent = new TransactionTemplate(transactions);
        this.consistent.setReadOnly(true);
        this.consistent.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.writing = new TransactionTemplate(transactions);
    }

    /** Runs a read in a transaction of its own. */
    public <T> T read(UUID tenantId, Supplier<T> work) {
        return in(reading, NEVER_OVER, tenantId, DatabasePatience.REQUEST, work);
    }

    /**
     * Runs a read of several statements that all see the same state, at most as old as the first of them.
     */
    public <T> T readConsistently(UUID tenantId, Supplier<T> work) {
        return in(consistent, NEVER_OVER, tenantId, DatabasePatience.REQUEST, work);
    }

    /** The same, for statements that read a whole catalogue: exports and snapshots. */
    public <T> T readLong(UUID tenantId, Supplier<T> work) {
        return in(consistent, NEVER_OVER, tenantId, DatabasePatience.CATALOGUE, work);
    }

    /**
     * Runs a write without event or audit entry: for housekeeping only; everything else goes through {@code Writes}.
     *
     * @throws TenantGoneException if the tenant's time is over: nothing is written for one that is being erased
     */
    public <T> T write(UUID tenantId, Supplier<T> work) {
        return in(writing, UNLESS_OVER + PLANNED_ONCE, tenantId, DatabasePatience.REQUEST, work);
    }

    /** The same, for statements that write a whole catalogue: imports. */
    public <T> T writeLong(UUID tenantId, Supplier<T> work) {
        return in(writing, UNLESS_OVER, tenantId, DatabasePatience.CATALOGUE, work);
    }

    /** Runs what erases a tenant: the one thing that is done for it when its time is over. */
    public <T> T erase(UUID tenantId, Supplier<T> work) {
        return in(writing, NEVER_OVER + PLANNED_ONCE, tenantId, DatabasePatience.REQUEST, work);
    }

    // The callback's result is whatever the work returns, never null, although Spring's signature allows it.
    @SuppressWarnings("NullAway")
    private <T> T in(
            TransactionTemplate template, String more, UUID tenantId, DatabasePatience patience, Supplier<T> work) {
        return template.execute(status -> {
            boolean over = jdbc.sql(BEGIN + more)
                    .param(tenantId.toString())
                    .param(Long.toString(patience.statement().toMillis()))
                    .query((row, number) -> row.getBoolean("over"))
                    .single();
            if (over) {
                throw new TenantGoneException();
            }
            if (patience != DatabasePatience.REQUEST) {
                waitFor(patience.connection());
            }
            return work.get();
        });
    }

    /** Holds until the transaction ends: the pool gives the connection its own bound back. */
    private void waitFor(Duration longest) {
        connections.execute((Connection connection) -> {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(longest.toMillis()));
            return true;
        });
    }
}
