package dev.apg.server.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.apg.contract.WireJson;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantGoneException;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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

    /** What a stranger types names nothing: it is not kept, because people type passwords where their address belongs. */
    private static final String NO_ACCOUNT = "no account";

    /** More than are tried in a minute; beyond it whoever tries waits for what they have done. */
    private static final int MOST_WAITING = 1_000;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final AuditNotes notes;
    private final Cache<Attempt, Boolean> written = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    private final ThreadPoolExecutor later = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofVirtual().name("logins-", 0).factory(),
            new ThreadPoolExecutor.CallerRunsPolicy());

    Logins(AuditNotes notes) {
        this.notes = notes;
    }

    private record Attempt(UUID tenantId, String action, String kind, String target, Optional<String> state) {}

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
     * @param account the address of theirs; empty, if what they typed is none's
     * @param sent whether a mail was sent; where none was, that is written once a minute
     */
    public void reminded(TenantContext by, String kind, Optional<String> account, boolean sent) {
        var entry = new AuditLog.Entry(
                by,
                "password.forgotten",
                kind,
                account.orElse(NO_ACCOUNT),
                Optional.empty(),
                Optional.of(WireJson.MAPPER.writeValueAsString(Map.of("sent", sent))));
        if (sent) {
            notes.note(by, entry);
        } else {
            once(entry, Runnable::run);
        }
    }

    /** Somebody said that they are whom they could not prove to be. */
    public void failed(TenantContext by, String kind, String target) {
        failed(by, kind, target, Optional.empty());
    }

    /** @param why the code of the problem, where the log may tell it */
    public void failed(TenantContext by, String kind, String target, Optional<String> why) {
        once(failure(by, kind, target, why), Runnable::run);
    }

    /**
     * Somebody said that they are a person, with another password than theirs. It is written when they have their answer, which so
     * comes as soon whether or not there is such a tenant and account.
     *
     * @param account the address of the person; empty, if what was typed is nobody's
     */
    public void guessed(TenantContext by, String kind, Optional<String> account) {
        once(failure(by, kind, account.orElse(NO_ACCOUNT), Optional.empty()), later);
    }

    private static AuditLog.Entry failure(TenantContext by, String kind, String target, Optional<String> why) {
        return new AuditLog.Entry(
                by,
                "login.failed",
                kind,
                target,
                Optional.empty(),
                why.map(code -> WireJson.MAPPER.writeValueAsString(Map.of("why", code))));
    }

    private void once(AuditLog.Entry entry, Executor executor) {
        var attempt =
                new Attempt(entry.by().tenantId(), entry.action(), entry.targetKind(), entry.target(), entry.after());
        if (written.asMap().putIfAbsent(attempt, true) == null) {
            executor.execute(() -> write(attempt, entry));
        }
    }

    private void write(Attempt attempt, AuditLog.Entry entry) {
        try {
            notes.note(entry.by(), entry);
        } catch (DataAccessException | TransactionException | TenantGoneException e) {
            // The refusal stands whether or not it could be written down.
            written.invalidate(attempt);
            log.warn(
                    "What was refused could not be written to the audit log. tenant={} action={}",
                    attempt.tenantId(),
                    entry.action(),
                    e);
        }
    }

    /** What is to be written yet is written before the node stops. */
    @PreDestroy
    void stop() {
        later.shutdown();
        try {
            later.awaitTermination(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
