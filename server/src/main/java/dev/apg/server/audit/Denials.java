package dev.apg.server.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.apg.contract.WireJson;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.TenantGoneException;
import dev.apg.server.web.Denial;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Writes down who was refused what. The same actor's same attempt is written once a minute, so that nobody fills a log that
 * cannot be emptied by being refused.
 */
@Component
class Denials {
    private static final Logger log = LoggerFactory.getLogger(Denials.class);

    /** Different attempts of a minute that are remembered, of all tenants. */
    private static final int MOST = 10_000;

    private final AuditNotes notes;
    private final Cache<Attempt, Boolean> written = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    Denials(AuditNotes notes) {
        this.notes = notes;
    }

    private record Attempt(UUID tenantId, UUID actorId, String why, String operation) {}

    @EventListener
    void write(Denial denial) {
        var attempt = new Attempt(denial.by().tenantId(), denial.by().actor().id(), denial.why(), denial.operation());
        if (written.asMap().putIfAbsent(attempt, true) != null) {
            return;
        }
        try {
            notes.note(
                    denial.by(),
                    new AuditLog.Entry(
                            denial.by(),
                            "access.denied",
                            "operation",
                            denial.operation(),
                            Optional.empty(),
                            Optional.of(WireJson.MAPPER.writeValueAsString(state(denial)))));
        } catch (DataAccessException | TransactionException | TenantGoneException e) {
            // The refusal stands whether or not it could be written down.
            written.invalidate(attempt);
            log.warn("A refusal could not be written to the audit log. operation={}", denial.operation(), e);
        }
    }

    private static Map<String, Object> state(Denial denial) {
        Actor actor = denial.by().actor();
        return denial.needs()
                .map(needs -> Map.<String, Object>of(
                        "needs", needs.wire(),
                        "role", actor.role().wire(),
                        "left_out_by_scopes", actor.role().permits(needs) && !actor.permits(needs),
                        "left_out_by_grants", actor.permits(needs)))
                .orElseGet(
                        () -> Map.of("why", denial.why(), "role", actor.role().wire()));
    }
}
