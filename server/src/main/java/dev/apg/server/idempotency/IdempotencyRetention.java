package dev.apg.server.idempotency;

import dev.apg.server.event.Retention;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets keys after a day: a client that has not asked again by then will not. */
@Component
class IdempotencyRetention {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int AT_ONCE = 1_000;

    private final Retention retention;
    private final IdempotencyKeys keys;

    IdempotencyRetention(Retention retention, IdempotencyKeys keys) {
        this.retention = retention;
        this.keys = keys;
    }

    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.HOURS)
    void forgetOld() {
        retention.delete("idempotency keys", AT_ONCE, tenantId -> keys.forget(tenantId, KEPT, AT_ONCE));
    }
}
