package dev.apg.server.capability;

import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.Digest;
import dev.apg.contract.capability.VersionDetail;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.capability.VersionState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code version}; inside a transaction of its tenant. */
@Repository
class VersionRepository {
    private final JdbcClient jdbc;

    VersionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What deciding about a version needs. */
    record Known(
            UUID id,
            UUID capabilityId,
            VersionState state,
            @Nullable String reason,
            String digest,
            long edition) {}

    /** Those of the versions that exist. */
    Map<VersionKey, Known> find(UUID tenantId, Collection<VersionKey> keys) {
        Map<VersionKey, Known> found = HashMap.newHashMap(keys.size());
        jdbc.sql("""
                SELECT capability.code, version.number, version.version_id, version.capability_id, version.state,
                       version.state_reason, version.digest, version.edition
                FROM unnest(:codes::text[], :numbers::text[]) AS wanted (code, number)
                JOIN capability ON capability.tenant_id = :tenant AND capability.code = wanted.code
                JOIN version ON version.tenant_id = :tenant
                  AND version.capability_id = capability.capability_id AND version.number = wanted.number
                """)
                .param("tenant", tenantId)
                .param("codes", keys.stream().map(VersionKey::capability).toArray(String[]::new))
                .param("numbers", keys.stream().map(VersionKey::number).toArray(String[]::new))
                .query(row -> {
                    found.put(
                            new VersionKey(row.getString("code"), row.getString("number")),
                            new Known(
                                    row.getObject("version_id", UUID.class),
                                    row.getObject("capability_id", UUID.class),
                                    VersionState.of(row.getString("state")),
                                    row.getString("state_reason"),
                                    Digest.ofBytes(row.getBytes("digest")).toString(),
                                    row.getLong("edition")));
                });
        return found;
    }

    /** A version as somebody looks at it; the document is null if it was purged. */
    Optional<VersionDetail> show(UUID tenantId, VersionKey key) {
        return jdbc.sql("""
                SELECT version.state, version.state_reason, version.digest, version.edition, version.published_at,
                       version.published_by, version.document
                FROM version JOIN capability USING (tenant_id, capability_id)
                WHERE version.tenant_id = :tenant AND capability.code = :code AND version.number = :number
                """)
                .param("tenant", tenantId)
                .param("code", key.capability())
                .param("number", key.number())
                .query((row, number) -> new VersionDetail(
                        key.capability(),
                        key.number(),
                        VersionState.of(row.getString("state")),
                        row.getString("state_reason"),
                        Digest.ofBytes(row.getBytes("digest")).toString(),
                        row.getLong("edition"),
                        CapabilityRepository.instant(row, "published_at"),
                        row.getString("published_by"),
                        document(row.getBytes("document")),
                        null))
                .optional();
    }

    private static @Nullable VersionDocument document(byte @Nullable [] canonical) {
        return canonical == null ? null : WireJson.MAPPER.readValue(canonical, VersionDocument.class);
    }

    /**
     * The numbers of a capability's versions, purged ones left out.
     *
     * @param yanked those of them that are yanked
     */
    record Numbers(List<String> all, Set<String> yanked) {
        static final Numbers NONE = new Numbers(List.of(), Set.of());
    }

    /** By code; a capability without a version is not in the result. */
    Map<String, Numbers> numbers(UUID tenantId, Collection<String> codes) {
        Map<String, Numbers> numbers = HashMap.newHashMap(codes.size());
        jdbc.sql("""
                SELECT capability.code, array_agg(version.number) AS numbers,
                  coalesce(array_agg(version.number) FILTER (WHERE version.state = 'yanked'), '{}') AS yanked
                FROM capability JOIN version USING (tenant_id, capability_id)
                WHERE capability.tenant_id = :tenant AND capability.code = ANY(:codes) AND version.state <> 'purged'
                GROUP BY capability.code
                """)
                .param("tenant", tenantId)
                .param("codes", codes.toArray(String[]::new))
                .query(row -> {
                    numbers.put(
                            row.getString("code"),
                            new Numbers(texts(row, "numbers"), Set.copyOf(texts(row, "yanked"))));
                });
        return numbers;
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    /** A row to add; document and structure are null for a tombstone. */
    record Row(
            UUID id,
            UUID capabilityId,
            String number,
            VersionState state,
            @Nullable String reason,
            byte[] digest,
            byte @Nullable [] document,
            @Nullable String structure,
            String publishedBy) {}

    /** Adds versions. One that another transaction added meanwhile is left as it is; the number of added rows tells. */
    int insert(UUID tenantId, List<Row> rows) {
        return jdbc.sql("""
                INSERT INTO version (tenant_id, version_id, capability_id, number, state, state_reason, digest, document,
                                     structure, published_by)
                SELECT :tenant, v.id, v.capability_id, v.number, v.state, v.reason, v.digest, v.document, v.structure,
                       v.published_by
                FROM unnest(:ids::uuid[], :capabilityIds::uuid[], :numbers::text[], :states::text[], :reasons::text[],
                            :digests::bytea[], :documents::bytea[], :structures::text[], :publishers::text[])
                  AS v (id, capability_id, number, state, reason, digest, document, structure, published_by)
                ON CONFLICT (tenant_id, capability_id, number) DO NOTHING
                """)
                .param("tenant", tenantId)
                .param("ids", rows.stream().map(Row::id).toArray(UUID[]::new))
                .param("capabilityIds", rows.stream().map(Row::capabilityId).toArray(UUID[]::new))
                .param("numbers", rows.stream().map(Row::number).toArray(String[]::new))
                .param("states", rows.stream().map(row -> row.state().wire()).toArray(String[]::new))
                .param("reasons", rows.stream().map(Row::reason).toArray(String[]::new))
                .param("digests", rows.stream().map(Row::digest).toArray(byte[][]::new))
                .param("documents", rows.stream().map(Row::document).toArray(byte[][]::new))
                .param("structures", rows.stream().map(Row::structure).toArray(String[]::new))
                .param("publishers", rows.stream().map(Row::publishedBy).toArray(String[]::new))
                .update();
    }

    /**
     * Sets the state, if the version still has the edition that this was decided on; a purge also removes document and
     * structure.
     */
    boolean setState(UUID tenantId, Known known, VersionState state, @Nullable String reason) {
        return jdbc.sql("""
                UPDATE version SET state = :state, state_reason = :reason, edition = edition + 1,
                  document = CASE WHEN :state = 'purged' THEN NULL ELSE document END,
                  structure = CASE WHEN :state = 'purged' THEN NULL ELSE structure END
                WHERE tenant_id = :tenant AND version_id = :id AND edition = :edition
                """)
                        .param("tenant", tenantId)
                        .param("id", known.id())
                        .param("edition", known.edition())
                        .param("state", state.wire())
                        .param("reason", reason)
                        .update()
                == 1;
    }

    /** Whether the capability has a version that can be used. */
    boolean anyUsable(UUID tenantId, UUID capabilityId) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM version WHERE tenant_id = :tenant AND capability_id = :id
                               AND state IN ('published', 'deprecated'))
                """)
                .param("tenant", tenantId)
                .param("id", capabilityId)
                .query(Boolean.class)
                .single();
    }
}
