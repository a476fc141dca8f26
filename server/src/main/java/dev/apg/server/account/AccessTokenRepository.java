package dev.apg.server.account;

import dev.apg.contract.account.Token;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.Role;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code access_token}. */
@Repository
class AccessTokenRepository {
    private final JdbcClient jdbc;

    AccessTokenRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is needed to believe a bearer; only of tokens that are not revoked. */
    record Credentials(
            byte[] secretHash, String label, Role role, Set<Permission> scopes, Optional<Instant> expiresAt) {}

    Optional<Credentials> findCredentials(UUID tenantId, UUID tokenId) {
        return jdbc.sql("""
                SELECT secret_hash, label, role, scopes, expires_at FROM access_token
                WHERE tenant_id = ? AND token_id = ? AND revoked_at IS NULL
                """)
                .params(tenantId, tokenId)
                .query((row, number) -> new Credentials(
                        row.getBytes("secret_hash"),
                        row.getString("label"),
                        authority(row).role(),
                        authority(row).bound(),
                        Optional.ofNullable(instant(row.getObject("expires_at", OffsetDateTime.class)))))
                .optional();
    }

    Token insert(
            UUID tenantId,
            UUID tokenId,
            byte[] secretHash,
            String label,
            Authority authority,
            Optional<Instant> expiresAt) {
        return jdbc.sql("""
                INSERT INTO access_token (tenant_id, token_id, secret_hash, label, role, scopes, expires_at)
                VALUES (:tenant, :token, :hash, :label, :role, :scopes, :expires)
                RETURNING token_id, label, role, scopes, created_at, last_used_at, expires_at, revoked_at
                """)
                .param("tenant", tenantId)
                .param("token", tokenId)
                .param("hash", secretHash)
                .param("label", label)
                .param("role", authority.role().wire())
                .param("scopes", scopes(authority))
                .param(
                        "expires",
                        expiresAt.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .query((row, number) -> token(row))
                .single();
    }

    /** Newest first; ids are made in the order of time. */
    List<Token> list(UUID tenantId, Optional<UUID> before, int limit) {
        return jdbc.sql("""
                SELECT token_id, label, role, scopes, created_at, last_used_at, expires_at, revoked_at FROM access_token
                WHERE tenant_id = :tenant AND (:before::uuid IS NULL OR token_id < :before)
                ORDER BY token_id DESC LIMIT :limit
                """)
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
                UPDATE access_token SET revoked_at = now()
                WHERE tenant_id = ? AND token_id = ? AND revoked_at IS NULL
                RETURNING token_id, label, role, scopes, created_at, last_used_at, expires_at, revoked_at
                """)
                .params(tenantId, tokenId)
                .query((row, number) -> token(row))
                .optional();
    }

    boolean exists(UUID tenantId, UUID tokenId) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM access_token WHERE tenant_id = ? AND token_id = ?)")
                .params(tenantId, tokenId)
                .query(Boolean.class)
                .single();
    }

    /** Not again within a minute: several nodes may see the same token. */
    int noteUses(UUID tenantId, List<LastUses.Use> uses) {
        return jdbc.sql("""
                UPDATE access_token SET last_used_at = u.at
                FROM unnest(:tokens::uuid[], :times::timestamptz[]) AS u (token_id, at)
                WHERE tenant_id = :tenant AND access_token.token_id = u.token_id
                  AND (last_used_at IS NULL OR last_used_at <= u.at - interval '1 minute')
                """)
                .param("tenant", tenantId)
                .param("tokens", uses.stream().map(LastUses.Use::tokenId).toArray(UUID[]::new))
                .param("times", uses.stream().map(use -> use.at().toString()).toArray(String[]::new))
                .update();
    }

    private static Authority authority(ResultSet row) throws SQLException {
        Array scopes = row.getArray("scopes");
        return Authority.stored(row.getString("role"), scopes == null ? null : (String[]) scopes.getArray());
    }

    private static String @Nullable [] scopes(Authority authority) {
        List<String> scopes = authority.wireScopes();
        return scopes == null ? null : scopes.toArray(String[]::new);
    }

    private static Token token(ResultSet row) throws SQLException {
        return new Token(
                row.getObject("token_id", UUID.class),
                row.getString("label"),
                authority(row).role().wire(),
                authority(row).wireScopes(),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("last_used_at", OffsetDateTime.class)),
                instant(row.getObject("expires_at", OffsetDateTime.class)),
                instant(row.getObject("revoked_at", OffsetDateTime.class)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
