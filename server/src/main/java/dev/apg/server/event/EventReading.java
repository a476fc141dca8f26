package dev.apg.server.event;

import dev.apg.contract.event.EventDocument;
import dev.apg.server.tenancy.TenantContext;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Told inside the transaction that reads a page of the log, before anybody sees it: whoever keeps what not everybody may read
 * listens, and says what of it the reader may not.
 */
public final class EventReading {
    private final TenantContext reader;
    private final List<EventDocument> events;
    private final Set<UUID> hidden = new HashSet<>();

    EventReading(TenantContext reader, List<EventDocument> events) {
        this.reader = reader;
        this.events = List.copyOf(events);
    }

    public TenantContext reader() {
        return reader;
    }

    public List<EventDocument> events() {
        return events;
    }

    /** Says that the reader may not read these. */
    public void hide(Collection<UUID> subjects) {
        hidden.addAll(subjects);
    }

    boolean hides(EventDocument event) {
        return hidden.contains(event.subjectId());
    }
}
