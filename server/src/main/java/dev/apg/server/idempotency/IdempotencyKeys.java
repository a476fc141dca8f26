package dev.apg.server.idempotency;

import dev.apg.contract.WireJson;
import dev.apg.server.capability.VersionPurge;
import dev.apg.server.event.EventLog;
import dev.apg.server.tenancy.TenantTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** The table {@code idempotency_key}; every method is a transaction of its own, but for what is part of a purge. */
@Repository
class IdempotencyKeys {
    /**
     * How long a request has its key before another one may ask what became of it. Only an import can take longer, and
     * an import that is carried out twice changes nothing the second time.
     */
    static final Duration LEASE = Duration.ofMinutes(5);

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final TenantTransactions transactions;
    private final EventLog events;
    private final JdbcClient jdbc;

    IdempotencyKeys(TenantTransactions transactions, EventLog events, JdbcClient jdbc) {
        this.transactions = transactions;
        this.events = events;
        this.jdbc = jdbc;
    }

    /** @param outdated whether what somebody of the tenant may do has changed since then */
    private record Row(
            boolean leased, String requestId, long claimedAt, Optional<KeptAnswer> answer, boolean outdated) {}

    /** Asks for a key in the name of a request; of several that ask at once, one gets it. */
    Claim claim(OwnKey own, String requestId) {
        UUID tenantId = own.tenantId();
        String key = own.kept();
        return transactions.write(tenantId, () -> {
            if (insert(tenantId, key, requestId)) {
                return new Claim.Granted();
            }
            Optional<Row> row = lock(tenantId, key);
            if (row.isEmpty() && insert(tenantId, key, requestId)) {
                // The key was given back, or forgotten, in between.
                return new Claim.Granted();
            }
            return row.map(present -> claim(tenantId, key, requestId, present)).orElseGet(Claim.UnderWay::new);
        });
    }

    private Claim claim(UUID tenantId, String key, String requestId, Row row) {
        if (row.answer().isPresent()) {
            return new Claim.Answered(
                    row.outdated()
                            ? row.answer().get().withoutBody()
                            : row.answer().get());
        }
        if (row.leased()) {
            return new Claim.UnderWay();
        }
        // A request whose answer is unknown has left events if it was carried out, and none if it was not.
        if (events.holds(tenantId, row.claimedAt(), row.requestId())) {
            return new Claim.AnswerLost(row.requestId());
        }
        takeOver(tenantId, key, requestId);
        return new Claim.Granted();
    }

    private boolean insert(UUID tenantId, String key, String requestId) {
        return jdbc.sql("""
                INSERT INTO idempotency_key (tenant_id, key, request_id, claimed_at_seq, leased_until)
                SELECT tenant_id, :key, :request, seq, now() + make_interval(secs => :lease)
                FROM tenant_cursor WHERE tenant_id = :tenant
                ON CONFLICT (tenant_id, key) DO NOTHING
                """)
                        .param("tenant", tenantId)
                        .param("key", key)
                        .param("request", requestId)
                        .param("lease", LEASE.toSeconds())
                        .update()
                == 1;
    }

    private Optional<Row> lock(UUID tenantId, String key) {
        return jdbc.sql("""
                SELECT request_id, claimed_at_seq, leased_until > now() AS leased,
                       claimed_at_seq < (SELECT access_seq FROM tenant_cursor c WHERE c.tenant_id = k.tenant_id) AS outdated,
                       status, request_hash, request_length, headers, body
                FROM idempotency_key k WHERE tenant_id = ? AND key = ? FOR UPDATE
                """)
                .params(tenantId, key)
                .query((row, number) -> new Row(
                        row.getBoolean("leased"),
                        row.getString("request_id"),
                        row.getLong("claimed_at_seq"),
                        row.getObject("status") == null ? Optional.empty() : Optional.of(answer(row)),
                        row.getBoolean("outdated")))
                .optional();
    }

    private static KeptAnswer answer(ResultSet row) throws SQLException {
        return new KeptAnswer(
                new RequestPrint(row.getBytes("request_hash"), row.getLong("request_length")),
                row.getInt("status"),
                WireJson.MAPPER.readValue(row.getString("headers"), HEADERS),
                Optional.ofNullable(row.getBytes("body")));
    }

    private void takeOver(UUID tenantId, String key, String requestId) {
        jdbc.sql("""
                UPDATE idempotency_key k
                SET request_id = :request, claimed_at_seq = c.seq,
                    leased_until = now() + make_interval(secs => :lease), created_at = now()
                FROM tenant_cursor c
                WHERE k.tenant_id = :tenant AND k.key = :key AND c.tenant_id = k.tenant_id
                """)
                .param("tenant", tenantId)
                .param("key", key)
                .param("request", requestId)
                .param("lease", LEASE.toSeconds())
                .update();
    }

    /** Keeps the answer of the request that has the key. */
    void keep(OwnKey key, String requestId, KeptAnswer answer) {
        transactions.write(
                key.tenantId(),
                () -> jdbc.sql("""
                UPDATE idempotency_key
                SET status = :status, request_hash = :hash, request_length = :length, headers = :headers::jsonb, body = :body
                WHERE tenant_id = :tenant AND key = :key AND request_id = :request AND status IS NULL
                """)
                        .param("tenant", key.tenantId())
                        .param("key", key.kept())
                        .param("request", requestId)
                        .param("status", answer.status())
                        .param("hash", answer.print().hash())
                        .param("length", answer.print().length())
                        .param("headers", WireJson.MAPPER.writeValueAsString(answer.headers()))
                        .param("body", answer.body().orElse(null))
                        .update());
    }

    /** Gives the key back: the request was refused, so nothing was changed and it may be mended and sent again. */
    void giveBack(OwnKey key, String requestId) {
        transactions.write(
                key.tenantId(),
                () -> jdbc.sql("""
                DELETE FROM idempotency_key
                WHERE tenant_id = ? AND key = ? AND request_id = ? AND status IS NULL
                """)
                        .params(key.tenantId(), key.kept(), requestId)
                        .update());
    }

    /** Lets the next request ask at once what became of this one, which failed in a way that leaves it open. */
    void leaveOpen(OwnKey key, String requestId) {
        transactions.write(
                key.tenantId(),
                () -> jdbc.sql("""
                UPDATE idempotency_key SET leased_until = now()
                WHERE tenant_id = ? AND key = ? AND request_id = ? AND status IS NULL
                """)
                        .params(key.tenantId(), key.kept(), requestId)
                        .update());
    }

    /** Answers may quote what is purged, and none says whether it does; the keys stay, and tell what was carried out. */
    @EventListener
    void eraseAnswers(VersionPurge purge) {
        jdbc.sql("UPDATE idempotency_key SET body = NULL WHERE tenant_id = ? AND body IS NOT NULL")
                .param(purge.context().tenantId())
                .update();
    }

    /**
     * Lets go of what is beyond the newest of a tenant: of older answers, whose keys still tell what was carried out, and of keys that
     * are older yet. What another transaction is at stays for the next time.
     */
    void bound(UUID tenantId, int mostKeys, long mostBytes) {
        transactions.write(tenantId, () -> {
            int keys = jdbc.sql("""
                    WITH beyond AS (
                      SELECT key FROM idempotency_key WHERE tenant_id = :tenant
                      ORDER BY created_at DESC, key DESC OFFSET :most),
                    gone AS (
                      SELECT k.key FROM idempotency_key k JOIN beyond USING (key)
                      WHERE k.tenant_id = :tenant AND (k.status IS NOT NULL OR k.leased_until <= now())
                      FOR UPDATE OF k SKIP LOCKED)
                    DELETE FROM idempotency_key WHERE tenant_id = :tenant AND key IN (SELECT key FROM gone)
                    """)
                    .param("tenant", tenantId)
                    .param("most", mostKeys)
                    .update();
            int answers = jdbc.sql("""
                    WITH kept AS (
                      SELECT key, sum(octet_length(body)) OVER (ORDER BY created_at DESC, key DESC) AS with_newer
                      FROM idempotency_key WHERE tenant_id = :tenant AND body IS NOT NULL),
                    beyond AS (
                      SELECT k.key FROM idempotency_key k JOIN kept USING (key)
                      WHERE k.tenant_id = :tenant AND kept.with_newer > :most
                      FOR UPDATE OF k SKIP LOCKED)
                    UPDATE idempotency_key SET body = NULL WHERE tenant_id = :tenant AND key IN (SELECT key FROM beyond)
                    """)
                    .param("tenant", tenantId)
                    .param("most", mostBytes)
                    .update();
            return keys + answers;
        });
    }

    /** Forgets the oldest keys of a tenant, if they are older than this; as many as one short transaction may. */
    int forget(UUID tenantId, Duration older, int limit) {
        return transactions.write(
                tenantId,
                () -> jdbc.sql("""
                DELETE FROM idempotency_key WHERE tenant_id = :tenant AND key IN (
                  SELECT key FROM idempotency_key
                  WHERE tenant_id = :tenant AND created_at < now() - make_interval(secs => :older)
                  ORDER BY created_at LIMIT :limit)
                """)
                        .param("tenant", tenantId)
                        .param("older", older.toSeconds())
                        .param("limit", limit)
                        .update());
    }
}
