package dev.apg.server.event;

import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.TenantTransactions;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes events that are older than the retention, oldest first, so that what is kept has no gap. */
@Component
@EnableScheduling
class EventRetention {
    private static final Logger log = LoggerFactory.getLogger(EventRetention.class);

    /** Events of one transaction; writers of the tenant wait no longer than one takes. */
    private static final int AT_ONCE = 5_000;

    private final EventLog events;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Duration retention;

    EventRetention(EventLog events, TenantTransactions transactions, JdbcClient jdbc, Settings settings) {
        this.events = events;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.retention = settings.eventRetention();
    }

    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.HOURS)
    void deleteOld() {
        for (UUID tenantId : events.ends().keySet()) {
            long deleted = 0;
            int batch;
            do {
                batch = transactions.write(tenantId, () -> deleteSome(tenantId));
                deleted += batch;
            } while (batch == AT_ONCE);
            if (deleted > 0) {
                log.info("Old events were deleted. tenant={} events={}", tenantId, deleted);
            }
        }
    }

    /** Another node may be at it, too: the one that comes second finds less or nothing to do. */
    private int deleteSome(UUID tenantId) {
        return jdbc.sql("""
                WITH oldest AS (
                  SELECT seq, at < now() - make_interval(secs => :seconds) AS old FROM event
                  WHERE tenant_id = :tenant ORDER BY seq LIMIT :limit
                ), deleted AS (
                  DELETE FROM event
                  WHERE tenant_id = :tenant
                    AND seq <= (SELECT max(seq) FROM oldest WHERE old
                                AND seq < coalesce((SELECT min(seq) FROM oldest WHERE NOT old), seq + 1))
                  RETURNING seq
                ), moved AS (
                  UPDATE tenant_cursor SET oldest = greatest(oldest, (SELECT max(seq) + 1 FROM deleted))
                  WHERE tenant_id = :tenant AND EXISTS (SELECT FROM deleted)
                )
                SELECT count(*) FROM deleted
                """)
                .param("tenant", tenantId)
                .param("seconds", retention.toSeconds())
                .param("limit", AT_ONCE)
                .query(Integer.class)
                .single();
    }
}
