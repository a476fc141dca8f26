package dev.apg.server.event;

import dev.apg.contract.event.EventDocument;
import dev.apg.contract.event.EventPage;
import dev.apg.server.event.EventLog.Extent;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Pages through a tenant's log. */
@Service
class EventReader {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final EventLog log;
    private final TenantTransactions transactions;
    private final ApplicationEventPublisher listeners;

    EventReader(EventLog log, TenantTransactions transactions, ApplicationEventPublisher listeners) {
        this.listeners = listeners;
        this.log = log;
        this.transactions = transactions;
    }

    EventPage read(TenantContext context, Optional<Cursor> after, int limit) {
        return transactions.readConsistently(context.tenantId(), () -> {
            Extent extent = log.extent(context.tenantId());
            after.ifPresent(cursor -> check(cursor, extent));
            context.minimum().ifPresent(minimum -> reached(minimum, extent.end()));
            long seq = after.map(Cursor::seq).orElse(extent.oldest() - 1);
            List<EventDocument> events = veiled(context, log.after(context.tenantId(), seq, limit));
            String next = events.isEmpty()
                    ? new Cursor(extent.end().epoch(), seq).toString()
                    : events.getLast().cursor();
            return new EventPage(
                    events, next, extent.end().toString(), extent.end().seq() - seq);
        });
    }

    /** Each keeps its place, so that the order has no gap, and tells nothing of what the caller may not read. */
    private List<EventDocument> veiled(TenantContext context, List<EventDocument> events) {
        var reading = new EventReading(context, events);
        listeners.publishEvent(reading);
        return events.stream()
                .map(event -> reading.hides(event) ? event.veiled() : event)
                .toList();
    }

    private static void check(Cursor after, Extent extent) {
        if (after.epoch() != extent.end().epoch()) {
            throw Rejection.gone(
                    "cursor.other_epoch",
                    "after: %s is of another epoch than the log, which is at %s: the database was restored; %s"
                            .formatted(after, extent.end(), resync(extent)));
        }
        if (after.seq() > extent.end().seq()) {
            throw Rejection.gone(
                    "cursor.ahead",
                    "after: %s lies beyond the end of the log, %s; %s".formatted(after, extent.end(), resync(extent)));
        }
        if (!extent.continues(after)) {
            throw Rejection.gone(
                    "cursor.too_old",
                    "after: %s is older than the events that are kept, which start at %d.%d; %s"
                            .formatted(after, extent.end().epoch(), extent.oldest(), resync(extent)));
        }
    }

    private static String resync(Extent extent) {
        return "read everything again, then events after %s".formatted(extent.end());
    }

    /** The log is read where it is written: what has not happened yet does not come sooner by waiting. */
    private static void reached(Cursor minimum, Cursor end) {
        if (minimum.epoch() != end.epoch()) {
            throw Rejection.gone(
                    "cursor.other_epoch",
                    "%s: %s is not of the epoch of the log, which is at %s"
                            .formatted(CursorHeader.MIN_SEQ, minimum, end));
        }
        if (minimum.compareTo(end) > 0) {
            throw Rejection.unavailable(
                    "snapshot.behind",
                    "%s: %s was not reached; the log is at %s".formatted(CursorHeader.MIN_SEQ, minimum, end),
                    RETRY);
        }
    }
}
