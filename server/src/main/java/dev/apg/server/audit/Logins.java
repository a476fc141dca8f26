package dev.apg.server.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.apg.contract.WireJson;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantGoneException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Writes down who came in, each time, and who tried in vain: once a minute for each that was tried, so that nobody fills a log
 * that cannot be emptied by guessing.
 */
@Component
public class Logins {
    private static final Logger log = LoggerFactory.getLogger(Logins.class);

    /** Different attempts of a minute that are remembered, of all tenants. */
    private static final int MOST = 10_000;

    private final AuditNotes notes;
    private final Cache<Attempt, Boolean> written = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    Logins(AuditNotes notes) {
        this.notes = notes;
    }

    private record Attempt(UUID tenantId, String kind, String target) {}

    /**
     * Somebody proved who they are. Fails if that cannot be written down: nobody comes in unseen.
     *
     * @param kind what they are: {@code client}
     * @param state what is kept of it
     */
    public void succeeded(TenantContext by, String kind, String target, Map<String, Object> state) {
        notes.note(
                by,
                new AuditLog.Entry(
                        by,
                        "login.succeeded",
                        kind,
                        target,
                        Optional.empty(),
                        Optional.of(WireJson.MAPPER.writeValueAsString(state))));
    }

    /**
     * Somebody said that they forgot their password.
     *
     * @param state whether a mail was sent
     */
    public void reminded(TenantContext by, String kind, String target, Map<String, Object> state) {
        notes.note(
                by,
                new AuditLog.Entry(
                        by,
                        "password.forgotten",
                        kind,
                        target,
                        Optional.empty(),
                        Optional.of(WireJson.MAPPER.writeValueAsString(state))));
    }

    /** Somebody said that they are whom they could not prove to be. */
    public void failed(TenantContext by, String kind, String target) {
        failed(by, kind, target, Optional.empty());
    }

    /** @param why the code of the problem, where the log may tell it */
    public void failed(TenantContext by, String kind, String target, Optional<String> why) {
        var attempt =
                new Attempt(by.tenantId(), kind, target + why.map(" "::concat).orElse(""));
        if (written.asMap().putIfAbsent(attempt, true) != null) {
            return;
        }
        try {
            notes.note(
                    by,
                    new AuditLog.Entry(
                            by,
                            "login.failed",
                            kind,
                            target,
                            Optional.empty(),
                            why.map(code -> WireJson.MAPPER.writeValueAsString(Map.of("why", code)))));
        } catch (DataAccessException | TransactionException | TenantGoneException e) {
            // The refusal stands whether or not it could be written down.
            written.invalidate(attempt);
            log.warn("A failed login could not be written to the audit log. target={}", target, e);
        }
    }
}
