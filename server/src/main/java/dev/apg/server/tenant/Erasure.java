package dev.apg.server.tenant;

import dev.apg.contract.tenant.Tenant;
import dev.apg.server.tenancy.EveryTenant;
import dev.apg.server.tenancy.TenantChanged;
import dev.apg.server.tenancy.TenantTransactions;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Erases deleted tenants whose time is over, and counts once a day what the others have. */
@Component
class Erasure {
    private static final Logger log = LoggerFactory.getLogger(Erasure.class);
    private static final int AT_ONCE = 5_000;

    private final EveryTenant every;
    private final TenantTransactions transactions;
    private final ErasureRepository rows;
    private final TenantRepository tenants;
    private final ApplicationEventPublisher publisher;

    Erasure(
            EveryTenant every,
            TenantTransactions transactions,
            ErasureRepository rows,
            TenantRepository tenants,
            ApplicationEventPublisher publisher) {
        this.publisher = publisher;
        this.every = every;
        this.transactions = transactions;
        this.rows = rows;
        this.tenants = tenants;
    }

    /** Goes on with what a stopped node has begun. Another one may be at it, too: each finds what the other has left. */
    @Scheduled(fixedDelay = 10, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void eraseDeleted() {
        for (UUID tenantId : every.see(tenants::over)) {
            try {
                erase(tenantId);
            } catch (RuntimeException e) {
                log.warn("A deleted tenant could not be erased; the next round tries again. tenant={}", tenantId, e);
            }
        }
    }

    private void erase(UUID tenantId) {
        Tenant tenant = transactions.erase(tenantId, () -> tenants.get(tenantId));
        if (!transactions.erase(tenantId, () -> rows.begin(tenantId))) {
            return;
        }
        publisher.publishEvent(new TenantChanged(tenantId));
        long erased = 0;
        for (String table : rows.tables()) {
            int some;
            do {
                some = transactions.erase(tenantId, () -> rows.erase(table, AT_ONCE));
                erased += some;
            } while (some == AT_ONCE);
        }
        transactions.erase(tenantId, () -> {
            rows.eraseTenant(tenantId);
            return true;
        });
        PlatformActs.tellErased(tenant, erased);
        log.info("A deleted tenant was erased. tenant={} code={} rows={}", tenantId, tenant.code(), erased);
    }

    /** A release that did not count yet may have written, and what was purged is given back. */
    @Scheduled(fixedDelay = 24, initialDelay = 1, timeUnit = TimeUnit.HOURS)
    void count() {
        for (UUID tenantId : every.ids()) {
            try {
                transactions.writeLong(tenantId, () -> {
                    tenants.count(tenantId);
                    return true;
                });
            } catch (RuntimeException e) {
                log.warn("What a tenant has could not be counted. tenant={}", tenantId, e);
            }
        }
    }
}
