package dev.apg.server.audit;

import dev.apg.contract.canonical.Digest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The append-only table {@code audit_seal}. */
@Repository
class SealRepository {
    private static final int DIGEST_BYTES = 32;

    private final JdbcClient jdbc;

    SealRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What the database knows of time and of transactions.
     *
     * @param now by its clock
     * @param oldest the oldest transaction that is still under way
     * @param next the transaction that will begin next
     */
    record Moment(Instant now, long oldest, long next) {}

    Moment moment() {
        return jdbc.sql("""
                SELECT clock_timestamp(), pg_snapshot_xmin(current), pg_snapshot_xmax(current)
                FROM pg_current_snapshot() AS current
                """)
                .query((row, number) -> new Moment(
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        Long.parseUnsignedLong(row.getString(2)),
                        Long.parseUnsignedLong(row.getString(3))))
                .single();
    }

    /** Whether this transaction alone may extend the tenant's chain; until it ends. */
    boolean tryLock(UUID tenantId) {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtextextended('audit_seal ' || ?, 0))")
                .param(tenantId.toString())
                .query(Boolean.class)
                .single();
    }

    Optional<Seal> last(UUID tenantId) {
        return select(tenantId, "TRUE", 0, "number DESC", 1).stream().findFirst();
    }

    /** Whether a link ends where its last entry stands, so that the next one may begin there. */
    boolean endsWhereItSays(UUID tenantId, Seal seal) {
        return seal.last().entry().equals(seal.entries().getLast())
                && jdbc.sql("SELECT EXISTS (SELECT FROM audit_entry WHERE tenant_id = ? AND entry_id = ? AND at = ?)")
                        .params(tenantId, seal.last().entry(), seal.last().time())
                        .query(Boolean.class)
                        .single();
    }

    Optional<Seal> byNumber(UUID tenantId, long number) {
        return select(tenantId, "number = :number", number, "number", 1).stream()
                .findFirst();
    }

    List<Seal> after(UUID tenantId, long number, int limit) {
        return select(tenantId, "number > :number", number, "number", limit);
    }

    private List<Seal> select(UUID tenantId, String condition, long number, String order, int limit) {
        return jdbc.sql("""
                SELECT number, previous, hash, sealed_at, entries, digests, last_at, last_entry FROM audit_seal
                WHERE tenant_id = :tenant AND %s ORDER BY %s LIMIT :limit
                """.formatted(condition, order))
                .param("tenant", tenantId)
                .param("number", number)
                .param("limit", limit)
                .query((row, index) -> seal(row))
                .list();
    }

    void insert(UUID tenantId, Seal seal) {
        byte[] digests = new byte[DIGEST_BYTES * seal.digests().size()];
        for (int i = 0; i < seal.digests().size(); i++) {
            System.arraycopy(seal.digests().get(i).bytes(), 0, digests, DIGEST_BYTES * i, DIGEST_BYTES);
        }
        jdbc.sql("""
                INSERT INTO audit_seal
                  (tenant_id, number, previous, hash, sealed_at, entries, digests, last_at, last_entry)
                VALUES (:tenant, :number, :previous, :hash, :sealed, :entries, :digests, :at, :entry)
                """)
                .param("tenant", tenantId)
                .param("number", seal.number())
                .param("previous", seal.previous().bytes())
                .param("hash", seal.hash().bytes())
                .param("sealed", seal.sealedAt().atOffset(ZoneOffset.UTC))
                .param("entries", seal.entries().toArray(UUID[]::new))
                .param("digests", digests)
                .param("at", seal.last().at().atOffset(ZoneOffset.UTC))
                .param("entry", seal.last().entry())
                .update();
    }

    private static Seal seal(ResultSet row) throws SQLException {
        byte[] digests = row.getBytes("digests");
        List<Digest> each = new ArrayList<>();
        for (int at = 0; at < digests.length; at += DIGEST_BYTES) {
            each.add(Digest.ofBytes(Arrays.copyOfRange(digests, at, at + DIGEST_BYTES)));
        }
        return new Seal(
                row.getLong("number"),
                Digest.ofBytes(row.getBytes("previous")),
                Digest.ofBytes(row.getBytes("hash")),
                row.getObject("sealed_at", OffsetDateTime.class).toInstant(),
                List.of((UUID[]) row.getArray("entries").getArray()),
                each,
                new AuditPlace(
                        row.getObject("last_at", OffsetDateTime.class).toInstant(),
                        row.getObject("last_entry", UUID.class)));
    }
}
