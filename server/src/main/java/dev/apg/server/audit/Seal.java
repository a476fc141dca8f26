package dev.apg.server.audit;

import dev.apg.contract.audit.AuditChain;
import dev.apg.contract.audit.AuditEntry;
import dev.apg.contract.canonical.Digest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A link of the chain with what it holds.
 *
 * @param entries ids of the entries, in the order of the log
 * @param digests of each of them
 * @param last where the last of them stands
 */
record Seal(
        long number,
        Digest previous,
        Digest hash,
        Instant sealedAt,
        List<UUID> entries,
        List<Digest> digests,
        AuditPlace last) {
    /** Entries of one link. */
    static final int MOST = 1_000;

    Seal {
        entries = List.copyOf(entries);
        digests = List.copyOf(digests);
    }

    /** The link that follows a place of the chain. */
    static Seal after(long number, Digest previous, Instant sealedAt, List<AuditEntry> entries) {
        List<Digest> digests = entries.stream().map(AuditChain::digest).toList();
        AuditEntry last = entries.getLast();
        return new Seal(
                number,
                previous,
                AuditChain.hash(number, previous, sealedAt, digests),
                sealedAt,
                entries.stream().map(AuditEntry::id).toList(),
                digests,
                new AuditPlace(last.at(), last.id()));
    }

    Link link() {
        return new Link(number, previous, hash, sealedAt, entries.size(), last);
    }
}
