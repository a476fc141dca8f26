package dev.apg.server.composition;

import dev.apg.contract.WireJson;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.LockDocument;
import dev.apg.resolver.Request;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.composition.CompositionHeads.Head;
import dev.apg.server.tenancy.Cursor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The newest revisions of all compositions at once. */
@Repository
class HeadRepository {
    /** What the release before stored has no request yet, and is made of the draft and the entries. */
    private static final String READ = """
            SELECT revision.composition_id, revision.request,
              CASE WHEN revision.request IS NULL THEN revision.draft END AS draft,
              CASE WHEN revision.request IS NULL THEN
                ARRAY (SELECT capability.code || chr(10) || version.number FROM revision_entry AS entry
                       JOIN version USING (tenant_id, version_id) JOIN capability USING (tenant_id, capability_id)
                       WHERE entry.tenant_id = revision.tenant_id AND entry.composition_id = revision.composition_id
                         AND entry.number = revision.number)
              END AS versions
            FROM unnest(?::uuid[], ?::int[]) AS head (composition_id, number)
            JOIN revision ON revision.tenant_id = ?
              AND revision.composition_id = head.composition_id AND revision.number = head.number
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    HeadRepository(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    /** Where the tenant's log ends: what the same transaction reads has all events up to it in it, and no others. */
    Cursor cursor(UUID tenant) {
        return jdbc.sql("SELECT epoch, seq FROM tenant_cursor WHERE tenant_id = :tenant")
                .param("tenant", tenant)
                .query((row, number) -> new Cursor(row.getLong("epoch"), row.getLong("seq")))
                .single();
    }

    /** By code. */
    List<Head> all(UUID tenant) {
        return jdbc.sql("""
                SELECT composition_id, code, head FROM composition WHERE tenant_id = :tenant AND head IS NOT NULL
                ORDER BY code COLLATE "C"
                """)
                .param("tenant", tenant)
                .query((row, number) -> new Head(
                        row.getObject("composition_id", UUID.class), row.getString("code"), row.getInt("head")))
                .list();
    }

    long countUnfrozen(UUID tenant, Reader reader) {
        return jdbc.sql("SELECT count(*) FROM composition WHERE tenant_id = :tenant AND head IS NULL AND "
                        + Reader.READABLE)
                .params(reader.parameters())
                .param("tenant", tenant)
                .query(Long.class)
                .single();
    }

    /** Those among {@link #all} that the reader may not read. */
    Set<UUID> hidden(UUID tenant, Reader reader) {
        return Set.copyOf(
                jdbc.sql("SELECT composition_id FROM composition WHERE tenant_id = :tenant AND guarded AND NOT "
                                + Reader.READABLE)
                        .params(reader.parameters())
                        .param("tenant", tenant)
                        .query((row, number) -> row.getObject("composition_id", UUID.class))
                        .list());
    }

    /**
     * The compositions whose newest revision has the capability in its lock.
     *
     * @param number only in this version; empty for any
     */
    Set<UUID> locking(UUID tenant, String capability, Optional<String> number) {
        return Set.copyOf(jdbc.sql("""
                SELECT DISTINCT entry.composition_id
                FROM capability JOIN version USING (tenant_id, capability_id)
                JOIN revision_entry AS entry USING (tenant_id, version_id)
                JOIN composition ON composition.tenant_id = entry.tenant_id
                  AND composition.composition_id = entry.composition_id AND composition.head = entry.number
                WHERE capability.tenant_id = :tenant AND capability.code = :capability
                  AND (:number::text IS NULL OR version.number = :number)
                """)
                .param("tenant", tenant)
                .param("capability", capability)
                .param("number", number.orElse(null))
                .query((row, n) -> row.getObject("composition_id", UUID.class))
                .list());
    }

    /**
     * The compositions whose newest revision has a version in its lock that is not published any more, or whose capability is
     * about to end: not every policy accepts such a one.
     */
    Set<UUID> lockingMarked(UUID tenant) {
        return Set.copyOf(jdbc.sql("""
                SELECT DISTINCT entry.composition_id
                FROM (SELECT tenant_id, version_id FROM version WHERE tenant_id = :tenant AND state <> 'published'
                      UNION ALL
                      SELECT tenant_id, version_id FROM capability JOIN version USING (tenant_id, capability_id)
                      WHERE tenant_id = :tenant AND capability.status IN ('deprecated', 'retired')) AS marked
                JOIN revision_entry AS entry USING (tenant_id, version_id)
                JOIN composition ON composition.tenant_id = entry.tenant_id
                  AND composition.composition_id = entry.composition_id AND composition.head = entry.number
                """)
                .param("tenant", tenant)
                .query((row, n) -> row.getObject("composition_id", UUID.class))
                .list());
    }

    /** {@link RequestBytes} of revisions, by composition. */
    Map<UUID, byte[]> read(UUID tenant, List<Head> heads) {
        Map<UUID, byte[]> found = HashMap.newHashMap(heads.size());
        template.query(connection -> reading(connection, tenant, heads), row -> {
            byte[] request = row.getBytes("request");
            found.put(row.getObject("composition_id", UUID.class), request == null ? request(row) : request);
        });
        return found;
    }

    /** Drafts and locks, by composition. */
    Map<UUID, LockSide> locks(UUID tenant, List<Head> heads) {
        Map<UUID, LockSide> locks = new HashMap<>();
        jdbc.sql("""
                SELECT revision.composition_id, revision.draft, revision.lock
                FROM unnest(:compositions::uuid[], :numbers::int[]) AS head (composition_id, number)
                JOIN revision ON revision.tenant_id = :tenant
                  AND revision.composition_id = head.composition_id AND revision.number = head.number
                """)
                .param("tenant", tenant)
                .param("compositions", heads.stream().map(Head::compositionId).toArray(UUID[]::new))
                .param("numbers", heads.stream().map(Head::revision).toArray(Integer[]::new))
                .query(row -> {
                    locks.put(row.getObject("composition_id", UUID.class), new LockSide(draft(row), lock(row)));
                });
        return locks;
    }

    private static LockDocument lock(ResultSet row) throws SQLException {
        return WireJson.MAPPER.readValue(row.getBytes("lock"), LockDocument.class);
    }

    private static Draft draft(ResultSet row) throws SQLException {
        return DraftDocuments.stored(WireJson.MAPPER.readValue(row.getString("draft"), DraftDocument.class));
    }

    private static PreparedStatement reading(Connection connection, UUID tenant, List<Head> heads) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(READ);
        // Bytes come as they are, not as digits, and from the first time on.
        statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
        statement.setArray(
                1,
                connection.createArrayOf(
                        "uuid", heads.stream().map(Head::compositionId).toArray()));
        statement.setArray(
                2,
                connection.createArrayOf(
                        "int4", heads.stream().map(Head::revision).toArray()));
        statement.setObject(3, tenant);
        return statement;
    }

    private static byte[] request(ResultSet row) throws SQLException {
        Map<String, SemVer> lock = new HashMap<>();
        for (String version : (String[]) row.getArray("versions").getArray()) {
            int end = version.indexOf(RequestBytes.SEPARATOR);
            lock.put(version.substring(0, end), SemVer.parse(version.substring(end + 1)));
        }
        return RequestBytes.write(ResolverRequests.of(draft(row), lock, Set.of(), Request.DEFAULT_STEP_BUDGET));
    }
}
