package dev.apg.server.account;

import dev.apg.server.account.pipeline.Pipelines;
import dev.apg.server.tenancy.TenantGoneException;
import dev.apg.server.tenancy.TenantTransactions;
import jakarta.annotation.PreDestroy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * When tokens, clients, pipelines and sessions were last used. A request only notes it in memory; once a minute it is written down, for all of a tenant's
 * together.
 */
@Component
class LastUses {
    private static final Logger log = LoggerFactory.getLogger(LastUses.class);

    private final TenantTransactions transactions;
    private final AccessTokenRepository tokens;
    private final PersonalTokenRepository personal;
    private final ClientRepository clients;
    private final Pipelines pipelines;
    private final SessionRepository sessions;

    /** Of valid ones only, so strangers cannot fill it. */
    private final Map<CredentialKey, Instant> unwritten = new ConcurrentHashMap<>();

    LastUses(
            TenantTransactions transactions,
            AccessTokenRepository tokens,
            PersonalTokenRepository personal,
            ClientRepository clients,
            Pipelines pipelines,
            SessionRepository sessions) {
        this.transactions = transactions;
        this.tokens = tokens;
        this.personal = personal;
        this.clients = clients;
        this.pipelines = pipelines;
        this.sessions = sessions;
    }

    private void note(UUID tenantId, CredentialKey.Kind kind, List<Use> uses) {
        switch (kind) {
            case TOKEN -> tokens.noteUses(tenantId, uses);
            case PERSONAL -> personal.noteUses(tenantId, uses);
            case CLIENT -> clients.noteUses(tenantId, uses);
            case PIPELINE -> pipelines.noteUses(tenantId, uses.stream().collect(Collectors.toMap(Use::id, Use::at)));
            case SESSION -> sessions.noteUses(tenantId, uses);
        }
    }

    /** When one of them was last used. */
    record Use(UUID id, Instant at) {}

    void note(CredentialKey key) {
        unwritten.put(key, Instant.now());
    }

    /** At stop, too: a node that restarts often would never write otherwise. */
    @PreDestroy
    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    synchronized void write() {
        Map<UUID, Map<CredentialKey.Kind, List<Use>>> tenants = new HashMap<>();
        for (CredentialKey key : List.copyOf(unwritten.keySet())) {
            Instant at = unwritten.remove(key);
            if (at != null) {
                tenants.computeIfAbsent(key.tenantId(), tenant -> new EnumMap<>(CredentialKey.Kind.class))
                        .computeIfAbsent(key.kind(), kind -> new ArrayList<>())
                        .add(new Use(key.id(), at));
            }
        }
        tenants.forEach(this::write);
    }

    private void write(UUID tenantId, Map<CredentialKey.Kind, List<Use>> kinds) {
        try {
            transactions.write(tenantId, () -> {
                kinds.forEach((kind, uses) -> note(tenantId, kind, uses));
                return kinds;
            });
        } catch (DataAccessException | TransactionException | TenantGoneException e) {
            // Of little worth afterwards: the next use is noted again.
            log.debug("When tokens were last used could not be written down.", e);
        }
    }
}
