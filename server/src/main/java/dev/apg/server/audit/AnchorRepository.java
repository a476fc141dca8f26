package dev.apg.server.audit;

import dev.apg.contract.canonical.Digest;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code audit_anchor}, and what may be removed of {@code audit_seal} and {@code audit_entry}. */
@Repository
class AnchorRepository {
    private final JdbcClient jdbc;

    AnchorRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The last link that was removed, after which the chain goes on. */
    Optional<Link> find(UUID tenantId) {
        return jdbc.sql("""
                SELECT number, previous, hash, sealed_at, entries, last_at, last_entry FROM audit_anchor WHERE tenant_id = ?
                """)
                .param(tenantId)
                .query((row, index) -> new Link(
                        row.getLong("number"),
                        Digest.ofBytes(row.getBytes("previous")),
                        Digest.ofBytes(row.getBytes("hash")),
                        row.getObject("sealed_at", OffsetDateTime.class).toInstant(),
                        row.getInt("entries"),
                        new AuditPlace(
                                row.getObject("last_at", OffsetDateTime.class).toInstant(),
                                row.getObject("last_entry", UUID.class))))
                .optional();
    }

    /**
     * Removes the links up to this one and what they hold; whatever else the transaction does must be done before, as it goes on
     * as the one role that may do this.
     *
     * @param seals all links that there are up to this one
     * @return how many entries were removed
     */
    int remove(UUID tenantId, List<Seal> seals) {
        Link anchor = seals.getLast().link();
        jdbc.sql("SET LOCAL ROLE apg_retention").update();
        int removed = jdbc.sql("DELETE FROM audit_entry WHERE tenant_id = ? AND entry_id = ANY (?)")
                .params(
                        tenantId,
                        seals.stream().flatMap(seal -> seal.entries().stream()).toArray(UUID[]::new))
                .update();
        jdbc.sql("DELETE FROM audit_seal WHERE tenant_id = ? AND number <= ?")
                .params(tenantId, anchor.number())
                .update();
        jdbc.sql("""
                INSERT INTO audit_anchor (tenant_id, number, previous, hash, sealed_at, entries, last_at, last_entry)
                VALUES (:tenant, :number, :previous, :hash, :sealed, :entries, :at, :entry)
                ON CONFLICT (tenant_id) DO UPDATE SET number = :number, previous = :previous, hash = :hash, sealed_at = :sealed,
                  entries = :entries, last_at = :at, last_entry = :entry
                """)
                .param("tenant", tenantId)
                .param("number", anchor.number())
                .param("previous", anchor.previous().bytes())
                .param("hash", anchor.hash().bytes())
                .param("sealed", anchor.sealedAt().atOffset(ZoneOffset.UTC))
                .param("entries", anchor.entries())
                .param("at", anchor.last().at().atOffset(ZoneOffset.UTC))
                .param("entry", anchor.last().entry())
                .update();
        return removed;
    }
}
