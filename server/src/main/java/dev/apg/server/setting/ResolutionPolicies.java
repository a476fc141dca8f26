package dev.apg.server.setting;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.apg.contract.composition.Policy;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** What a resolution may take and prefers where a composition does not say it itself. */
@Component
public class ResolutionPolicies {
    private final TenantTransactions transactions;
    private final SettingRepository repository;
    private final Cache<UUID, Known> known =
            Caffeine.newBuilder().maximumSize(10_000).build();

    /** Counted before anything is forgotten. */
    private final AtomicLong forgotten = new AtomicLong();

    ResolutionPolicies(TenantTransactions transactions, SettingRepository repository) {
        this.transactions = transactions;
        this.repository = repository;
    }

    /** @param since what the snapshot said that whoever read it had */
    private record Known(Cursor since, Policy policy) {}

    /** The tenant's; in a transaction of its own. */
    public Policy byDefault(TenantContext context) {
        return transactions
                .read(context.tenantId(), () -> repository.find(context.tenantId()))
                .resolutionPolicy()
                .orElse(Policy.DEFAULT);
    }

    /**
     * The same at least as new as a snapshot, without asking the database again for what holds still.
     *
     * @param since the snapshot's: of another one nothing is known
     */
    public Policy byDefault(TenantContext context, Cursor since) {
        UUID tenantId = context.tenantId();
        Known before = known.getIfPresent(tenantId);
        if (before != null && before.since().equals(since)) {
            return before.policy();
        }
        long forgets = forgotten.get();
        Policy policy = byDefault(context);
        known.put(tenantId, new Known(since, policy));
        if (forgotten.get() != forgets) {
            // What was read may be from before this node's own change, and was put after it.
            known.invalidate(tenantId);
        }
        return policy;
    }

    /** After a change of this node, which its snapshot does not have yet. */
    void forget(UUID tenantId) {
        forgotten.incrementAndGet();
        known.invalidate(tenantId);
    }
}
