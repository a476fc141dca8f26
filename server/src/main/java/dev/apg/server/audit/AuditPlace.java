package dev.apg.server.audit;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** Where an entry stands in the order of the log: by time, then by id. */
record AuditPlace(Instant at, UUID entry) {
    /** Before every entry, whatever time it claims. */
    static final AuditPlace START = new AuditPlace(OffsetDateTime.MIN.toInstant(), new UUID(0, 0));

    /** As the database takes it, which has a time before all others. */
    OffsetDateTime time() {
        return this == START ? OffsetDateTime.MIN : at.atOffset(ZoneOffset.UTC);
    }
}
