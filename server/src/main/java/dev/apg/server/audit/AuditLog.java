package dev.apg.server.audit;

import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.Digest;
import dev.apg.server.platform.Ids;
import dev.apg.server.tenancy.TenantContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The append-only table {@code audit_entry}. */
@Repository
public class AuditLog {
    /** Characters of a state that are kept as they are. */
    private static final int LONGEST = 16 * 1024;

    /** Characters of a longer one that are shown. */
    private static final int SHOWN = 1_000;

    private final JdbcClient jdbc;

    AuditLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One entry.
     *
     * @param by who did it, in which request
     * @param before JSON of the state before, if there was one; {@link #append} shortens it if it is long
     * @param after JSON of the state after, if there is one; likewise
     */
    public record Entry(
            TenantContext by,
            String action,
            String targetKind,
            String target,
            Optional<String> before,
            Optional<String> after) {}

    /** Appends entries inside the caller's transaction, all or none. */
    public void append(UUID tenantId, List<Entry> entries) {
        jdbc.sql("""
                INSERT INTO audit_entry
                  (tenant_id, entry_id, actor_id, actor_kind, actor, action, target_kind, target, before, after, request_id, address)
                SELECT :tenant, e.id, e.actor_id, e.actor_kind, e.actor, e.action, e.kind, e.target, e.before::jsonb, e.after::jsonb,
                       e.request, e.address
                FROM unnest(:ids::uuid[], :actorIds::uuid[], :actorKinds::text[], :actors::text[], :actions::text[], :kinds::text[],
                            :targets::text[], :befores::text[], :afters::text[], :requests::text[], :addresses::text[])
                  AS e (id, actor_id, actor_kind, actor, action, kind, target, before, after, request, address)
                """)
                .param("tenant", tenantId)
                .param("ids", ids(entries, entry -> Ids.next()))
                .param("actorIds", ids(entries, entry -> entry.by().actor().id()))
                .param(
                        "actorKinds",
                        texts(entries, entry -> entry.by().actor().kind().wire()))
                .param("actors", texts(entries, entry -> entry.by().actor().name()))
                .param("actions", texts(entries, Entry::action))
                .param("kinds", texts(entries, Entry::targetKind))
                .param("targets", texts(entries, Entry::target))
                .param("befores", texts(entries, entry -> bounded(entry.before())))
                .param("afters", texts(entries, entry -> bounded(entry.after())))
                .param("requests", texts(entries, entry -> entry.by().requestId()))
                .param("addresses", texts(entries, entry -> entry.by().address().orElse(null)))
                .update();
    }

    /** Whether there is an entry about this, inside the caller's transaction. */
    public boolean holds(UUID tenantId, String action, String targetKind, String target) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM audit_entry
                               WHERE tenant_id = ? AND target_kind = ? AND target = ? AND action = ?)
                """)
                .params(tenantId, targetKind, target, action)
                .query(Boolean.class)
                .single();
    }

    /** A log that nobody may shorten later must not grow by whatever somebody sends: of a large state its digest is kept. */
    private static @Nullable String bounded(Optional<String> state) {
        return state.map(json -> json.length() <= LONGEST ? json : shortened(json))
                .orElse(null);
    }

    private static String shortened(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        int end = Character.isHighSurrogate(json.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
        return WireJson.MAPPER.writeValueAsString(
                Map.of("shortened", new Shortened(bytes.length, Digest.of(bytes).toString(), json.substring(0, end))));
    }

    /** What is kept of a state that is too long: its length in bytes, its digest, how it begins. */
    private record Shortened(int bytes, String digest, String begins) {}

    private static UUID[] ids(List<Entry> entries, Function<Entry, UUID> id) {
        return entries.stream().map(id).toArray(UUID[]::new);
    }

    private static @Nullable String[] texts(List<Entry> entries, Function<Entry, @Nullable String> text) {
        return entries.stream().map(text).toArray(String[]::new);
    }
}
