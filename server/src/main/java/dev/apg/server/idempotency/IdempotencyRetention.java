package dev.apg.server.idempotency;

import dev.apg.server.event.EventLog;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets keys after a day: a client that has not asked again by then will not. */
@Component
class IdempotencyRetention {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int AT_ONCE = 1_000;

    private final EventLog events;
    private final IdempotencyKeys keys;

    IdempotencyRetention(EventLog events, IdempotencyKeys keys) {
        this.events = events;
        this.keys = keys;
    }

    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.HOURS)
    void forgetOld() {
        for (UUID tenantId : events.ends().keySet()) {
            int forgotten;
            do {
                forgotten = keys.forget(tenantId, KEPT, AT_ONCE);
            } while (forgotten == AT_ONCE);
        }
    }
}
