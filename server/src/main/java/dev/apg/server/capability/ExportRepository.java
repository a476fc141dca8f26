package dev.apg.server.capability;

import dev.apg.contract.capability.ServiceDocument;
import dev.apg.contract.capability.VersionState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Everything that a tenant has, in the order of an export, read a few rows at a time. Each stream must be closed, and read
 * inside one transaction. Documents are asked for apart, because a few hundred of them may be a gigabyte.
 */
@Repository
class ExportRepository {
    private static final int ROWS_AT_ONCE = 200;

    private final JdbcClient jdbc;

    ExportRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A version without its document.
     *
     * @param bytes of the document; 0 if it was purged
     */
    record Row(
            UUID id,
            UUID capabilityId,
            String number,
            VersionState state,
            @Nullable String reason,
            byte[] digest,
            int bytes) {

        /** The number without what makes it a pre-release. */
        String release() {
            return number.split("-", 2)[0];
        }
    }

    /** By code. */
    Stream<ServiceDocument> services(UUID tenantId) {
        return jdbc
                .sql("""
                SELECT code, description FROM service WHERE tenant_id = :tenant ORDER BY code COLLATE "C"
                """)
                .withFetchSize(ROWS_AT_ONCE)
                .param("tenant", tenantId)
                .query((row, number) -> new ServiceDocument(
                        ServiceDocument.FORMAT, row.getString("code"), row.getString("description")))
                .stream();
    }

    /** By code. */
    Stream<PublishedCapability> capabilities(UUID tenantId) {
        return jdbc
                .sql(CapabilityRepository.SELECT + " ORDER BY code COLLATE \"C\"")
                .withFetchSize(ROWS_AT_ONCE)
                .param("tenant", tenantId)
                .query(CapabilityRepository.ROW)
                .stream();
    }

    /**
     * By the capability's code, then by release; pre-releases of one release in any order. Those that wait for approval are
     * left out: an import would publish them.
     */
    Stream<Row> versions(UUID tenantId) {
        return jdbc
                .sql("""
                SELECT version_id, capability_id, number, state, state_reason, digest,
                       coalesce(octet_length(document), 0) AS bytes
                FROM version JOIN capability USING (tenant_id, capability_id)
                WHERE tenant_id = :tenant AND state <> 'pending'
                ORDER BY code COLLATE "C", string_to_array(split_part(number, '-', 1), '.')::numeric[]
                """)
                .withFetchSize(ROWS_AT_ONCE)
                .param("tenant", tenantId)
                .query((row, number) -> new Row(
                        row.getObject("version_id", UUID.class),
                        row.getObject("capability_id", UUID.class),
                        row.getString("number"),
                        VersionState.of(row.getString("state")),
                        row.getString("state_reason"),
                        row.getBytes("digest"),
                        row.getInt("bytes")))
                .stream();
    }

    /** The documents of those versions that have one, by id; as large as the rows said. */
    Map<UUID, byte[]> documents(UUID tenantId, List<UUID> ids) {
        Map<UUID, byte[]> documents = HashMap.newHashMap(ids.size());
        jdbc.sql("""
                SELECT version_id, document FROM version
                WHERE tenant_id = :tenant AND version_id = ANY(:ids) AND document IS NOT NULL
                """)
                .param("tenant", tenantId)
                .param("ids", ids.toArray(UUID[]::new))
                .query(row -> {
                    documents.put(row.getObject("version_id", UUID.class), row.getBytes("document"));
                });
        return documents;
    }
}
