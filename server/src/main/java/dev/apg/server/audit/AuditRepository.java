package dev.apg.server.audit;

import dev.apg.contract.audit.AuditEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The reading side of the table {@code audit_entry}. */
@Repository
class AuditRepository {
    /** PostgreSQL writes a number in full: what was sent as {@code 1e300} has three hundred digits here. */
    private static final JsonMapper STATES = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    private static final TypeReference<Map<String, Object>> STATE = new TypeReference<>() {};

    private static final String COLUMNS =
            "entry_id, at, actor_id, actor, action, target_kind, target, before, after, request_id, address";

    /** Later than any entry. */
    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

    private final JdbcClient jdbc;

    AuditRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Which entries; what is empty admits all.
     *
     * @param from the first moment
     * @param to the first moment that does not belong to it any more
     */
    record Filter(
            Optional<String> actor,
            Optional<String> action,
            Optional<String> targetKind,
            Optional<String> target,
            Optional<String> requestId,
            Optional<Instant> from,
            Optional<Instant> to) {}

    private static final String CONDITION = """
            tenant_id = :tenant
            AND (:actor::text IS NULL OR actor = :actor)
            AND (:action::text IS NULL OR action = :action)
            AND (:kind::text IS NULL OR target_kind = :kind)
            AND (:target::text IS NULL OR target = :target)
            AND (:request::text IS NULL OR request_id = :request)
            AND at >= :from AND at < :to
            """;

    /** Newest first. */
    List<AuditEntry> list(UUID tenantId, Filter filter, Optional<AuditPlace> before, int limit) {
        AuditPlace end = before.orElse(null);
        return filtered("SELECT " + COLUMNS + " FROM audit_entry WHERE " + CONDITION + """
                  AND (:end_at::timestamptz IS NULL OR (at, entry_id) < (:end_at, :end_entry::uuid))
                ORDER BY at DESC, entry_id DESC LIMIT :limit
                """, tenantId, filter)
                .param("end_at", end == null ? null : end.at().atOffset(ZoneOffset.UTC))
                .param("end_entry", end == null ? null : end.entry())
                .param("limit", limit)
                .query((row, number) -> entry(row))
                .list();
    }

    long count(UUID tenantId, Filter filter) {
        return filtered("SELECT count(*) FROM audit_entry WHERE " + CONDITION, tenantId, filter)
                .query(Long.class)
                .single();
    }

    private JdbcClient.StatementSpec filtered(String sql, UUID tenantId, Filter filter) {
        return jdbc.sql(sql)
                .param("tenant", tenantId)
                .param("actor", filter.actor().orElse(null))
                .param("action", filter.action().orElse(null))
                .param("kind", filter.targetKind().orElse(null))
                .param("target", filter.target().orElse(null))
                .param("request", filter.requestId().orElse(null))
                .param("from", filter.from().orElse(Instant.EPOCH).atOffset(ZoneOffset.UTC))
                .param("to", filter.to().orElse(END).atOffset(ZoneOffset.UTC));
    }

    /** Oldest first: those after one place and up to another. */
    List<AuditEntry> between(UUID tenantId, AuditPlace after, AuditPlace upTo, int limit) {
        return jdbc.sql("SELECT " + COLUMNS + """
                 FROM audit_entry
                WHERE tenant_id = :tenant AND (at, entry_id) > (:after_at, :after_entry)
                  AND (at, entry_id) <= (:to_at, :to_entry)
                ORDER BY at, entry_id LIMIT :limit
                """)
                .param("tenant", tenantId)
                .param("after_at", after.at().atOffset(ZoneOffset.UTC))
                .param("after_entry", after.entry())
                .param("to_at", upTo.at().atOffset(ZoneOffset.UTC))
                .param("to_entry", upTo.entry())
                .param("limit", limit)
                .query((row, number) -> entry(row))
                .list();
    }

    /** Where the log ends now; an error if it is empty, which it never is: a tenant begins with an entry. */
    AuditPlace newest(UUID tenantId) {
        return jdbc.sql("""
                SELECT at, entry_id FROM audit_entry WHERE tenant_id = ? ORDER BY at DESC, entry_id DESC LIMIT 1
                """)
                .param(tenantId)
                .query((row, number) -> new AuditPlace(
                        row.getObject(1, OffsetDateTime.class).toInstant(), row.getObject(2, UUID.class)))
                .single();
    }

    /** How many there are after a place. */
    long countAfter(UUID tenantId, AuditPlace after) {
        return jdbc.sql("SELECT count(*) FROM audit_entry WHERE tenant_id = ? AND (at, entry_id) > (?, ?)")
                .params(tenantId, after.at().atOffset(ZoneOffset.UTC), after.entry())
                .query(Long.class)
                .single();
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getObject("entry_id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("actor_id", UUID.class),
                row.getString("actor"),
                row.getString("action"),
                row.getString("target_kind"),
                row.getString("target"),
                state(row.getString("before")),
                state(row.getString("after")),
                row.getString("request_id"),
                row.getString("address"));
    }

    private static @Nullable Map<String, Object> state(@Nullable String json) {
        return json == null ? null : STATES.readValue(json, STATE);
    }
}
