package dev.apg.server.event;

import dev.apg.contract.WireJson;
import dev.apg.server.tenancy.Cursor;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code event} and {@code tenant_cursor}. */
@Repository
class EventRepository {
    private final JdbcClient jdbc;

    EventRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where the tenant's log ends now. */
    Cursor end(UUID tenantId) {
        return jdbc.sql("SELECT epoch, seq FROM tenant_cursor WHERE tenant_id = ?")
                .param(tenantId)
                .query((row, number) -> new Cursor(row.getLong(1), row.getLong(2)))
                .single();
    }

    /**
     * Takes the tenant's counter and writes the events in one statement, which must be the transaction's last. What bounds the
     * tenant is in the counter's row, so it is what the last write before this one left.
     */
    Taken append(UUID tenantId, List<Journal.Change> changes, Growth growth) {
        return jdbc.sql("""
                WITH before AS (
                  SELECT tenant_id, access_seq FROM tenant_cursor WHERE tenant_id = :tenant FOR NO KEY UPDATE
                ), counter AS (
                  UPDATE tenant_cursor
                  SET seq = seq + :count, access_seq = CASE WHEN :access THEN seq + :count ELSE tenant_cursor.access_seq END,
                    capabilities = capabilities + :capabilities, versions = versions + :versions,
                    compositions = compositions + :compositions, stored_bytes = stored_bytes + :bytes
                  FROM before WHERE tenant_cursor.tenant_id = before.tenant_id
                  RETURNING before.access_seq AS access_before, epoch, seq, state, capabilities, versions, compositions, stored_bytes,
                    most_capabilities, most_versions, most_compositions, most_stored_bytes
                ), written AS (
                  INSERT INTO event (tenant_id, seq, epoch, type, subject_kind, subject_id, subject_code, data, actor_kind, actor,
                    request_id)
                  SELECT :tenant, counter.seq - :count + m.ordinal, counter.epoch,
                         m.type, m.kind, m.id, m.code, m.data::jsonb, m.actor_kind, m.actor, m.request
                  FROM counter,
                       unnest(:types::text[], :kinds::text[], :ids::uuid[], :codes::text[], :data::text[], :actorKinds::text[], :actors::text[],
                              :requests::text[])
                         WITH ORDINALITY AS m (type, kind, id, code, data, actor_kind, actor, request, ordinal)
                )
                SELECT * FROM counter
                """)
                .param("tenant", tenantId)
                // A number, not the length of one of the arrays: PostgreSQL would copy the array for every row.
                .param("count", changes.size())
                .param(
                        "access",
                        changes.stream().anyMatch(change -> change.mutation().changesAccess()))
                .param("capabilities", growth.capabilities())
                .param("versions", growth.versions())
                .param("compositions", growth.compositions())
                .param("bytes", growth.bytes())
                .param("types", texts(changes, change -> change.mutation().type()))
                .param("kinds", texts(changes, change -> change.mutation().subjectKind()))
                .param(
                        "ids",
                        changes.stream()
                                .map(change -> change.mutation().subjectId())
                                .toArray(UUID[]::new))
                .param("codes", texts(changes, change -> change.mutation().subjectCode()))
                .param(
                        "data",
                        texts(
                                changes,
                                change -> WireJson.MAPPER.writeValueAsString(
                                        change.mutation().data())))
                .param(
                        "actorKinds",
                        texts(changes, change -> change.by().actor().kind().wire()))
                .param("actors", texts(changes, change -> change.by().actor().name()))
                .param("requests", texts(changes, change -> change.by().requestId()))
                .query((row, number) -> Taken.of(row))
                .single();
    }

    /** Number of the last event after which somebody may do other things; there is no other one until the transaction ends. */
    long holdAccess(UUID tenantId) {
        return jdbc.sql("SELECT access_seq FROM tenant_cursor WHERE tenant_id = ? FOR SHARE")
                .param(tenantId)
                .query(Long.class)
                .single();
    }

    /** The tenant's row as a write of so much would take it. */
    Taken supposed(UUID tenantId, Growth growth) {
        return jdbc.sql("""
                SELECT access_seq AS access_before, epoch, seq, state, capabilities + :capabilities AS capabilities, versions + :versions AS versions,
                  compositions + :compositions AS compositions, stored_bytes + :bytes AS stored_bytes,
                  most_capabilities, most_versions, most_compositions, most_stored_bytes
                FROM tenant_cursor WHERE tenant_id = :tenant
                """)
                .param("tenant", tenantId)
                .param("capabilities", growth.capabilities())
                .param("versions", growth.versions())
                .param("compositions", growth.compositions())
                .param("bytes", growth.bytes())
                .query((row, number) -> Taken.of(row))
                .single();
    }

    /**
     * Deletes the oldest events, as far as they are older than this without one in between that is not. Another node may be
     * at it, too: the one that comes second finds less or nothing to do.
     */
    int deleteOldest(UUID tenantId, Duration older, int limit) {
        return jdbc.sql("""
                WITH oldest AS (
                  SELECT seq, at < now() - make_interval(secs => :seconds) AS old FROM event
                  WHERE tenant_id = :tenant ORDER BY seq LIMIT :limit
                ), deleted AS (
                  DELETE FROM event
                  WHERE tenant_id = :tenant
                    AND seq <= (SELECT max(seq) FROM oldest WHERE old
                                AND seq < coalesce((SELECT min(seq) FROM oldest WHERE NOT old), seq + 1))
                  RETURNING seq
                ), moved AS (
                  UPDATE tenant_cursor SET oldest = greatest(oldest, (SELECT max(seq) + 1 FROM deleted))
                  WHERE tenant_id = :tenant AND EXISTS (SELECT FROM deleted)
                )
                SELECT count(*) FROM deleted
                """)
                .param("tenant", tenantId)
                .param("seconds", older.toSeconds())
                .param("limit", limit)
                .query(Integer.class)
                .single();
    }

    private static String[] texts(List<Journal.Change> changes, Function<Journal.Change, String> text) {
        return changes.stream().map(text).toArray(String[]::new);
    }
}
