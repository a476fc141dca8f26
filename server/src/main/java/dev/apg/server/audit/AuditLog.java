package dev.apg.server.audit;

import dev.apg.server.tenancy.TenantContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The append-only table {@code audit_entry}. */
@Repository
public class AuditLog {
    private final JdbcClient jdbc;

    AuditLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One entry.
     *
     * @param before JSON of the state before, if there was one
     * @param after JSON of the state after, if there is one
     */
    public record Entry(
            String action, String targetKind, String target, Optional<String> before, Optional<String> after) {}

    /** Appends entries inside the caller's transaction, all or none. */
    public void append(TenantContext context, List<Entry> entries) {
        jdbc.sql("""
                INSERT INTO audit_entry
                  (tenant_id, entry_id, actor_id, actor, action, target_kind, target, before, after, request_id, address)
                SELECT :tenant, e.id, :actorId, :actor, e.action, e.kind, e.target, e.before::jsonb, e.after::jsonb, :request, :address
                FROM unnest(:ids::uuid[], :actions::text[], :kinds::text[], :targets::text[], :befores::text[], :afters::text[])
                  AS e (id, action, kind, target, before, after)
                """)
                .param("tenant", context.tenantId())
                .param("ids", entries.stream().map(entry -> UUID.randomUUID()).toArray(UUID[]::new))
                .param("actorId", context.actor().id())
                .param("actor", context.actor().name())
                .param("actions", entries.stream().map(Entry::action).toArray(String[]::new))
                .param("kinds", entries.stream().map(Entry::targetKind).toArray(String[]::new))
                .param("targets", entries.stream().map(Entry::target).toArray(String[]::new))
                .param(
                        "befores",
                        entries.stream()
                                .map(entry -> entry.before().orElse(null))
                                .toArray(String[]::new))
                .param(
                        "afters",
                        entries.stream()
                                .map(entry -> entry.after().orElse(null))
                                .toArray(String[]::new))
                .param("request", context.requestId())
                .param("address", context.address().orElse(null))
                .update();
    }
}
