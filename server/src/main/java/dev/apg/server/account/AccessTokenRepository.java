package dev.apg.server.account;

import dev.apg.contract.account.Token;
import dev.apg.server.tenancy.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
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
    record Credentials(byte[] secretHash, String label, Role role, Optional<Instant> expiresAt) {}

    Optional<Credentials> findCredentials(UUID tenantId, UUID tokenId) {
        return jdbc.sql("""
                SELECT secret_hash, label, role, expires_at FROM access_token
                WHERE tenant_id = ? AND token_id = ? AND revoked_at IS NULL
                """)
                .params(tenantId, tokenId)
                .query((row, number) -> new Credentials(
                        row.getBytes("secret_hash"),
                        row.getString("label"),
                        Role.parse(row.getString("role")).orElseThrow(),
                        Optional.ofNullable(instant(row.getObject("expires_at", OffsetDateTime.class)))))
                .optional();
    }

    Token insert(UUID tenantId, UUID tokenId, byte[] secretHash, String label, Role role, Optional<Instant> expiresAt) {
        return jdbc.sql("""
                INSERT INTO access_token (tenant_id, token_id, secret_hash, label, role, expires_at)
                VALUES (:tenant, :token, :hash, :label, :role, :expires)
                RETURNING token_id, label, role, created_at, expires_at, revoked_at
                """)
                .param("tenant", tenantId)
                .param("token", tokenId)
                .param("hash", secretHash)
                .param("label", label)
                .param("role", role.wire())
                .param(
                        "expires",
                        expiresAt.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .query((row, number) -> token(row))
                .single();
    }

    /** Newest first; ids are made in the order of time. */
    List<Token> list(UUID tenantId, Optional<UUID> before, int limit) {
        return jdbc.sql("""
                SELECT token_id, label, role, created_at, expires_at, revoked_at FROM access_token
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
                RETURNING token_id, label, role, created_at, expires_at, revoked_at
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

    private static Token token(ResultSet row) throws SQLException {
        return new Token(
                row.getObject("token_id", UUID.class),
                row.getString("label"),
                row.getString("role"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("expires_at", OffsetDateTime.class)),
                instant(row.getObject("revoked_at", OffsetDateTime.class)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
