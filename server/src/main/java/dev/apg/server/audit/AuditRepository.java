package dev.apg.server.audit;

import dev.apg.contract.audit.AuditChain;
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
import tools.jackson.core.type.TypeReference;

/** The reading side of the table {@code audit_entry}. */
@Repository
class AuditRepository {
    private static final TypeReference<Map<String, Object>> STATE = new TypeReference<>() {};

    private static final String COLUMNS =
            "entry_id, at, actor_id, actor_kind, actor, action, target_kind, target, before, after, request_id, address";

    /** A log grows without end: whoever finds more than this narrows the question. */
    static final int MOST_COUNTED = 10_000;

    /** Of states that are read at once, as text; one entry may have more. */
    private static final int MOST_CHARACTERS = 4 * 1024 * 1024;

    private static final String TARGET = """
             AND (target COLLATE "C" = :target
                  OR target COLLATE "C" >= :target || '@' AND target COLLATE "C" < :target || 'A')\
            """;

    private final JdbcClient jdbc;

    AuditRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Which entries; what is empty admits all.
     *
     * @param target code of what it was done to, or {@code code@number}; of a code also what was done to its versions or revisions
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

    /** Newest first. */
    List<AuditEntry> list(UUID tenantId, Filter filter, Optional<AuditPlace> before, int limit) {
        AuditPlace end = before.orElse(null);
        return filtered(listing(filter), tenantId, filter)
                .param("end_at", end == null ? null : end.time())
                .param("end_entry", end == null ? null : end.entry())
                .param("limit", limit)
                .query((row, number) -> entry(row))
                .list();
    }

    static String listing(Filter filter) {
        return "SELECT " + COLUMNS + " FROM audit_entry WHERE " + condition(filter) + """
                 AND (:end_at::timestamptz IS NULL OR (at, entry_id) < (:end_at, :end_entry::uuid))
               ORDER BY at DESC, entry_id DESC LIMIT :limit
               """;
    }

    /** At most {@link #MOST_COUNTED}. */
    long count(UUID tenantId, Filter filter) {
        return filtered(
                        "SELECT count(*) FROM (SELECT FROM audit_entry WHERE " + condition(filter)
                                + " LIMIT :limit) AS found",
                        tenantId,
                        filter)
                .param("limit", MOST_COUNTED)
                .query(Long.class)
                .single();
    }

    /** Only what is asked for, so that the database sees which index fits. */
    private static String condition(Filter filter) {
        var condition = new StringBuilder("tenant_id = :tenant AND at >= :from AND at < :to");
        filter.actor().ifPresent(actor -> condition.append(" AND actor = :actor"));
        filter.action().ifPresent(action -> condition.append(" AND action = :action"));
        filter.targetKind().ifPresent(kind -> condition.append(" AND target_kind = :kind"));
        filter.target().ifPresent(target -> condition.append(TARGET));
        filter.requestId().ifPresent(request -> condition.append(" AND request_id = :request"));
        return condition.toString();
    }

    JdbcClient.StatementSpec filtered(String sql, UUID tenantId, Filter filter) {
        return jdbc.sql(sql)
                .param("tenant", tenantId)
                .param("actor", filter.actor().orElse(null))
                .param("action", filter.action().orElse(null))
                .param("kind", filter.targetKind().orElse(null))
                .param("target", filter.target().orElse(null))
                .param("request", filter.requestId().orElse(null))
                .param(
                        "from",
                        filter.from().map(from -> from.atOffset(ZoneOffset.UTC)).orElse(OffsetDateTime.MIN))
                .param("to", filter.to().map(to -> to.atOffset(ZoneOffset.UTC)).orElse(OffsetDateTime.MAX));
    }

    /**
     * Oldest first: the first of those after one place and up to another, at most so many and at most some megabytes of them,
     * but at least one if there is any.
     */
    List<AuditEntry> between(UUID tenantId, AuditPlace after, AuditPlace upTo, int limit) {
        return jdbc.sql("""
                SELECT * FROM (
                  SELECT found.*, row_number() OVER place AS ordinal,
                    sum(coalesce(length(before::text), 0) + coalesce(length(after::text), 0)) OVER place AS characters
                  FROM (
                    SELECT * FROM audit_entry
                    WHERE tenant_id = :tenant AND (at, entry_id) > (:after_at, :after_entry)
                      AND (at, entry_id) <= (:to_at, :to_entry)
                    ORDER BY at, entry_id LIMIT :limit
                  ) AS found
                  WINDOW place AS (ORDER BY at, entry_id)
                ) AS measured
                WHERE ordinal = 1 OR characters <= :characters ORDER BY ordinal
                """)
                .param("tenant", tenantId)
                .param("after_at", after.time())
                .param("after_entry", after.entry())
                .param("to_at", upTo.time())
                .param("to_entry", upTo.entry())
                .param("limit", limit)
                .param("characters", MOST_CHARACTERS)
                .query((row, number) -> entry(row))
                .list();
    }

    /** Those of these ids that there are. */
    List<AuditEntry> byIds(UUID tenantId, List<UUID> ids) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM audit_entry WHERE tenant_id = ? AND entry_id = ANY (?)")
                .param(tenantId)
                .param(ids.toArray(UUID[]::new))
                .query((row, number) -> entry(row))
                .list();
    }

    /** Where others stand between two places than the known ones; the first of them. */
    List<AuditPlace> others(UUID tenantId, AuditPlace after, AuditPlace upTo, List<UUID> known, int limit) {
        return jdbc.sql("""
                SELECT at, entry_id FROM audit_entry
                WHERE tenant_id = :tenant AND (at, entry_id) > (:after_at, :after_entry)
                  AND (at, entry_id) <= (:to_at, :to_entry) AND entry_id <> ALL (:known)
                ORDER BY at, entry_id LIMIT :limit
                """)
                .param("tenant", tenantId)
                .param("after_at", after.time())
                .param("after_entry", after.entry())
                .param("to_at", upTo.time())
                .param("to_entry", upTo.entry())
                .param("known", known.toArray(UUID[]::new))
                .param("limit", limit)
                .query((row, number) -> place(row))
                .list();
    }

    /** Where the log ends now; an error if it is empty, which it never is: a tenant begins with an entry. */
    AuditPlace newest(UUID tenantId) {
        return jdbc.sql("""
                SELECT at, entry_id FROM audit_entry WHERE tenant_id = ? ORDER BY at DESC, entry_id DESC LIMIT 1
                """).param(tenantId).query((row, number) -> place(row)).single();
    }

    /** Whether the log says that what was before went because its time was over. */
    boolean tellOf(UUID tenantId, Link anchor) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM audit_entry WHERE tenant_id = :tenant AND action = :action AND at > :at
                               AND after ->> 'seal' = :number AND after ->> 'hash' = :hash)
                """)
                .param("tenant", tenantId)
                .param("action", AuditRemoval.ACTION)
                .param("at", anchor.last().time())
                .param("number", Long.toString(anchor.number()))
                .param("hash", anchor.hash().toString())
                .query(Boolean.class)
                .single();
    }

    /** How many there are after a place. */
    long countAfter(UUID tenantId, AuditPlace after) {
        return jdbc.sql("SELECT count(*) FROM audit_entry WHERE tenant_id = ? AND (at, entry_id) > (?, ?)")
                .params(tenantId, after.time(), after.entry())
                .query(Long.class)
                .single();
    }

    private static AuditPlace place(ResultSet row) throws SQLException {
        return new AuditPlace(
                row.getObject("at", OffsetDateTime.class).toInstant(), row.getObject("entry_id", UUID.class));
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getObject("entry_id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("actor_id", UUID.class),
                row.getString("actor_kind"),
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
        if (json == null) {
            return null;
        }
        // Whatever else stands there was not written by this program: it must not keep the rest from being read.
        return json.startsWith("{") ? AuditChain.JSON.readValue(json, STATE) : Map.of("no_object", json);
    }
}
