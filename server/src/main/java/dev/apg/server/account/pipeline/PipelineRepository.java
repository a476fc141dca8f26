package dev.apg.server.account.pipeline;

import dev.apg.contract.WireJson;
import dev.apg.contract.account.NewPipeline;
import dev.apg.contract.account.Pipeline;
import dev.apg.contract.canonical.Digest;
import dev.apg.server.account.MachineColumns;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** The tables {@code pipeline} and {@code exchanged_token}. */
@Repository
class PipelineRepository {
    /** Of the row {@code m}, whose own {@code issuer} is the CI service. */
    private static final String COLUMNS =
            "tenant_id, pipeline_id, label, m.issuer AS service, audience, claims, capabilities, created_at, last_used_at, revoked_at, "
                    + MachineColumns.ISSUER;

    private final JdbcClient jdbc;

    PipelineRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Pipeline insert(PipelineId id, NewPipeline wanted, String audience, @Nullable UUID issuedBy) {
        return jdbc.sql("""
                INSERT INTO pipeline AS m (tenant_id, pipeline_id, label, issuer, audience, claims, capabilities, issued_by)
                VALUES (:tenant, :pipeline, :label, :service, :audience, :claims::jsonb, :capabilities, :issuer)
                RETURNING %s
                """.formatted(COLUMNS))
                .param("tenant", id.tenantId())
                .param("pipeline", id.id())
                .param("label", wanted.label())
                .param("service", wanted.issuer())
                .param("issuer", issuedBy)
                .param("audience", audience)
                .param("claims", WireJson.MAPPER.writeValueAsString(wanted.claims()))
                .param("capabilities", wanted.capabilities().stream().distinct().toArray(String[]::new))
                .query((row, number) -> pipeline(row))
                .single();
    }

    /** Newest first; ids are made in the order of time. */
    List<Pipeline> list(UUID tenantId, Optional<UUID> before, int limit) {
        return jdbc.sql("""
                SELECT %s FROM pipeline m
                WHERE tenant_id = :tenant AND (:before::uuid IS NULL OR pipeline_id < :before)
                ORDER BY pipeline_id DESC LIMIT :limit
                """.formatted(COLUMNS))
                .param("tenant", tenantId)
                .param("before", before.orElse(null))
                .param("limit", limit)
                .query((row, number) -> pipeline(row))
                .list();
    }

    long count(UUID tenantId) {
        return jdbc.sql("SELECT count(*) FROM pipeline WHERE tenant_id = ?")
                .param(tenantId)
                .query(Long.class)
                .single();
    }

    /** Revoked or not. */
    Optional<Pipeline> find(UUID tenantId, UUID id) {
        return jdbc.sql("SELECT %s FROM pipeline m WHERE tenant_id = ? AND pipeline_id = ?".formatted(COLUMNS))
                .params(tenantId, id)
                .query((row, number) -> pipeline(row))
                .optional();
    }

    /** The pipeline as it is afterwards; empty if there is none or it was revoked before. */
    Optional<Pipeline> revoke(UUID tenantId, UUID id) {
        return jdbc.sql("""
                UPDATE pipeline AS m SET revoked_at = now()
                WHERE tenant_id = ? AND pipeline_id = ? AND revoked_at IS NULL
                RETURNING %s
                """.formatted(COLUMNS))
                .params(tenantId, id)
                .query((row, number) -> pipeline(row))
                .optional();
    }

    /** By id, of those that may still publish. */
    Map<UUID, String> labels(UUID tenantId, List<UUID> ids) {
        return ids.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("""
                SELECT pipeline_id, label FROM pipeline
                WHERE tenant_id = ? AND pipeline_id = ANY (?) AND revoked_at IS NULL
                """)
                        .params(tenantId, ids.toArray(UUID[]::new))
                        .query((row, number) -> Map.entry(row.getObject(1, UUID.class), row.getString(2)))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Whether nobody has exchanged this identity token before; those that expired are forgotten. */
    boolean takeOnce(PipelineId id, Digest token, Instant expiresAt, Instant forgotten) {
        jdbc.sql("DELETE FROM exchanged_token WHERE tenant_id = ? AND expires_at < ?")
                .params(id.tenantId(), forgotten.atOffset(ZoneOffset.UTC))
                .update();
        return jdbc.sql("""
                INSERT INTO exchanged_token (tenant_id, token_digest, expires_at) VALUES (?, ?, ?)
                ON CONFLICT DO NOTHING
                """)
                        .params(id.tenantId(), token.bytes(), expiresAt.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Not again within a minute: several nodes may see the same one. */
    int noteUses(UUID tenantId, List<UUID> ids, List<Instant> times) {
        return jdbc.sql("""
                UPDATE pipeline p SET last_used_at = u.at
                FROM unnest(:ids::uuid[], :times::timestamptz[]) AS u (id, at)
                WHERE tenant_id = :tenant AND p.pipeline_id = u.id
                  AND (last_used_at IS NULL OR last_used_at <= u.at - interval '1 minute')
                """)
                .param("tenant", tenantId)
                .param("ids", ids.toArray(UUID[]::new))
                .param("times", times.stream().map(Instant::toString).toArray(String[]::new))
                .update();
    }

    private static Pipeline pipeline(ResultSet row) throws SQLException {
        var id = new PipelineId(row.getObject("tenant_id", UUID.class), row.getObject("pipeline_id", UUID.class));
        Array capabilities = row.getArray("capabilities");
        return new Pipeline(
                id.id(),
                id.text(),
                row.getString("label"),
                row.getString("service"),
                row.getString("audience"),
                WireJson.MAPPER.readValue(row.getString("claims"), new TypeReference<Map<String, String>>() {}),
                List.of((String[]) capabilities.getArray()),
                MachineColumns.issuer(row),
                Objects.requireNonNull(instant(row, "created_at")),
                instant(row, "last_used_at"),
                instant(row, "revoked_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
