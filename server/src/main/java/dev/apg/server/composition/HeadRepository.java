package dev.apg.server.composition;

import dev.apg.contract.WireJson;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.LockDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The newest revisions of all compositions at once. */
@Repository
class HeadRepository {
    private final JdbcClient jdbc;

    HeadRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By code. */
    List<CompositionHeads.Head> all(UUID tenant) {
        return jdbc.sql("""
                SELECT composition_id, code, head FROM composition WHERE tenant_id = :tenant AND head IS NOT NULL
                ORDER BY code COLLATE "C"
                """)
                .param("tenant", tenant)
                .query((row, number) -> new CompositionHeads.Head(
                        row.getObject("composition_id", UUID.class), row.getString("code"), row.getInt("head")))
                .list();
    }

    long countUnfrozen(UUID tenant) {
        return jdbc.sql("SELECT count(*) FROM composition WHERE tenant_id = :tenant AND head IS NULL")
                .param("tenant", tenant)
                .query(Long.class)
                .single();
    }

    /** The compositions whose newest revision has one of the versions in its lock. */
    List<UUID> locking(UUID tenant, Collection<UUID> versions) {
        return jdbc.sql("""
                SELECT DISTINCT entry.composition_id
                FROM revision_entry AS entry JOIN composition USING (tenant_id, composition_id)
                WHERE entry.tenant_id = :tenant AND entry.version_id = ANY (:versions)
                  AND entry.number = composition.head
                """)
                .param("tenant", tenant)
                .param("versions", versions.toArray(UUID[]::new))
                .query((row, number) -> row.getObject("composition_id", UUID.class))
                .list();
    }

    /** A revision's draft, and which versions its lock has. */
    record Stored(UUID compositionId, int number, Draft draft, List<UUID> versions) {}

    List<Stored> read(UUID tenant, List<CompositionHeads.Head> heads) {
        return jdbc.sql("""
                SELECT revision.composition_id, revision.number, revision.draft,
                  ARRAY (SELECT entry.version_id FROM revision_entry AS entry
                         WHERE entry.tenant_id = :tenant AND entry.composition_id = revision.composition_id
                           AND entry.number = revision.number) AS versions
                FROM unnest(:compositions::uuid[], :numbers::int[]) AS head (composition_id, number)
                JOIN revision ON revision.tenant_id = :tenant
                  AND revision.composition_id = head.composition_id AND revision.number = head.number
                """)
                .param("tenant", tenant)
                .param(
                        "compositions",
                        heads.stream().map(CompositionHeads.Head::compositionId).toArray(UUID[]::new))
                .param(
                        "numbers",
                        heads.stream().map(CompositionHeads.Head::revision).toArray(Integer[]::new))
                .query((row, number) -> stored(row))
                .list();
    }

    /** Drafts and locks, by composition. */
    Map<UUID, LockDiff.Side> locks(UUID tenant, List<CompositionHeads.Head> heads) {
        Map<UUID, LockDiff.Side> locks = new HashMap<>();
        jdbc.sql("""
                SELECT revision.composition_id, revision.draft, revision.lock
                FROM unnest(:compositions::uuid[], :numbers::int[]) AS head (composition_id, number)
                JOIN revision ON revision.tenant_id = :tenant
                  AND revision.composition_id = head.composition_id AND revision.number = head.number
                """)
                .param("tenant", tenant)
                .param(
                        "compositions",
                        heads.stream().map(CompositionHeads.Head::compositionId).toArray(UUID[]::new))
                .param(
                        "numbers",
                        heads.stream().map(CompositionHeads.Head::revision).toArray(Integer[]::new))
                .query(row -> {
                    locks.put(row.getObject("composition_id", UUID.class), new LockDiff.Side(draft(row), lock(row)));
                });
        return locks;
    }

    private static LockDocument lock(ResultSet row) throws SQLException {
        return WireJson.MAPPER.readValue(row.getBytes("lock"), LockDocument.class);
    }

    private static Draft draft(ResultSet row) throws SQLException {
        return DraftDocuments.stored(WireJson.MAPPER.readValue(row.getString("draft"), DraftDocument.class));
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getObject("composition_id", UUID.class), row.getInt("number"), draft(row), List.of((UUID[])
                        row.getArray("versions").getArray()));
    }
}
