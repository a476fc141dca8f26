package dev.apg.server.account;

import dev.apg.contract.account.Client;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code client}. */
@Repository
class ClientRepository {
    /** Of the row {@code m}. */
    private static final String COLUMNS =
            "tenant_id, client_id, label, role, scopes, created_at, last_used_at, revoked_at, " + MachineColumns.ISSUER;

    private final JdbcClient jdbc;

    ClientRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<StoredCredentials> findCredentials(UUID tenantId, UUID clientId) {
        return jdbc.sql("""
                SELECT secret_hash, label, role, scopes FROM client
                WHERE tenant_id = ? AND client_id = ? AND revoked_at IS NULL
                """)
                .params(tenantId, clientId)
                .query((row, number) -> new StoredCredentials(
                        row.getBytes("secret_hash"),
                        row.getString("label"),
                        row.getString("role"),
                        MachineColumns.scopes(row),
                        Optional.empty()))
                .optional();
    }

    Client insert(ClientId id, byte[] secretHash, String label, Authority authority, @Nullable UUID issuedBy) {
        return jdbc.sql("""
                INSERT INTO client AS m (tenant_id, client_id, secret_hash, label, role, scopes, issued_by)
                VALUES (:tenant, :client, :hash, :label, :role, :scopes, :issuer)
                RETURNING %s
                """.formatted(COLUMNS))
                .param("tenant", id.tenantId())
                .param("client", id.id())
                .param("hash", secretHash)
                .param("label", label)
                .param("role", authority.role().wire())
                .param("scopes", MachineColumns.scopes(authority))
                .param("issuer", issuedBy)
                .query((row, number) -> client(row))
                .single();
    }

    /** Newest first; ids are made in the order of time. */
    List<Client> list(UUID tenantId, Optional<UUID> before, int limit) {
        return jdbc.sql("""
                SELECT %s FROM client m
                WHERE tenant_id = :tenant AND (:before::uuid IS NULL OR client_id < :before)
                ORDER BY client_id DESC LIMIT :limit
                """.formatted(COLUMNS))
                .param("tenant", tenantId)
                .param("before", before.orElse(null))
                .param("limit", limit)
                .query((row, number) -> client(row))
                .list();
    }

    long count(UUID tenantId) {
        return jdbc.sql("SELECT count(*) FROM client WHERE tenant_id = ?")
                .param(tenantId)
                .query(Long.class)
                .single();
    }

    /** The client as it is afterwards; empty if there is none or it was revoked before. */
    Optional<Client> revoke(UUID tenantId, UUID clientId) {
        return jdbc.sql("""
                UPDATE client AS m SET revoked_at = now()
                WHERE tenant_id = ? AND client_id = ? AND revoked_at IS NULL
                RETURNING %s
                """.formatted(COLUMNS))
                .params(tenantId, clientId)
                .query((row, number) -> client(row))
                .optional();
    }

    /** Labels of those that are not revoked; more than a refusal names are counted. */
    List<String> having(UUID tenantId, String role) {
        return jdbc.sql(
                        "SELECT label FROM client WHERE tenant_id = ? AND role = ? AND revoked_at IS NULL ORDER BY label")
                .params(tenantId, role)
                .query((row, number) -> row.getString("label"))
                .list();
    }

    /** By id, of those that may still come in. */
    Map<UUID, String> labels(UUID tenantId, List<UUID> ids) {
        return ids.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("""
                SELECT client_id, label FROM client
                WHERE tenant_id = ? AND client_id = ANY (?) AND revoked_at IS NULL
                """)
                        .params(tenantId, ids.toArray(UUID[]::new))
                        .query((row, number) -> Map.entry(row.getObject(1, UUID.class), row.getString(2)))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    boolean exists(UUID tenantId, UUID clientId) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM client WHERE tenant_id = ? AND client_id = ?)")
                .params(tenantId, clientId)
                .query(Boolean.class)
                .single();
    }

    /** Not again within a minute: several nodes may see the same one. */
    int noteUses(UUID tenantId, List<LastUses.Use> uses) {
        return MachineColumns.noteUses(jdbc, """
                UPDATE client c SET last_used_at = u.at
                FROM unnest(:ids::uuid[], :times::timestamptz[]) AS u (id, at)
                WHERE tenant_id = :tenant AND c.client_id = u.id
                  AND (last_used_at IS NULL OR last_used_at <= u.at - interval '1 minute')
                """, tenantId, uses);
    }

    private static Client client(ResultSet row) throws SQLException {
        var id = new ClientId(row.getObject("tenant_id", UUID.class), row.getObject("client_id", UUID.class));
        return new Client(
                id.id(),
                id.text(),
                row.getString("label"),
                row.getString("role"),
                MachineColumns.scopes(row),
                MachineColumns.issuer(row),
                Objects.requireNonNull(MachineColumns.instant(row, "created_at")),
                MachineColumns.instant(row, "last_used_at"),
                MachineColumns.instant(row, "revoked_at"));
    }
}
