package dev.apg.server.audit;

import dev.apg.contract.WireJson;
import dev.apg.server.tenancy.PlatformContext;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Removes sealed entries whose time is over, whole links of the chain from its beginning on. The last of them stays behind as
 * the chain's anchor, and an entry says that they were removed, in the same transaction.
 */
@Component
public class AuditRemoval {
    /** The action of the entry that says it. */
    static final String ACTION = "audit.removed";

    /** Links that are removed at once: some thousand entries. */
    public static final int AT_ONCE = 5;

    private static final Logger stream = LoggerFactory.getLogger("dev.apg.audit");

    private final TenantTransactions transactions;
    private final SealRepository seals;
    private final AnchorRepository anchors;
    private final ChainReader chain;
    private final AuditLog log;

    AuditRemoval(
            TenantTransactions transactions,
            SealRepository seals,
            AnchorRepository anchors,
            ChainReader chain,
            AuditLog log) {
        this.transactions = transactions;
        this.seals = seals;
        this.anchors = anchors;
        this.chain = chain;
        this.log = log;
    }

    /**
     * Removes the oldest links, if all that they hold was written before a moment; another node that is at it keeps this one
     * from doing anything.
     *
     * @return how many links, at most {@link #AT_ONCE}
     * @throws IllegalStateException if they do not fit: what was tampered with stays
     */
    public int removeOlder(UUID tenantId, Instant moment) {
        List<Seal> removed = transactions.write(tenantId, () -> remove(tenantId, moment));
        if (!removed.isEmpty()) {
            Link anchor = removed.getLast().link();
            stream.atInfo()
                    .addKeyValue("tenant", tenantId)
                    .addKeyValue("seal", anchor.number())
                    .addKeyValue("hash", anchor.hash())
                    .log("Audit: what was sealed up to seal {} was removed; its time was over.", anchor.number());
        }
        return removed.size();
    }

    private List<Seal> remove(UUID tenantId, Instant moment) {
        // Whoever seals looks at the end of the chain, which this may be.
        if (!seals.tryLock(tenantId)) {
            return List.of();
        }
        List<Seal> old = old(tenantId, moment);
        if (old.isEmpty()) {
            return old;
        }
        Link anchor = old.getLast().link();
        int entries = old.stream().mapToInt(seal -> seal.entries().size()).sum();
        TenantContext context = new PlatformContext("audit-retention", Optional.empty()).of(tenantId);
        log.append(
                tenantId,
                List.of(new AuditLog.Entry(
                        context,
                        ACTION,
                        "tenant",
                        tenantId.toString(),
                        Optional.empty(),
                        Optional.of(WireJson.MAPPER.writeValueAsString(Map.of(
                                "seal", anchor.number(),
                                "hash", anchor.hash().toString(),
                                "entries", entries,
                                "last_at", anchor.last().at(),
                                "before", moment))))));
        int removed = anchors.remove(tenantId, old);
        if (removed != entries) {
            throw new IllegalStateException(
                    "%d of %d audit entries could be removed (expected: all)".formatted(removed, entries));
        }
        return old;
    }

    /** Verified, because what was changed is not to be forgotten. */
    private List<Seal> old(UUID tenantId, Instant moment) {
        Verification verification =
                anchors.find(tenantId).map(Verification::after).orElseGet(Verification::fromTheStart);
        List<Seal> old = new ArrayList<>();
        while (old.size() < AT_ONCE) {
            Optional<ChainReader.Part> next = chain.next(tenantId, verification)
                    .filter(part -> part.seal().last().at().isBefore(moment));
            if (next.isEmpty()) {
                break;
            }
            next.get().verify(verification);
            if (!verification.faults().isEmpty()) {
                throw new IllegalStateException("the audit log was tampered with: "
                        + verification.faults().getFirst().sentence());
            }
            old.add(next.get().seal());
        }
        return List.copyOf(old);
    }
}
