package dev.apg.server.audit;

import dev.apg.contract.audit.AuditEntry;
import dev.apg.contract.audit.AuditLine;
import dev.apg.contract.audit.AuditVerification;
import dev.apg.server.audit.AuditRepository.Filter;
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

    /** Of entries that do not belong there, one more than can be told. */
    private static final int MOST_INSERTED = 101;

    /** Verifications and exports of one tenant and of the node that are under way at the same time. */
    private static final int MOST_OF_TENANT = 2;

    private static final int MOST = 8;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final AuditRepository entries;
    private final SealRepository seals;
    private final AuditNotes notes;
    private final TenantTransactions transactions;
    private final HeavyWork heavyWork;
    private final TenantSlots places = new TenantSlots(MOST_OF_TENANT, MOST);

    AuditService(
            AuditRepository entries,
            SealRepository seals,
            AuditNotes notes,
            TenantTransactions transactions,
            HeavyWork heavyWork) {
        this.entries = entries;
        this.seals = seals;
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
     * @throws Rejection 404 if there is no such link, 503 {@code audit.busy}
     */
    AuditVerification verify(TenantContext context, long after) {
        context.require(Permission.AUDIT_READ);
        UUID tenantId = context.tenantId();
        try (TenantSlots.Slot slot = places.take(tenantId).orElseThrow(AuditService::busy)) {
            Optional<Seal> from = after == 0
                    ? Optional.empty()
                    : Optional.of(transactions.read(tenantId, () -> seal(tenantId, after)));
            Verification verification = from.map(Verification::after).orElseGet(Verification::fromTheStart);
            Optional<Seal> last = Optional.empty();
            for (int i = 0; i < MOST_SEALS; i++) {
                Optional<Seal> next = next(tenantId, last.or(() -> from));
                if (next.isEmpty()) {
                    break;
                }
                verify(context, verification, next.get());
                last = next;
            }
            Optional<Seal> head = transactions.read(tenantId, () -> seals.last(tenantId));
            AuditPlace sealed = head.map(Seal::last).orElse(AuditPlace.START);
            return new AuditVerification(
                    from.map(Seal::wire).orElse(null),
                    verification.verified(),
                    verification.entries(),
                    verification.faults(),
                    verification.isTruncated(),
                    last.map(Seal::wire).orElse(null),
                    verification.verified() == MOST_SEALS
                            ? last.map(Seal::number).orElse(null)
                            : null,
                    transactions.read(tenantId, () -> entries.countAfter(tenantId, sealed)));
        }
    }

    /** The link after one, whatever its number; the first if there is none before. */
    private Optional<Seal> next(UUID tenantId, Optional<Seal> before) {
        long number = before.map(Seal::number).orElse(0L);
        return transactions.read(tenantId, () -> seals.after(tenantId, number, 1)).stream()
                .findFirst();
    }

    /** What was written does not change, so no transaction has to last as long as the verification. */
    private void verify(TenantContext context, Verification verification, Seal seal) {
        UUID tenantId = context.tenantId();
        List<AuditEntry> found = transactions.read(tenantId, () -> entries.byIds(tenantId, seal.entries()));
        List<AuditPlace> others = transactions.read(
                tenantId,
                () -> entries.others(tenantId, verification.place(), seal.last(), seal.entries(), MOST_INSERTED));
        heavyWork.run(context, () -> {
            verification.verify(seal, found, others);
            return seal;
        });
    }

    private static Rejection busy() {
        return Rejection.unavailable(
                "audit.busy",
                "The audit log is verified or exported as often as may be already (at most %d of a tenant, %d in all)."
                        .formatted(MOST_OF_TENANT, MOST),
                RETRY_AFTER);
    }

    private Seal seal(UUID tenantId, long number) {
        return seals.byNumber(tenantId, number).orElseThrow(() -> Rejection.notFound("seal", Long.toString(number)));
    }

    /**
     * Hands the log out, some megabytes at a time: nothing that was written changes, so no transaction has to last as long as
     * the slowest reader. What is written meanwhile is not part of it.
     *
     * @param after number of the link to go on after; 0 for all
     * @throws Rejection 404 if there is no such link, 503 {@code audit.busy}
     */
    void export(TenantContext context, long after, Consumer<AuditLine> sink) {
        context.require(Permission.AUDIT_READ);
        UUID tenantId = context.tenantId();
        try (TenantSlots.Slot slot = places.take(tenantId).orElseThrow(AuditService::busy)) {
            Optional<Seal> before = after == 0
                    ? Optional.empty()
                    : Optional.of(transactions.read(tenantId, () -> seal(tenantId, after)));
            notes.noteExport(context, "audit.exported", Map.of("after", after));
            AuditPlace end = transactions.read(tenantId, () -> entries.newest(tenantId));
            long last = transactions
                    .read(tenantId, () -> seals.last(tenantId))
                    .map(Seal::number)
                    .orElse(0L);
            for (Optional<Seal> seal = next(tenantId, before);
                    seal.isPresent() && seal.get().number() <= last;
                    seal = next(tenantId, before)) {
                send(tenantId, before, seal.get().last(), sink);
                sink.accept(new AuditLine(null, seal.get().wire()));
                before = seal;
            }
            send(tenantId, before, end, sink);
        }
    }

    private void send(UUID tenantId, Optional<Seal> after, AuditPlace upTo, Consumer<AuditLine> sink) {
        AuditPlace place = after.map(Seal::last).orElse(AuditPlace.START);
        List<AuditEntry> some;
        do {
            AuditPlace from = place;
            some = transactions.read(tenantId, () -> entries.between(tenantId, from, upTo, Seal.MOST));
            some.forEach(entry -> sink.accept(new AuditLine(entry, null)));
            if (!some.isEmpty()) {
                place = new AuditPlace(some.getLast().at(), some.getLast().id());
            }
        } while (!some.isEmpty());
    }
}
