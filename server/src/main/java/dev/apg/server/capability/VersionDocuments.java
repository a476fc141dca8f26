package dev.apg.server.capability;

import dev.apg.contract.canonical.Digest;
import dev.apg.contract.capability.Status;
import dev.apg.contract.capability.VersionState;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The documents of versions, read from the database by name. */
@Repository
public class VersionDocuments {
    /** Most versions of one call, so that memory stays bounded: a document may have 4 MiB. */
    public static final int MAX_KEYS = 1_000;

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;

    VersionDocuments(JdbcClient jdbc, TenantTransactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** What other tables know a version by; empty if there is none of that name. */
    public Optional<UUID> id(TenantContext context, VersionKey key) {
        return transactions.read(
                context.tenantId(),
                () -> jdbc.sql("""
                        SELECT version.version_id FROM capability JOIN version USING (tenant_id, capability_id)
                        WHERE capability.tenant_id = :tenant AND capability.code = :code AND version.number = :number
                        """)
                        .param("tenant", context.tenantId())
                        .param("code", key.capability())
                        .param("number", key.number())
                        .query(UUID.class)
                        .optional());
    }

    /** One version; empty if there is none of that name. */
    public Optional<StoredVersion> find(TenantContext context, VersionKey key) {
        return Optional.ofNullable(findAll(context, List.of(key)).get(key));
    }

    /**
     * Several versions at once, in one consistent read; a name that does not exist is not in the result.
     *
     * @throws IllegalArgumentException for more than {@link #MAX_KEYS}
     */
    public Map<VersionKey, StoredVersion> findAll(TenantContext context, Collection<VersionKey> keys) {
        if (keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("versions: %d (expected: at most %d)".formatted(keys.size(), MAX_KEYS));
        }
        Map<VersionKey, StoredVersion> found = HashMap.newHashMap(keys.size());
        transactions
                .read(
                        context.tenantId(),
                        () -> jdbc.sql("""
                        SELECT version.version_id, capability.code, version.number, version.state, version.digest, version.document
                        FROM unnest(:codes::text[], :numbers::text[]) AS wanted (code, number)
                        JOIN capability ON capability.tenant_id = :tenant AND capability.code = wanted.code
                        JOIN version ON version.tenant_id = :tenant
                          AND version.capability_id = capability.capability_id AND version.number = wanted.number
                        """)
                                .param("tenant", context.tenantId())
                                .param(
                                        "codes",
                                        keys.stream()
                                                .map(VersionKey::capability)
                                                .toArray(String[]::new))
                                .param(
                                        "numbers",
                                        keys.stream().map(VersionKey::number).toArray(String[]::new))
                                .query((row, number) -> stored(row))
                                .list())
                .forEach(version -> found.put(version.key(), version));
        return found;
    }

    /** How a version stands, which is also a matter of its capability. */
    public record Standing(VersionState state, Status status) {}

    /**
     * How versions stand, which nobody can change until the caller's transaction ends; one that does not exist is not in the
     * result. To be called inside a write.
     */
    public Map<VersionKey, Standing> lockStandings(TenantContext context, Collection<VersionKey> keys) {
        String[] codes = keys.stream().map(VersionKey::capability).toArray(String[]::new);
        // First capabilities by code and then versions by id, as imports write them: so no two wait for each other.
        jdbc.sql("SELECT FROM capability WHERE tenant_id = :tenant AND code = ANY(:codes) ORDER BY code FOR SHARE")
                .param("tenant", context.tenantId())
                .param("codes", codes)
                .query(row -> {});
        Map<VersionKey, Standing> standings = HashMap.newHashMap(keys.size());
        jdbc.sql("""
                SELECT capability.code, capability.status, version.number, version.state
                FROM unnest(:codes::text[], :numbers::text[]) AS wanted (code, number)
                JOIN capability ON capability.tenant_id = :tenant AND capability.code = wanted.code
                JOIN version ON version.tenant_id = :tenant
                  AND version.capability_id = capability.capability_id AND version.number = wanted.number
                ORDER BY version.version_id FOR SHARE OF version
                """)
                .param("tenant", context.tenantId())
                .param("codes", codes)
                .param("numbers", keys.stream().map(VersionKey::number).toArray(String[]::new))
                .query((RowCallbackHandler) row -> standings.put(
                        new VersionKey(row.getString("code"), row.getString("number")),
                        new Standing(VersionState.of(row.getString("state")), Status.of(row.getString("status")))));
        return standings;
    }

    private static StoredVersion stored(ResultSet row) throws SQLException {
        return new StoredVersion(
                row.getObject("version_id", UUID.class),
                new VersionKey(row.getString("code"), row.getString("number")),
                VersionState.of(row.getString("state")),
                Digest.ofBytes(row.getBytes("digest")).toString(),
                Optional.ofNullable(row.getBytes("document")));
    }
}
