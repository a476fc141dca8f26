package dev.apg.server.account;

import dev.apg.server.tenancy.TenantTransactions;
import jakarta.annotation.PreDestroy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * When tokens were last used. A request only notes it in memory; once a minute it is written down, for all of a tenant's
 * tokens together.
 */
@Component
class LastUses {
    private static final Logger log = LoggerFactory.getLogger(LastUses.class);

    private final TenantTransactions transactions;
    private final AccessTokenRepository tokens;

    /** Of valid tokens only, so strangers cannot fill it. */
    private final Map<TokenKey, Instant> unwritten = new ConcurrentHashMap<>();

    LastUses(TenantTransactions transactions, AccessTokenRepository tokens) {
        this.transactions = transactions;
        this.tokens = tokens;
    }

    /** When one token was last used. */
    record Use(UUID tokenId, Instant at) {}

    void note(TokenKey key) {
        unwritten.put(key, Instant.now());
    }

    /** At stop, too: a node that restarts often would never write otherwise. */
    @PreDestroy
    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    synchronized void write() {
        Map<UUID, List<Use>> tenants = new HashMap<>();
        for (TokenKey key : List.copyOf(unwritten.keySet())) {
            Instant at = unwritten.remove(key);
            if (at != null) {
                tenants.computeIfAbsent(key.tenantId(), tenant -> new ArrayList<>())
                        .add(new Use(key.tokenId(), at));
            }
        }
        try {
            tenants.forEach((tenantId, uses) -> transactions.write(tenantId, () -> tokens.noteUses(tenantId, uses)));
        } catch (DataAccessException | TransactionException e) {
            // Of little worth afterwards: the next use is noted again.
            log.debug("When tokens were last used could not be written down.", e);
        }
    }
}
