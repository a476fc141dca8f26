package dev.apg.server.event;

import dev.apg.contract.WireJson;
import dev.apg.server.audit.AuditLog;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import java.util.List;
import java.util.function.Function;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * The one door through which every change goes: rows, audit entries and events in one READ COMMITTED transaction, the
 * tenant's counter taken by its last statement, so that writers of one tenant wait for each other as briefly as possible.
 */
@Component
public class Writes {
    private static final int ATTEMPTS = 4;

    private final TenantTransactions transactions;
    private final EventRepository events;
    private final AuditLog audit;
    private final ApplicationEventPublisher publisher;

    Writes(
            TenantTransactions transactions,
            EventRepository events,
            AuditLog audit,
            ApplicationEventPublisher publisher) {
        this.transactions = transactions;
        this.events = events;
        this.audit = audit;
        this.publisher = publisher;
    }

    /**
     * Runs the work and commits it with what it recorded in the journal. The work may run again after a deadlock or a
     * serialisation failure, so it must not change anything outside the database.
     */
    public <T> Written<T> write(TenantContext context, Function<Journal, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(context, work);
            } catch (PessimisticLockingFailureException failure) {
                if (attempt == ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    private <T> Written<T> once(TenantContext context, Function<Journal, T> work) {
        var journal = new Journal(context);
        Written<T> written = transactions.write(context.tenantId(), () -> {
            T value = work.apply(journal);
            List<Journal.Change> changes = journal.changes();
            if (changes.isEmpty()) {
                return new Written<>(value, events.end(context.tenantId()));
            }
            audit.append(
                    context.tenantId(),
                    changes.stream()
                            .map(change -> new AuditLog.Entry(
                                    change.by(),
                                    change.mutation().type(),
                                    change.mutation().subjectKind(),
                                    change.mutation().subjectCode(),
                                    change.mutation().before().map(WireJson.MAPPER::writeValueAsString),
                                    change.mutation().after().map(WireJson.MAPPER::writeValueAsString)))
                            .toList());
            Cursor cursor = events.append(context.tenantId(), changes);
            return new Written<>(value, cursor);
        });
        if (!journal.changes().isEmpty()) {
            publisher.publishEvent(new CursorAdvanced(context.tenantId(), written.cursor()));
        }
        return written;
    }
}
