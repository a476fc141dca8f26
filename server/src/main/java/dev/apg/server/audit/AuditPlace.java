package dev.apg.server.audit;

import java.time.Instant;
import java.util.UUID;

/** Where an entry stands in the order of the log: by time, then by id. */
record AuditPlace(Instant at, UUID entry) {
    /** Before every entry. */
    static final AuditPlace START = new AuditPlace(Instant.EPOCH, new UUID(0, 0));
}
