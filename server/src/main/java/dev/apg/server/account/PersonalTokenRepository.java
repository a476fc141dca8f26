package dev.apg.server.account;

import dev.apg.contract.account.PersonalToken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code personal_token}. */
@Repository
class PersonalTokenRepository {
    private static final String COLUMNS = "token_id, label, scopes, created_at, last_used_at, expires_at";

    private final JdbcClient jdbc;

    PersonalTokenRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One, with what its account is. */
    record Stored(
            UUID account,
            boolean hasPassword,
            String name,
            String role,
            byte[] secretHash,
            @Nullable List<String> scopes,
            Instant expiresAt) {}

    /** What is needed to believe one, of an account that is not disabled. */
    Optional<Stored> find(CredentialKey key) {
        return jdbc.sql("""
                SELECT t.account_id, t.secret_hash, t.scopes, t.expires_at, a.name, a.role,
                       a.password_hash IS NOT NULL AS has_password
                FROM personal_token t JOIN account a USING (tenant_id, account_id)
                WHERE t.tenant_id = ? AND t.token_id = ? AND a.disabled_at IS NULL
                """)
                .params(key.tenantId(), key.id())
                .query((row, number) -> new Stored(
                        row.getObject("account_id", UUID.class),
                        row.getBoolean("has_password"),
                        row.getString("name"),
                        row.getString("role"),
                        row.getBytes("secret_hash"),
                        MachineColumns.scopes(row),
                        Objects.requireNonNull(MachineColumns.instant(row, "expires_at"))))
                .optional();
    }

    /** How many an account has; nobody makes another one until the transaction ends. */
    int take(UUID tenantId, UUID accountId) {
        jdbc.sql("SELECT FROM account WHERE tenant_id = ? AND account_id = ? FOR NO KEY UPDATE")
                .params(tenantId, accountId)
                .query((row, number) -> true)
                .list();
        return jdbc.sql("SELECT count(*) FROM personal_token WHERE tenant_id = ? AND account_id = ?")
                .params(tenantId, accountId)
                .query(Integer.class)
                .single();
    }

    PersonalToken insert(SecretText secret, UUID accountId, String label, Authority authority, Instant expiresAt) {
        return jdbc.sql("""
                INSERT INTO personal_token (tenant_id, token_id, account_id, secret_hash, label, scopes, expires_at)
                VALUES (:tenant, :token, :account, :hash, :label, :scopes, :expires) RETURNING
                """ + COLUMNS)
                .param("tenant", secret.tenantId())
                .param("token", secret.id())
                .param("account", accountId)
                .param("hash", secret.hash())
                .param("label", label)
                .param("scopes", MachineColumns.scopes(authority))
                .param("expires", expiresAt.atOffset(ZoneOffset.UTC))
                .query((row, number) -> token(row))
                .single();
    }

    /** Newest first; ids are made in the order of time. */
    List<PersonalToken> list(UUID tenantId, UUID accountId) {
        return jdbc.sql("SELECT " + COLUMNS
                        + " FROM personal_token WHERE tenant_id = ? AND account_id = ? ORDER BY token_id DESC")
                .params(tenantId, accountId)
                .query((row, number) -> token(row))
                .list();
    }

    /** What was deleted; empty if the account has no such one. */
    Optional<PersonalToken> delete(UUID tenantId, UUID accountId, UUID tokenId) {
        return jdbc.sql("DELETE FROM personal_token WHERE tenant_id = ? AND account_id = ? AND token_id = ? RETURNING "
                        + COLUMNS)
                .params(tenantId, accountId, tokenId)
                .query((row, number) -> token(row))
                .optional();
    }

    List<PersonalToken> deleteAll(UUID tenantId, UUID accountId) {
        return jdbc.sql("DELETE FROM personal_token WHERE tenant_id = ? AND account_id = ? RETURNING " + COLUMNS)
                .params(tenantId, accountId)
                .query((row, number) -> token(row))
                .list();
    }

    /** Not again within a minute: several nodes may see the same one. */
    int noteUses(UUID tenantId, List<LastUses.Use> uses) {
        return MachineColumns.noteUses(jdbc, """
                UPDATE personal_token t SET last_used_at = u.at
                FROM unnest(:ids::uuid[], :times::timestamptz[]) AS u (id, at)
                WHERE tenant_id = :tenant AND t.token_id = u.id
                  AND (last_used_at IS NULL OR last_used_at <= u.at - interval '1 minute')
                """, tenantId, uses);
    }

    private static PersonalToken token(ResultSet row) throws SQLException {
        return new PersonalToken(
                row.getObject("token_id", UUID.class),
                row.getString("label"),
                MachineColumns.scopes(row),
                Objects.requireNonNull(MachineColumns.instant(row, "created_at")),
                MachineColumns.instant(row, "last_used_at"),
                Objects.requireNonNull(MachineColumns.instant(row, "expires_at")));
    }
}
