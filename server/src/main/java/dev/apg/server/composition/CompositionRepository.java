package dev.apg.server.composition;

import dev.apg.contract.composition.CompositionType;
import dev.apg.server.platform.NearCodes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code composition} without its drafts. */
@Repository
class CompositionRepository {
    private static final String COLUMNS = """
            composition_id, code, display_name, description, type, owner, draft_number, head, guarded, edition, created_at,
            updated_at
            """;

    private final JdbcClient jdbc;

    CompositionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<CompositionRow> find(UUID tenant, Reader reader, String code) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM composition WHERE tenant_id = :tenant AND code = :code AND "
                        + Reader.READABLE)
                .param("tenant", tenant)
                .param("code", code)
                .params(reader.parameters())
                .query((row, number) -> composition(row))
                .optional();
    }

    /** One that the caller's transaction has locked or made, as it is by now. */
    CompositionRow reread(UUID tenant, String code) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM composition WHERE tenant_id = :tenant AND code = :code")
                .param("tenant", tenant)
                .param("code", code)
                .query((row, number) -> composition(row))
                .single();
    }

    /** The code that was probably meant by one that nothing has which the reader may read. */
    Optional<String> near(UUID tenant, Reader reader, String code) {
        return NearCodes.nearest(code, (from, limit) -> codes(tenant, reader, from, limit), name -> Stream.empty());
    }

    /** Notes whether there are grants on it; counts the edition. */
    void setGuarded(UUID tenant, UUID id, boolean guarded) {
        jdbc.sql("""
                UPDATE composition SET guarded = :guarded, edition = edition + 1, updated_at = now()
                WHERE tenant_id = :tenant AND composition_id = :id
                """)
                .param("guarded", guarded)
                .param("tenant", tenant)
                .param("id", id)
                .update();
    }

    private Stream<String> codes(UUID tenant, Reader reader, String from, int limit) {
        return jdbc
                .sql("SELECT code FROM composition WHERE tenant_id = :tenant AND code COLLATE \"C\" >= :from AND "
                        + Reader.READABLE + " ORDER BY code COLLATE \"C\" LIMIT :limit")
                .params(reader.parameters())
                .param("tenant", tenant)
                .param("from", from)
                .param("limit", limit)
                .query((row, number) -> row.getString("code"))
                .list()
                .stream();
    }

    /** Reads the row and keeps other writers from it until the transaction ends. */
    Optional<CompositionRow> lock(UUID tenant, String code) {
        return jdbc.sql("SELECT " + COLUMNS + """
                 FROM composition WHERE tenant_id = :tenant AND code = :code FOR NO KEY UPDATE
                """)
                .param("tenant", tenant)
                .param("code", code)
                .query((row, number) -> composition(row))
                .optional();
    }

    /**
     * A page by code; {@code limit} rows at most.
     *
     * @param locked the version that the filter names
     */
    List<CompositionRow> page(
            UUID tenant,
            Reader reader,
            CompositionFilter filter,
            Optional<UUID> locked,
            Optional<String> after,
            int limit) {
        Map<String, Object> parameters = new TreeMap<>(reader.parameters());
        String where = where(tenant, filter, locked, parameters);
        if (after.isPresent()) {
            where += " AND code COLLATE \"C\" > :after";
            parameters.put("after", after.get());
        }
        parameters.put("limit", limit);
        return jdbc.sql("SELECT " + COLUMNS + " FROM composition WHERE " + where
                        + " ORDER BY code COLLATE \"C\" LIMIT :limit")
                .params(parameters)
                .query((row, number) -> composition(row))
                .list();
    }

    long count(UUID tenant, Reader reader, CompositionFilter filter, Optional<UUID> locked) {
        Map<String, Object> parameters = new TreeMap<>(reader.parameters());
        String where = where(tenant, filter, locked, parameters);
        return jdbc.sql("SELECT count(*) FROM composition WHERE " + where)
                .params(parameters)
                .query(Long.class)
                .single();
    }

    /** Only the filters that are given, so that each list runs on the index made for it. */
    private static String where(
            UUID tenant, CompositionFilter filter, Optional<UUID> locked, Map<String, Object> parameters) {
        var where = new StringBuilder("tenant_id = :tenant AND ").append(Reader.READABLE);
        parameters.put("tenant", tenant);
        filter.type().ifPresent(type -> {
            where.append(" AND type = :type");
            parameters.put("type", type.wire());
        });
        filter.owner().ifPresent(owner -> {
            where.append(" AND owner = :owner");
            parameters.put("owner", owner);
        });
        filter.prefix().ifPresent(prefix -> {
            // A code is ASCII, so nothing that begins with the prefix sorts behind this.
            where.append(" AND code COLLATE \"C\" >= :prefix AND code COLLATE \"C\" < :beyond");
            parameters.put("prefix", prefix);
            parameters.put("beyond", prefix + '\u007f');
        });
        locked.ifPresent(version -> {
            where.append(" AND ").append("""
                    EXISTS (SELECT FROM revision_entry AS entry WHERE entry.tenant_id = composition.tenant_id
                      AND entry.version_id = :locked AND entry.composition_id = composition.composition_id
                      AND entry.number = composition.head)""");
            parameters.put("locked", version);
        });
        return where.toString();
    }

    /** Returns whether the code was free. */
    boolean insert(UUID tenant, NewRow composition, Draft draft) {
        return jdbc.sql("""
                INSERT INTO composition (tenant_id, composition_id, code, display_name, description, type, owner, draft)
                VALUES (:tenant, :id, :code, :displayName, :description, :type, :owner, :draft::jsonb)
                ON CONFLICT (tenant_id, code) DO NOTHING
                """)
                        .param("tenant", tenant)
                        .param("id", composition.id())
                        .param("code", composition.code())
                        .param("displayName", composition.description().displayName())
                        .param("description", composition.description().description())
                        .param("type", composition.description().type().wire())
                        .param("owner", composition.description().owner())
                        .param("draft", DraftRepository.json(composition.code(), draft))
                        .update()
                == 1;
    }

    /** What a composition begins with. */
    record NewRow(UUID id, String code, Descriptions.Description description) {}

    /** Changes the describing fields and counts the edition. */
    void describe(UUID tenant, UUID id, Descriptions.Description description) {
        jdbc.sql("""
                UPDATE composition SET display_name = :displayName, description = :description, type = :type,
                  owner = :owner, edition = edition + 1, updated_at = now()
                WHERE tenant_id = :tenant AND composition_id = :id
                """)
                .param("tenant", tenant)
                .param("id", id)
                .param("displayName", description.displayName())
                .param("description", description.description())
                .param("type", description.type().wire())
                .param("owner", description.owner())
                .update();
    }

    /** With its operations; a frozen one cannot be deleted. */
    void delete(UUID tenant, UUID id) {
        jdbc.sql("DELETE FROM composition WHERE tenant_id = :tenant AND composition_id = :id")
                .param("tenant", tenant)
                .param("id", id)
                .update();
    }

    private static CompositionRow composition(ResultSet row) throws SQLException {
        return new CompositionRow(
                row.getObject("composition_id", UUID.class),
                row.getString("code"),
                row.getString("display_name"),
                row.getString("description"),
                CompositionType.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
                row.getString("owner"),
                row.getLong("draft_number"),
                Optional.ofNullable(row.getObject("head", Integer.class)),
                row.getBoolean("guarded"),
                row.getLong("edition"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
