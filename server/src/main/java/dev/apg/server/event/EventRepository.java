package dev.apg.server.event;

import dev.apg.contract.WireJson;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.tenancy.TenantContext;
import java.util.List;
import java.util.UUID;
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

    /** Takes the tenant's counter and writes the events in one statement, which must be the transaction's last. */
    Cursor append(TenantContext context, List<Mutation> mutations) {
        return jdbc.sql("""
                WITH counter AS (
                  UPDATE tenant_cursor SET seq = seq + cardinality(:types::text[])
                  WHERE tenant_id = :tenant RETURNING epoch, seq
                ), written AS (
                  INSERT INTO event (tenant_id, seq, epoch, type, subject_kind, subject_id, subject_code, data, actor, request_id)
                  SELECT :tenant, counter.seq - cardinality(:types::text[]) + m.ordinal, counter.epoch,
                         m.type, m.kind, m.id, m.code, m.data::jsonb, :actor, :request
                  FROM counter,
                       unnest(:types::text[], :kinds::text[], :ids::uuid[], :codes::text[], :data::text[])
                         WITH ORDINALITY AS m (type, kind, id, code, data, ordinal)
                )
                SELECT epoch, seq FROM counter
                """)
                .param("tenant", context.tenantId())
                .param("types", mutations.stream().map(Mutation::type).toArray(String[]::new))
                .param("kinds", mutations.stream().map(Mutation::subjectKind).toArray(String[]::new))
                .param("ids", mutations.stream().map(Mutation::subjectId).toArray(UUID[]::new))
                .param("codes", mutations.stream().map(Mutation::subjectCode).toArray(String[]::new))
                .param(
                        "data",
                        mutations.stream()
                                .map(mutation -> WireJson.MAPPER.writeValueAsString(mutation.data()))
                                .toArray(String[]::new))
                .param("actor", context.actor().name())
                .param("request", context.requestId())
                .query((row, number) -> new Cursor(row.getLong(1), row.getLong(2)))
                .single();
    }
}
