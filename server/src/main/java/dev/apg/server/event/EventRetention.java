package dev.apg.server.event;

import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.TenantTransactions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes events that are older than the retention, oldest first, so that what is kept has no gap. */
@Component
@EnableScheduling
class EventRetention {
    /** Events of one transaction; writers of the tenant wait no longer than one takes. */
    private static final int AT_ONCE = 5_000;

    private final Retention retention;
    private final EventRepository events;
    private final TenantTransactions transactions;
    private final Duration kept;

    EventRetention(Retention retention, EventRepository events, TenantTransactions transactions, Settings settings) {
        this.retention = retention;
        this.events = events;
        this.transactions = transactions;
        this.kept = settings.eventRetention();
    }

    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.HOURS)
    void deleteOld() {
        retention.delete(
                "events",
                AT_ONCE,
                tenantId -> transactions.write(tenantId, () -> events.deleteOldest(tenantId, kept, AT_ONCE)));
    }
}
