package dev.apg.server.audit;

import dev.apg.contract.audit.AuditEntry;
import dev.apg.contract.audit.AuditLine;
import dev.apg.contract.audit.AuditVerification;
import dev.apg.server.audit.AuditRepository.Filter;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Rejection;
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

    private final AuditRepository entries;
    private final SealRepository seals;
    private final AuditNotes notes;
    private final TenantTransactions transactions;

    AuditService(AuditRepository entries, SealRepository seals, AuditNotes notes, TenantTransactions transactions) {
        this.entries = entries;
        this.seals = seals;
        this.notes = notes;
        this.transactions = transactions;
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
     * @throws Rejection 404 if there is no such link
     */
    AuditVerification verify(TenantContext context, long after) {
        context.require(Permission.AUDIT_READ);
        UUID tenantId = context.tenantId();
        return transactions.readConsistently(tenantId, () -> {
            Optional<Seal> from = after == 0 ? Optional.empty() : Optional.of(seal(tenantId, after));
            Verification verification = from.map(Verification::after).orElseGet(Verification::fromTheStart);
            List<Seal> links = seals.after(tenantId, after, MOST_SEALS);
            for (Seal seal : links) {
                int most = seal.entries().size() + MOST_INSERTED;
                verification.verify(seal, entries.between(tenantId, verification.place(), seal.last(), most));
            }
            boolean more = links.size() == MOST_SEALS;
            AuditPlace sealed = seals.last(tenantId).map(Seal::last).orElse(AuditPlace.START);
            return new AuditVerification(
                    from.map(Seal::wire).orElse(null),
                    verification.verified(),
                    verification.entries(),
                    verification.faults(),
                    verification.isTruncated(),
                    links.isEmpty() ? null : links.getLast().wire(),
                    more ? links.getLast().number() : null,
                    entries.countAfter(tenantId, sealed));
        });
    }

    private Seal seal(UUID tenantId, long number) {
        return seals.byNumber(tenantId, number).orElseThrow(() -> Rejection.notFound("seal", Long.toString(number)));
    }

    /**
     * Hands out the whole log, a thousand entries at a time: nothing that was written changes, so no transaction has to last
     * as long as the slowest reader. What is written meanwhile is not part of it.
     */
    void export(TenantContext context, Consumer<AuditLine> sink) {
        context.require(Permission.AUDIT_READ);
        notes.noteExport(context, "audit.exported", Map.of());
        UUID tenantId = context.tenantId();
        AuditPlace end = transactions.read(tenantId, () -> entries.newest(tenantId));
        AuditPlace place = AuditPlace.START;
        for (long number = 1; ; number++) {
            long next = number;
            Optional<Seal> seal = transactions.read(tenantId, () -> seals.byNumber(tenantId, next));
            if (seal.isEmpty()) {
                break;
            }
            send(tenantId, place, seal.get().last(), sink);
            sink.accept(new AuditLine(null, seal.get().wire()));
            place = seal.get().last();
        }
        send(tenantId, place, end, sink);
    }

    private void send(UUID tenantId, AuditPlace after, AuditPlace upTo, Consumer<AuditLine> sink) {
        AuditPlace place = after;
        List<AuditEntry> some;
        do {
            AuditPlace from = place;
            some = transactions.read(tenantId, () -> entries.between(tenantId, from, upTo, Seal.MOST));
            some.forEach(entry -> sink.accept(new AuditLine(entry, null)));
            if (!some.isEmpty()) {
                place = new AuditPlace(some.getLast().at(), some.getLast().id());
            }
        } while (some.size() == Seal.MOST);
    }
}
