package dev.apg.server.idempotency;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Bounds what is kept of a tenant: the newest keys, and the newest answers. How much there is, is asked for when this node has added
 * so much that it may matter, because asking costs as much as there is.
 */
@Component
class KeptVolume {
    private static final Logger log = LoggerFactory.getLogger(KeptVolume.class);

    static final int MOST_KEYS = 100_000;
    static final long MOST_BYTES = 64L << 20;

    /** What a node adds before it looks again: a thousand keys, or fewer with large answers. */
    private static final long UNSEEN = 8L << 20;

    private static final long OF_A_KEY = UNSEEN / 1_000;

    /** Beyond it those are forgotten that were not added to for longest. */
    private static final int MOST_TENANTS = 10_000;

    private final IdempotencyKeys keys;

    /** A node that has just started does not know what others have added, and looks at once. */
    private final LoadingCache<UUID, AtomicLong> added =
            Caffeine.newBuilder().maximumSize(MOST_TENANTS).build(tenant -> new AtomicLong(UNSEEN));

    KeptVolume(IdempotencyKeys keys) {
        this.keys = keys;
    }

    /** A key was kept, with so many bytes of an answer. */
    void add(UUID tenantId, int bytes) {
        AtomicLong unseen = added.get(tenantId);
        if (unseen.addAndGet(OF_A_KEY + bytes) < UNSEEN || unseen.getAndSet(0) < UNSEEN) {
            return;
        }
        try {
            keys.bound(tenantId, MOST_KEYS, MOST_BYTES);
        } catch (DataAccessException | TransactionException away) {
            // The answer was kept, and that is all that whoever waits for it wants to know.
            unseen.addAndGet(UNSEEN);
            log.debug("What is kept of a tenant could not be bounded. tenant={}", tenantId, away);
        }
    }
}
