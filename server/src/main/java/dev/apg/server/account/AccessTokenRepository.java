package dev.apg.server.account;

import dev.apg.contract.account.Token;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code access_token}. */
@Repository
class AccessTokenRepository {
    /** Of the row {@code m}. */
    private static final String COLUMNS =
            "token_id, label, role, scopes, created_at, last_used_at, expires_at, revoked_at, " + MachineColumns.ISSUER;

    private final JdbcClient jdbc;

    AccessTokenRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<StoredCredentials> findCredentials(UUID tenantId, UUID tokenId) {
        return jdbc.sql("""
                SELECT secret_hash, label, role, scopes, expires_at FROM access_token
                WHERE tenant_id = ? AND token_id = ? AND revoked_at IS NULL
                """)
                .params(tenantId, tokenId)
                .query((row, number) -> new StoredCredentials(
                        row.getBytes("secret_hash"),
                        row.getString("label"),
                        row.getString("role"),
                        MachineColumns.scopes(row),
                        Optional.ofNullable(MachineColumns.instant(row, "expires_at"))))
                .optional();
    }

    Token insert(
            UUID tenantId,
            UUID tokenId,
            byte[] secretHash,
            String label,
            Authority authority,
            @Nullable UUID issuedBy,
            Optional<Instant> expiresAt) {
        return jdbc.sql("""
                INSERT INTO access_token AS m (tenant_id, token_id, secret_hash, label, role, scopes, issued_by, expires_at)
                VALUES (:tenant, :token, :hash, :label, :role, :scopes, :issuer, :expires)
                RETURNING %s
                """.formatted(COLUMNS))
                .param("tenant", tenantId)
                .param("token", tokenId)
                .param("hash", secretHash)
                .param("label", label)
                .param("role", authority.role().wire())
                .param("scopes", MachineColumns.scopes(authority))
                .param("issuer", issuedBy)
                .param(
                        "expires",
                        expiresAt.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .query((row, number) -> token(row))
                .single();
    }

    /** Newest first; ids are made in the order of time. */
    List<Token> list(UUID tenantId, Optional<UUID> before, int limit) {
        return jdbc.sql("""
                SELECT %s FROM access_token m
                WHERE tenant_id = :tenant AND (:before::uuid IS NULL OR token_id < :before)
                ORDER BY token_id DESC LIMIT :limit
                """.formatted(COLUMNS))
                .param("tenant", tenantId)
                .param("before", before.orElse(null))
                .param("limit", limit)
                .query((row, number) -> token(row))
                .list();
    }

    long count(UUID tenantId) {
        return jdbc.sql("SELECT count(*) FROM access_token WHERE tenant_id = ?")
                .param(tenantId)
                .query(Long.class)
                .single();
    }

    /** The token as it is afterwards; empty if there is none or it was revoked before. */
    Optional<Token> revoke(UUID tenantId, UUID tokenId) {
        return jdbc.sql("""
                UPDATE access_token AS m SET revoked_at = now()
                WHERE tenant_id = ? AND token_id = ? AND revoked_at IS NULL
                RETURNING %s
                """.formatted(COLUMNS))
                .params(tenantId, tokenId)
                .query((row, number) -> token(row))
                .optional();
    }

    /** Labels of those that are not revoked; more than a refusal names are counted. */
    List<String> having(UUID tenantId, String role) {
        return jdbc.sql(
                        "SELECT label FROM access_token WHERE tenant_id = ? AND role = ? AND revoked_at IS NULL ORDER BY label")
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
                SELECT token_id, label FROM access_token
                WHERE tenant_id = ? AND token_id = ANY (?) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
                """)
                        .params(tenantId, ids.toArray(UUID[]::new))
                        .query((row, number) -> Map.entry(row.getObject(1, UUID.class), row.getString(2)))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    boolean exists(UUID tenantId, UUID tokenId) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM access_token WHERE tenant_id = ? AND token_id = ?)")
                .params(tenantId, tokenId)
                .query(Boolean.class)
                .single();
    }

    /** Not again within a minute: several nodes may see the same one. */
    int noteUses(UUID tenantId, List<LastUses.Use> uses) {
        return MachineColumns.noteUses(jdbc, """
                UPDATE access_token t SET last_used_at = u.at
                FROM unnest(:ids::uuid[], :times::timestamptz[]) AS u (id, at)
                WHERE tenant_id = :tenant AND t.token_id = u.id
                  AND (last_used_at IS NULL OR last_used_at <= u.at - interval '1 minute')
                """, tenantId, uses);
    }

    private static Token token(ResultSet row) throws SQLException {
        return new Token(
                row.getObject("token_id", UUID.class),
                row.getString("label"),
                row.getString("role"),
                MachineColumns.scopes(row),
                MachineColumns.issuer(row),
                Objects.requireNonNull(MachineColumns.instant(row, "created_at")),
                MachineColumns.instant(row, "last_used_at"),
                MachineColumns.instant(row, "expires_at"),
                MachineColumns.instant(row, "revoked_at"));
    }
}
