package dev.apg.server.event;

import dev.apg.contract.WireJson;
import dev.apg.server.audit.AuditLog;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Caller;
import dev.apg.server.web.Rejection;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final TenantTransactions transactions;
    private final EventRepository events;
    private final EventLog log;
    private final AuditLog audit;
    private final ApplicationEventPublisher publisher;

    Writes(
            TenantTransactions transactions,
            EventRepository events,
            EventLog log,
            AuditLog audit,
            ApplicationEventPublisher publisher) {
        this.transactions = transactions;
        this.events = events;
        this.log = log;
        this.audit = audit;
        this.publisher = publisher;
    }

    /**
     * Runs the work and commits it with what it recorded in the journal. The work may run again after a deadlock or a
     * serialisation failure, so it must not change anything outside the database.
     *
     * <p>Between when somebody was let in and the commit, what they may do may have become another. No commit that makes it so comes
     * in between any more once the tenant's counter is taken: then they are judged anew if there was one.
     *
     * @throws Rejection 401 if they may not come in any more; 409 {@code access.changed}, if they may do other things than before
     */
    public <T> Written<T> write(TenantContext context, Function<Journal, T> work) {
        return repeat(context, work, false);
    }

    /** The same for work whose statements take long, because they write a whole catalogue. */
    public <T> Written<T> writeLong(TenantContext context, Function<Journal, T> work) {
        return repeat(context, work, true);
    }

    /**
     * Runs what leaves no event, because it only gets something ready that a write with one makes good: in the name of somebody who
     * may do the same as before, too.
     */
    public <T> T prepare(TenantContext context, Supplier<T> work) {
        return transactions.write(context.tenantId(), () -> {
            T value = work.get();
            if (context.judgement().isBefore(events.holdAccess(context.tenantId()))) {
                requireUnchanged(context);
            }
            return value;
        });
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
        long judged = 0;
        for (int attempt = 1; ; attempt++) {
            try {
                return once(context, work, takesLong, judged);
            } catch (OutdatedException outdated) {
                if (attempt == ATTEMPTS) {
                    throw Rejection.unavailable(
                            "access.changing",
                            "What people of the tenant may do was changed time and again; nothing was written.",
                            RETRY_AFTER);
                }
                judged = judgeAnew(context.tenantId(), outdated.callers);
            } catch (PessimisticLockingFailureException failure) {
                if (attempt == ATTEMPTS) {
                    throw failure;
                }
                pause(attempt, failure);
            }
        }
    }

    /** Without what the write itself would have changed. */
    private long judgeAnew(UUID tenantId, Set<TenantContext> callers) {
        return transactions.read(tenantId, () -> {
            // Before they are: what is changed in between is found out again.
            long judged = log.accessSeq(tenantId);
            callers.forEach(Writes::requireUnchanged);
            return judged;
        });
    }

    private static void requireUnchanged(TenantContext caller) {
        Caller.requireUnchanged(caller.actor(), caller.judgement().anew().get());
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

    private <T> Written<T> once(TenantContext context, Function<Journal, T> work, boolean takesLong, long judged) {
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
            if (taken.accessSeq() > judged) {
                requireUnchanged(changes, taken.accessSeq());
            }
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
        if (changesAccess(journal.changes())) {
            // This node does not wait for its feed: the answer says that it is done.
            publisher.publishEvent(new AccessTaken(context.tenantId()));
        }
        return written;
    }

    /** Whatever changed anybody's access before this write is committed, and nothing more will until this write is. */
    private static void requireUnchanged(List<Journal.Change> changes, long accessSeq) {
        Set<TenantContext> callers = Collections.newSetFromMap(new IdentityHashMap<>());
        changes.stream()
                .map(Journal.Change::by)
                .filter(caller -> caller.judgement().isBefore(accessSeq))
                .forEach(callers::add);
        if (!callers.isEmpty() && changesAccess(changes)) {
            throw new OutdatedException(callers);
        }
        callers.forEach(Writes::requireUnchanged);
    }

    private static boolean changesAccess(List<Journal.Change> changes) {
        return changes.stream().anyMatch(change -> change.mutation().changesAccess());
    }

    /** Of callers who cannot be judged where they are found outdated: their own write may be what keeps them out. */
    private static final class OutdatedException extends RuntimeException {
        private final transient Set<TenantContext> callers;

        OutdatedException(Set<TenantContext> callers) {
            super("judged before somebody's access was changed", null, false, false);
            this.callers = callers;
        }
    }
}
