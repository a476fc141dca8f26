package dev.apg.server.event;

import dev.apg.contract.WireJson;
import dev.apg.server.audit.AuditLog;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * The one door through which every change goes: rows, audit entries and events in one READ COMMITTED transaction, the
 * tenant's counter taken by its last statement, so that writers of one tenant wait for each other as briefly as possible.
 */
@Component
public class Writes {
    private static final int ATTEMPTS = 10;

    /** Before the second attempt at most this; it doubles up to a tenth of a second, so that writers get out of step. */
    private static final int FIRST_PAUSE_MILLIS = 2;

    private static final int LONGEST_PAUSE_MILLIS = 100;

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
        return repeat(context, work, false);
    }

    /** The same for work whose statements take long, because they write a whole catalogue. */
    public <T> Written<T> writeLong(TenantContext context, Function<Journal, T> work) {
        return repeat(context, work, true);
    }

    /**
     * For whoever only wants to know; inside the caller's tenant transaction.
     *
     * @throws Rejection 403 {@code quota.exceeded}, as a write of so much would be refused now
     */
    public void requireRoom(TenantContext context, Growth growth) {
        events.supposed(context.tenantId(), growth).requireAllowed(growth, false);
    }

    private <T> Written<T> repeat(TenantContext context, Function<Journal, T> work, boolean takesLong) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(context, work, takesLong);
            } catch (PessimisticLockingFailureException failure) {
                if (attempt == ATTEMPTS) {
                    throw failure;
                }
                pause(attempt, failure);
            }
        }
    }

    private static void pause(int attempt, PessimisticLockingFailureException failure) {
        int longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << attempt);
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(longest));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    private <T> Written<T> once(TenantContext context, Function<Journal, T> work, boolean takesLong) {
        var journal = new Journal(context);
        Supplier<Written<T>> recorded = () -> {
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
            Taken taken = events.append(context.tenantId(), changes, journal.growth());
            taken.requireThere();
            if (!context.actor().role().equals(Role.PLATFORM)) {
                taken.requireAllowed(
                        journal.growth(),
                        changes.stream().allMatch(change -> change.mutation().onlyTakesAccess()));
            }
            Cursor cursor = taken.cursor();
            return new Written<>(value, cursor);
        };
        Written<T> written = takesLong
                ? transactions.writeLong(context.tenantId(), recorded)
                : transactions.write(context.tenantId(), recorded);
        if (!journal.changes().isEmpty()) {
            publisher.publishEvent(new CursorAdvanced(context.tenantId(), written.cursor()));
        }
        if (journal.changes().stream().anyMatch(change -> change.mutation().changesAccess())) {
            // This node does not wait for its feed: the answer says that it is done.
            publisher.publishEvent(new AccessTaken(context.tenantId()));
        }
        return written;
    }
}
