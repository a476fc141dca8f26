package dev.apg.server.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.apg.contract.tenant.Rates;
import dev.apg.server.event.AccessTaken;
import dev.apg.server.tenancy.TenantTransactions;
import java.time.Duration;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Of the table {@code tenant_cursor} how often a tenant's clients may ask, where that is not as the installation has it. */
@Component
class TenantRates {
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    /** Where nothing is heard of other nodes, as long as a state of a tenant is believed. */
    private final Cache<UUID, Rates> believed = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(5))
            .build();

    TenantRates(TenantTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    Rates of(UUID tenantId) {
        Rates known = believed.getIfPresent(tenantId);
        if (known != null) {
            return known;
        }
        Rates found = transactions.read(tenantId, () -> find(tenantId));
        believed.put(tenantId, found);
        return found;
    }

    private Rates find(UUID tenantId) {
        return jdbc.sql("SELECT requests_per_minute, burst FROM tenant_cursor WHERE tenant_id = ?")
                .param(tenantId)
                .query((row, number) -> new Rates(
                        row.getObject("requests_per_minute", Integer.class), row.getObject("burst", Integer.class)))
                .optional()
                .orElse(Rates.NONE);
    }

    /** This node or another one may have changed them. */
    @EventListener
    void forget(AccessTaken taken) {
        believed.invalidate(taken.tenantId());
    }
}
