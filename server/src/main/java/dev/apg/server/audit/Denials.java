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

    private static boolean isOfScopes(Denial denial) {
        Actor actor = denial.by().actor();
        return actor.role().permits(denial.needs()) && !actor.permits(denial.needs());
    }

    private record Attempt(UUID tenantId, UUID actorId, String operation) {}

    @EventListener
    void write(Denial denial) {
        var attempt = new Attempt(denial.by().tenantId(), denial.by().actor().id(), denial.operation());
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
                            Optional.of(WireJson.MAPPER.writeValueAsString(Map.of(
                                    "needs", denial.needs().wire(),
                                    "role", denial.by().actor().role().wire(),
                                    "left_out_by_scopes", isOfScopes(denial),
                                    "left_out_by_grants", denial.by().actor().permits(denial.needs()))))));
        } catch (DataAccessException | TransactionException | TenantGoneException e) {
            // The refusal stands whether or not it could be written down.
            written.invalidate(attempt);
            log.warn("A refusal could not be written to the audit log. operation={}", denial.operation(), e);
        }
    }
}
