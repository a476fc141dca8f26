package dev.apg.server.capability;

import dev.apg.contract.WireJson;
import dev.apg.contract.capability.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code capability}; inside a transaction of its tenant. */
@Repository
class CapabilityRepository {
    static final String SELECT = """
            SELECT capability_id, code, display_name, description, category, subcategory, owner, tags, keywords, status,
                   edition, created_at, updated_at
            FROM capability WHERE tenant_id = :tenant""";

    static final RowMapper<PublishedCapability> ROW = (row, number) -> new PublishedCapability(
            row.getObject("capability_id", UUID.class),
            row.getString("code"),
            row.getString("display_name"),
            row.getString("description"),
            row.getString("category"),
            row.getString("subcategory"),
            row.getString("owner"),
            texts(row, "tags"),
            texts(row, "keywords"),
            Status.of(row.getString("status")),
            row.getLong("edition"),
            instant(row, "created_at"),
            instant(row, "updated_at"),
            List.of());

    private final JdbcClient jdbc;

    CapabilityRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of the codes that exist, with their describing fields and without versions. */
    Map<String, PublishedCapability> find(UUID tenantId, Collection<String> codes) {
        Map<String, PublishedCapability> found = HashMap.newHashMap(codes.size());
        jdbc.sql(SELECT + " AND code = ANY(:codes)")
                .param("tenant", tenantId)
                .param("codes", codes.toArray(String[]::new))
                .query(ROW)
                .list()
                .forEach(capability -> found.put(capability.code(), capability));
        return found;
    }

    /**
     * A capability that stays while the transaction lasts, and so do the grants on it.
     *
     * @param guarded whether there are any
     */
    record Held(UUID id, String code, boolean guarded) {}

    /** Waits until no other transaction changes the capability, and keeps others waiting until this one ends. */
    Optional<Held> lock(UUID tenantId, String code) {
        return held(tenantId, List.of(code), "FOR NO KEY UPDATE").stream().findFirst();
    }

    /** The same, for whoever changes grants: also those who only publish wait. */
    Optional<Held> lockGrants(UUID tenantId, String code) {
        return held(tenantId, List.of(code), "FOR UPDATE").stream().findFirst();
    }

    /** Keeps the grants on capabilities as they are until the transaction ends; those of the codes that exist. */
    List<Held> hold(UUID tenantId, Collection<String> codes) {
        return held(tenantId, codes, "FOR KEY SHARE");
    }

    /** The same without keeping anything, where nothing is written. */
    List<Held> look(UUID tenantId, Collection<String> codes) {
        return held(tenantId, codes, "");
    }

    private List<Held> held(UUID tenantId, Collection<String> codes, String locking) {
        return jdbc.sql("""
                SELECT capability_id, code, guarded FROM capability
                WHERE tenant_id = :tenant AND code = ANY (:codes) ORDER BY capability_id\s""" + locking)
                .param("tenant", tenantId)
                .param("codes", codes.toArray(String[]::new))
                .query((row, number) -> new Held(
                        row.getObject("capability_id", UUID.class), row.getString("code"), row.getBoolean("guarded")))
                .list();
    }

    /** Notes whether there are grants on them. */
    void setGuarded(UUID tenantId, Collection<UUID> capabilities, boolean guarded) {
        jdbc.sql("UPDATE capability SET guarded = :guarded WHERE tenant_id = :tenant AND capability_id = ANY (:ids)")
                .param("guarded", guarded)
                .param("tenant", tenantId)
                .param("ids", capabilities.toArray(UUID[]::new))
                .update();
    }

    /** The ids of those of the codes that exist. */
    Map<String, UUID> ids(UUID tenantId, Collection<String> codes) {
        Map<String, UUID> found = HashMap.newHashMap(codes.size());
        jdbc.sql("SELECT code, capability_id FROM capability WHERE tenant_id = :tenant AND code = ANY(:codes)")
                .param("tenant", tenantId)
                .param("codes", codes.toArray(String[]::new))
                .query(row -> {
                    found.put(row.getString("code"), row.getObject("capability_id", UUID.class));
                });
        return found;
    }

    /**
     * Adds capabilities. One that another transaction added meanwhile is left as it is; the number of added rows tells.
     */
    int insert(UUID tenantId, List<PublishedCapability> capabilities) {
        return write("""
                INSERT INTO capability (tenant_id, capability_id, code, display_name, description, category, subcategory,
                                        owner, tags, keywords, status)
                SELECT :tenant, c.id, c.code, c.display_name, c.description, c.category, c.subcategory, c.owner,
                       ARRAY(SELECT jsonb_array_elements_text(c.tags::jsonb)),
                       ARRAY(SELECT jsonb_array_elements_text(c.keywords::jsonb)), c.status
                FROM unnest(:ids::uuid[], :codes::text[], :names::text[], :descriptions::text[], :categories::text[],
                            :subcategories::text[], :owners::text[], :tags::text[], :keywords::text[], :statuses::text[],
                            :editions::bigint[])
                  AS c (id, code, display_name, description, category, subcategory, owner, tags, keywords, status, edition)
                ON CONFLICT (tenant_id, code) DO NOTHING
                """, tenantId, capabilities);
    }

    /**
     * Writes describing fields, owner and status as they are given, and counts the edition up. A row whose edition is no
     * longer the given one stays as it is; the number of changed rows tells.
     */
    int update(UUID tenantId, List<PublishedCapability> capabilities) {
        return write("""
                UPDATE capability SET display_name = c.display_name, description = c.description, category = c.category,
                  subcategory = c.subcategory, owner = c.owner,
                  tags = ARRAY(SELECT jsonb_array_elements_text(c.tags::jsonb)),
                  keywords = ARRAY(SELECT jsonb_array_elements_text(c.keywords::jsonb)),
                  status = c.status, edition = capability.edition + 1, updated_at = now()
                FROM unnest(:ids::uuid[], :codes::text[], :names::text[], :descriptions::text[], :categories::text[],
                            :subcategories::text[], :owners::text[], :tags::text[], :keywords::text[], :statuses::text[],
                            :editions::bigint[])
                  AS c (id, code, display_name, description, category, subcategory, owner, tags, keywords, status, edition)
                WHERE tenant_id = :tenant AND capability_id = c.id AND capability.edition = c.edition
                """, tenantId, capabilities);
    }

    private int write(String sql, UUID tenantId, List<PublishedCapability> capabilities) {
        return jdbc.sql(sql)
                .param("tenant", tenantId)
                .param("ids", capabilities.stream().map(PublishedCapability::id).toArray(UUID[]::new))
                .param("codes", column(capabilities, PublishedCapability::code))
                .param("names", column(capabilities, PublishedCapability::displayName))
                .param("descriptions", column(capabilities, PublishedCapability::description))
                .param("categories", column(capabilities, PublishedCapability::category))
                .param("subcategories", column(capabilities, PublishedCapability::subcategory))
                .param("owners", column(capabilities, PublishedCapability::owner))
                .param("tags", column(capabilities, capability -> json(capability.tags())))
                .param("keywords", column(capabilities, capability -> json(capability.keywords())))
                .param(
                        "statuses",
                        column(capabilities, capability -> capability.status().wire()))
                .param(
                        "editions",
                        capabilities.stream().map(PublishedCapability::edition).toArray(Long[]::new))
                .update();
    }

    /** An array of arrays would have to be a rectangle, so lists travel as JSON. */
    private static String json(List<String> list) {
        return WireJson.MAPPER.writeValueAsString(list);
    }

    private static String[] column(
            List<PublishedCapability> capabilities, Function<PublishedCapability, String> value) {
        return capabilities.stream().map(value).toArray(String[]::new);
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
