package dev.apg.server.setting;

import dev.apg.server.audit.AuditRemoval;
import dev.apg.server.event.Retention;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes what is sealed in audit logs once it is older than the tenant keeps it. */
@Component
class AuditRetention {
    private final Retention retention;
    private final TenantSettingsService settings;
    private final AuditRemoval removal;

    AuditRetention(Retention retention, TenantSettingsService settings, AuditRemoval removal) {
        this.retention = retention;
        this.settings = settings;
        this.removal = removal;
    }

    @Scheduled(fixedDelay = 60, initialDelay = 2, timeUnit = TimeUnit.MINUTES)
    void removeOld() {
        retention.delete("seals of the audit log", AuditRemoval.AT_ONCE, this::removeSome);
    }

    private int removeSome(UUID tenantId) {
        return settings.auditRetention(tenantId)
                .map(kept -> removal.removeOlder(tenantId, Instant.now().minus(kept)))
                .orElse(0);
    }
}
