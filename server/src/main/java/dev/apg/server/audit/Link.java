package dev.apg.server.audit;

import dev.apg.contract.audit.AuditSeal;
import dev.apg.contract.canonical.Digest;
import java.time.Instant;

/**
 * A link of the chain without what it holds, which may have been removed.
 *
 * @param entries how many it holds, or held
 * @param last where the last of them stands, or stood
 */
record Link(long number, Digest previous, Digest hash, Instant sealedAt, int entries, AuditPlace last) {
    AuditSeal wire() {
        return new AuditSeal(number, previous.toString(), hash.toString(), sealedAt, entries);
    }
}
