package dev.apg.server.tenancy;

import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Which tenants there are: for work that goes from one to the next ids and nothing else. */
@Component
public class EveryTenant {
    private final JdbcClient jdbc;
    private final TransactionTemplate feed;

    EveryTenant(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.feed = new TransactionTemplate(transactions);
        this.feed.setReadOnly(true);
    }

    /** In a transaction of its own, as the role that sees names, states and quotas of tenants, and nothing that they have. */
    @SuppressWarnings("NullAway")
    public <T> T see(Supplier<T> work) {
        return feed.execute(status -> {
            jdbc.sql("SET LOCAL ROLE apg_platform").update();
            return work.get();
        });
    }

    /** In a transaction of its own, as the role that sees ids and cursors; without those that are being erased. */
    // The callback's result is a list, never null, although Spring's signature allows it.
    @SuppressWarnings("NullAway")
    public List<UUID> ids() {
        return feed.execute(status -> {
            jdbc.sql("SET LOCAL ROLE apg_feed").update();
            return jdbc.sql("SELECT tenant_id FROM tenant_cursor WHERE state <> 'erasing' ORDER BY tenant_id")
                    .query(UUID.class)
                    .list();
        });
    }
}
