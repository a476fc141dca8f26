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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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

    /** Different things of a minute on which the same attempt is written down: whoever goes through names writes no more. */
    private static final int MOST_OBJECTS = 20;

    private final AuditNotes notes;

    /** With the names of what it was tried on; none, if the request named nothing. */
    private final Cache<Attempt, Set<String>> written = Caffeine.newBuilder()
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
        Set<String> objects = written.get(attempt, ignored -> ConcurrentHashMap.newKeySet());
        String object = denial.object().map(Denial.Named::name).orElse("");
        if (objects.size() >= MOST_OBJECTS || !objects.add(object)) {
            return;
        }
        try {
            notes.note(
                    denial.by(),
                    new AuditLog.Entry(
                            denial.by(),
                            "access.denied",
                            denial.object().map(Denial.Named::kind).orElse("operation"),
                            denial.object().map(Denial.Named::name).orElseGet(denial::operation),
                            Optional.empty(),
                            Optional.of(WireJson.MAPPER.writeValueAsString(state(denial)))));
        } catch (DataAccessException | TransactionException | TenantGoneException e) {
            // The refusal stands whether or not it could be written down.
            objects.remove(object);
            log.warn("A refusal could not be written to the audit log. operation={}", denial.operation(), e);
        }
    }

    private static Map<String, Object> state(Denial denial) {
        Actor actor = denial.by().actor();
        return denial.needs()
                .map(needs -> Map.<String, Object>of(
                        "operation", denial.operation(),
                        "needs", needs.wire(),
                        "role", actor.role().wire(),
                        "left_out_by_scopes", actor.role().permits(needs) && !actor.permits(needs),
                        "left_out_by_grants", actor.permits(needs)))
                .orElseGet(() -> Map.of(
                        "operation",
                        denial.operation(),
                        "why",
                        denial.why(),
                        "role",
                        actor.role().wire()));
    }
}
