package dev.apg.server.audit;

import dev.apg.contract.audit.AuditEntry;
import dev.apg.contract.audit.AuditLine;
import dev.apg.contract.audit.AuditVerification;
import dev.apg.server.audit.AuditRepository.Filter;
import dev.apg.server.audit.ChainReader.Held;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.HeavyWork;
import dev.apg.server.web.Rejection;
import dev.apg.server.web.TenantSlots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;

/** Reads the audit log, verifies its chain, hands it out. */
@Service
class AuditService {
    /** Links of one verification: some 50,000 entries. */
    static final int MOST_SEALS = 50;

    /** Verifications and exports of one tenant and of the node that are under way at the same time. */
    private static final int MOST_OF_TENANT = 2;

    private static final int MOST = 8;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final AuditRepository entries;
    private final ChainReader chain;
    private final AuditNotes notes;
    private final TenantTransactions transactions;
    private final HeavyWork heavyWork;
    private final TenantSlots places = new TenantSlots(MOST_OF_TENANT, MOST);

    AuditService(
            AuditRepository entries,
            ChainReader chain,
            AuditNotes notes,
            TenantTransactions transactions,
            HeavyWork heavyWork) {
        this.entries = entries;
        this.chain = chain;
        this.notes = notes;
        this.transactions = transactions;
        this.heavyWork = heavyWork;
    }

    record Listed(List<AuditEntry> entries, long count) {}

    /** Newest first. */
    Listed list(TenantContext context, Filter filter, Optional<AuditPlace> before, int limit) {
        context.require(Permission.AUDIT_READ);
        UUID tenantId = context.tenantId();
        return transactions.readConsistently(
                tenantId,
                () -> new Listed(entries.list(tenantId, filter, before, limit), entries.count(tenantId, filter)));
    }

    /**
     * Verifies the links after one, at most {@link #MOST_SEALS}.
     *
     * @throws Rejection 404 if there is no such link, 410 {@code audit.removed}, 503 {@code audit.busy}
     */
    AuditVerification verify(TenantContext context, long after) {
        context.require(Permission.AUDIT_READ);
        UUID tenantId = context.tenantId();
        try (TenantSlots.Slot slot = places.take(tenantId).orElseThrow(AuditService::busy)) {
            Optional<Link> from = transactions.readConsistently(tenantId, () -> chain.start(tenantId, after));
            Verification verification = from.map(Verification::after).orElseGet(Verification::fromTheStart);
            transactions
                    .readConsistently(tenantId, () -> chain.untold(tenantId, after))
                    .ifPresent(verification::noteUntold);
            Optional<Link> last = Optional.empty();
            for (int i = 0; i < MOST_SEALS; i++) {
                Optional<ChainReader.Part> part =
                        transactions.readConsistently(tenantId, () -> chain.next(tenantId, verification));
                if (part.isEmpty()) {
                    break;
                }
                heavyWork.run(context, () -> {
                    part.get().verify(verification);
                    return part;
                });
                last = part.map(verified -> verified.seal().link());
            }
            Optional<Link> head = transactions.read(tenantId, () -> chain.end(tenantId));
            AuditPlace sealed = head.map(Link::last).orElse(AuditPlace.START);
            return new AuditVerification(
                    from.map(Link::wire).orElse(null),
                    verification.verified(),
                    verification.entries(),
                    verification.faults(),
                    verification.isTruncated(),
                    last.map(Link::wire).orElse(null),
                    verification.verified() == MOST_SEALS
                            ? last.map(Link::number).orElse(null)
                            : null,
                    transactions.read(tenantId, () -> entries.countAfter(tenantId, sealed)));
        }
    }

    private static Rejection busy() {
        return Rejection.unavailable(
                "audit.busy",
                "The audit log is verified or exported as often as may be already (at most %d of a tenant, %d in all)."
                        .formatted(MOST_OF_TENANT, MOST),
                RETRY_AFTER);
    }

    /**
     * Hands the log out, some megabytes at a time, so that no transaction has to last as long as the slowest reader. What is
     * written meanwhile is not part of it; if what comes next is removed meanwhile, it breaks off.
     *
     * @param after number of the link to go on after; 0 for all
     * @throws Rejection 404 if there is no such link, 410 {@code audit.removed}, 503 {@code audit.busy}
     */
    void export(TenantContext context, long after, Consumer<AuditLine> sink) {
        context.require(Permission.AUDIT_READ);
        UUID tenantId = context.tenantId();
        try (TenantSlots.Slot slot = places.take(tenantId).orElseThrow(AuditService::busy)) {
            Optional<Link> start = transactions.readConsistently(tenantId, () -> chain.start(tenantId, after));
            notes.noteExport(context, "audit.exported", Map.of("after", after));
            start.filter(anchor -> after == 0)
                    .ifPresent(anchor -> sink.accept(new AuditLine(null, null, anchor.wire())));
            send(tenantId, start, sink);
        }
    }

    private void send(UUID tenantId, Optional<Link> start, Consumer<AuditLine> sink) {
        AuditPlace end = transactions.read(tenantId, () -> entries.newest(tenantId));
        long last = transactions
                .read(tenantId, () -> chain.end(tenantId))
                .map(Link::number)
                .orElse(0L);
        Optional<Link> before = start;
        for (Optional<Held> held = held(tenantId, before);
                held.isPresent() && held.get().seal().number() <= last;
                held = held(tenantId, before)) {
            Link link = held.get().seal().link();
            AuditPlace place = send(held.get().entries(), before.map(Link::last).orElse(AuditPlace.START), sink);
            rest(tenantId, place, link.last(), sink);
            sink.accept(new AuditLine(null, link.wire(), null));
            before = Optional.of(link);
        }
        rest(tenantId, before.map(Link::last).orElse(AuditPlace.START), end, sink);
    }

    private Optional<Held> held(UUID tenantId, Optional<Link> before) {
        return transactions.readConsistently(tenantId, () -> chain.held(tenantId, before));
    }

    /** Where the last of them stands; if there is none, where they would have begun. */
    private static AuditPlace send(List<AuditEntry> some, AuditPlace begin, Consumer<AuditLine> sink) {
        some.forEach(entry -> sink.accept(new AuditLine(entry, null, null)));
        return some.isEmpty()
                ? begin
                : new AuditPlace(some.getLast().at(), some.getLast().id());
    }

    private void rest(UUID tenantId, AuditPlace after, AuditPlace upTo, Consumer<AuditLine> sink) {
        AuditPlace place = after;
        List<AuditEntry> some;
        do {
            AuditPlace from = place;
            some = transactions.read(tenantId, () -> entries.between(tenantId, from, upTo, Seal.MOST));
            place = send(some, from, sink);
        } while (!some.isEmpty());
    }
}
