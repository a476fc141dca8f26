package dev.apg.server.composition;

import dev.apg.contract.WireJson;
import dev.apg.contract.composition.AppliedOperation;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.server.event.Growth;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The drafts of compositions and their operations. */
@Repository
class DraftRepository {
    /** Of a composition's operations that are kept, each counted with {@link #ROW} more than its text. */
    private static final long MOST_KEPT = 16L * 1024 * 1024;

    private static final int ROW = 1024;

    /** What is kept is counted when this many operations or bytes were added, so that single ones stay cheap. */
    private static final int COUNTED_EVERY = 100;

    private static final int COUNTED_ABOVE = 64 * 1024;

    private final JdbcClient jdbc;

    DraftRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static final String SELECT = """
            SELECT composition_id, code, draft, draft_number, head FROM composition
            WHERE tenant_id = :tenant AND code = :code\s""";

    Optional<DraftRow> find(UUID tenant, Reader reader, String code) {
        return jdbc.sql(SELECT + "AND " + Reader.READABLE)
                .param("tenant", tenant)
                .param("code", code)
                .params(reader.parameters())
                .query((row, number) -> draft(row))
                .optional();
    }

    /** Of a composition that the caller's transaction has locked, as it is by now. */
    DraftRow reread(UUID tenant, String code) {
        return jdbc.sql(SELECT)
                .param("tenant", tenant)
                .param("code", code)
                .query((row, number) -> draft(row))
                .single();
    }

    /** Reads the draft and keeps other writers from the composition until the transaction ends. */
    Optional<DraftRow> lock(UUID tenant, String code) {
        return jdbc.sql("""
                SELECT composition_id, code, draft, draft_number, head FROM composition
                WHERE tenant_id = :tenant AND code = :code FOR NO KEY UPDATE
                """)
                .param("tenant", tenant)
                .param("code", code)
                .query((row, number) -> draft(row))
                .optional();
    }

    /**
     * Operations with a number above {@code after}, ascending, at most {@code limit}. Fewer, but at least one, if they would
     * have more than {@code bytes} in all.
     */
    List<AppliedOperation> operations(UUID tenant, UUID compositionId, long after, int limit, long bytes) {
        return jdbc.sql("""
                SELECT number, operation, actor, at FROM (
                  SELECT number, operation, actor, at, sum(bytes) OVER (ORDER BY number) AS so_far,
                         row_number() OVER (ORDER BY number) AS place
                  FROM draft_operation
                  WHERE tenant_id = :tenant AND composition_id = :composition AND number > :after
                  ORDER BY number LIMIT :limit
                ) AS page
                WHERE so_far <= :bytes OR place = 1
                ORDER BY number
                """)
                .param("tenant", tenant)
                .param("composition", compositionId)
                .param("after", after)
                .param("limit", limit)
                .param("bytes", bytes)
                .query((row, number) -> new AppliedOperation(
                        row.getLong("number"),
                        WireJson.MAPPER.readValue(row.getString("operation"), DraftOperation.class),
                        row.getString("actor"),
                        CompositionRepository.instant(row, "at")))
                .list();
    }

    /**
     * Appends operations with the numbers after {@code last}, and forgets the oldest ones where there are more than are
     * kept. The caller holds the composition's row.
     *
     * @return what the tenant has more afterwards, or less
     */
    Growth append(UUID tenant, UUID compositionId, long last, List<DraftOperation> operations, String actor) {
        String[] texts =
                operations.stream().map(WireJson.MAPPER::writeValueAsString).toArray(String[]::new);
        long added = jdbc.sql("""
                WITH added AS (
                  INSERT INTO draft_operation (tenant_id, composition_id, number, operation, actor)
                  SELECT :tenant, :composition, :last + o.ordinal, o.operation::jsonb, :actor
                  FROM unnest(:operations::text[]) WITH ORDINALITY AS o (operation, ordinal)
                  RETURNING bytes
                )
                SELECT coalesce(sum(bytes), 0) FROM added
                """)
                .param("tenant", tenant)
                .param("composition", compositionId)
                .param("last", last)
                .param("operations", texts)
                .param("actor", actor)
                .query(Long.class)
                .single();
        boolean many = last / COUNTED_EVERY != (last + texts.length) / COUNTED_EVERY;
        if (many || Arrays.stream(texts).mapToLong(String::length).sum() > COUNTED_ABOVE) {
            added -= forget(tenant, compositionId);
        }
        return Growth.ofBytes(added);
    }

    /** Bytes of those that are kept no longer. */
    private long forget(UUID tenant, UUID compositionId) {
        return jdbc.sql("""
                WITH forgotten AS (
                  DELETE FROM draft_operation
                  WHERE tenant_id = :tenant AND composition_id = :composition AND number < (
                    SELECT min(number) FROM (
                      SELECT number, sum(bytes + :row) OVER (ORDER BY number DESC) AS kept FROM draft_operation
                      WHERE tenant_id = :tenant AND composition_id = :composition
                    ) AS newest
                    WHERE kept <= :most
                  )
                  RETURNING bytes
                )
                SELECT coalesce(sum(bytes), 0) FROM forgotten
                """)
                .param("tenant", tenant)
                .param("composition", compositionId)
                .param("row", ROW)
                .param("most", MOST_KEPT)
                .query(Long.class)
                .single();
    }

    /** The number of the newest operation that is no longer kept; 0 if all are. */
    long forgotten(UUID tenant, UUID compositionId) {
        return jdbc.sql("""
                SELECT coalesce(min(number) - 1, 0) FROM draft_operation
                WHERE tenant_id = :tenant AND composition_id = :composition
                """)
                .param("tenant", tenant)
                .param("composition", compositionId)
                .query(Long.class)
                .single();
    }

    /** What is kept of a composition's draft and its operations. */
    Growth size(UUID tenant, UUID compositionId) {
        return jdbc.sql("""
                SELECT octet_length(draft::text)
                  + (SELECT coalesce(sum(bytes), 0) FROM draft_operation
                     WHERE tenant_id = :tenant AND composition_id = :composition)
                FROM composition WHERE tenant_id = :tenant AND composition_id = :composition
                """)
                .param("tenant", tenant)
                .param("composition", compositionId)
                .query((row, number) -> Growth.ofBytes(row.getLong(1)))
                .single();
    }

    /**
     * The caller holds the composition's row.
     *
     * @return what the tenant has more afterwards, or less
     */
    Growth save(UUID tenant, DraftRow row) {
        return jdbc.sql("""
                UPDATE composition SET draft = :draft::jsonb, draft_number = :number, edition = edition + 1,
                  updated_at = now()
                FROM (
                  SELECT octet_length(draft::text) AS bytes FROM composition
                  WHERE tenant_id = :tenant AND composition_id = :composition
                ) AS before
                WHERE tenant_id = :tenant AND composition_id = :composition
                RETURNING octet_length(draft::text) - before.bytes
                """)
                .param("tenant", tenant)
                .param("composition", row.compositionId())
                .param("draft", json(row.code(), row.draft()))
                .param("number", row.number())
                .query((saved, number) -> Growth.ofBytes(saved.getLong(1)))
                .single();
    }

    /** How a draft is stored. */
    static String json(String composition, Draft draft) {
        return WireJson.MAPPER.writeValueAsString(DraftDocuments.write(composition, draft));
    }

    static Draft draft(String json) {
        return DraftDocuments.stored(WireJson.MAPPER.readValue(json, DraftDocument.class));
    }

    private static DraftRow draft(ResultSet row) throws SQLException {
        return new DraftRow(
                row.getObject("composition_id", UUID.class),
                row.getString("code"),
                draft(row.getString("draft")),
                row.getLong("draft_number"),
                Optional.ofNullable(row.getObject("head", Integer.class)));
    }
}
