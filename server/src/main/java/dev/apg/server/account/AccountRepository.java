package dev.apg.server.account;

import dev.apg.contract.account.Account;
import dev.apg.contract.account.AccountState;
import dev.apg.server.tenancy.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code account}. */
@Repository
class AccountRepository {
    private static final String COLUMNS =
            "account_id, email, name, role, disabled_at, email_verified_at, created_at, last_login_at, edition,"
                    + " password_hash IS NOT NULL OR EXISTS (SELECT FROM account_identity i WHERE i.tenant_id = account.tenant_id"
                    + " AND i.account_id = account.account_id) AS can_come_in";

    private final JdbcClient jdbc;

    AccountRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a login is held against.
     *
     * @param passwordHash empty, if it may not come in
     * @param isKnownPlace whether somebody came in from this place before
     */
    record Known(
            UUID id, String email, String name, String role, Optional<String> passwordHash, boolean isKnownPlace) {}

    private static final String KNOWN = """
            SELECT account_id, email, name, role, CASE WHEN disabled_at IS NULL THEN password_hash END AS usable_hash,
              EXISTS (SELECT FROM session s WHERE s.tenant_id = a.tenant_id AND s.account_id = a.account_id
                      AND s.place = :place) AS known_place
            FROM account a WHERE tenant_id = :tenant
            """;

    Optional<Known> findForLogin(UUID tenantId, EmailAddress email, String place) {
        return jdbc.sql(KNOWN + "AND email = :email")
                .param("tenant", tenantId)
                .param("email", email.text())
                .param("place", place)
                .query((row, number) -> known(row))
                .optional();
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(
                row.getObject("account_id", UUID.class),
                row.getString("email"),
                row.getString("name"),
                row.getString("role"),
                Optional.ofNullable(row.getString("usable_hash")),
                row.getBoolean("known_place"));
    }

    /** The same, of somebody whose account is known. */
    Optional<Known> findForLogin(UUID tenantId, UUID accountId, String place) {
        return jdbc.sql(KNOWN + "AND account_id = :account")
                .param("tenant", tenantId)
                .param("account", accountId)
                .param("place", place)
                .query((row, number) -> known(row))
                .optional();
    }

    /** The hash of somebody who is in. */
    Optional<String> passwordHash(UUID tenantId, UUID accountId) {
        return jdbc.sql("SELECT password_hash FROM account WHERE tenant_id = ? AND account_id = ?")
                .params(tenantId, accountId)
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .single();
    }

    void noteLogin(UUID tenantId, UUID accountId) {
        jdbc.sql("UPDATE account SET last_login_at = now() WHERE tenant_id = ? AND account_id = ?")
                .params(tenantId, accountId)
                .update();
    }

    /** Empty if the tenant has an account with this address. */
    Optional<Account> insert(UUID tenantId, UUID accountId, EmailAddress email, String name, String role) {
        return jdbc.sql("""
                INSERT INTO account (tenant_id, account_id, email, name, role)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT (tenant_id, email) DO NOTHING
                RETURNING %s
                """.formatted(COLUMNS))
                .params(tenantId, accountId, email.text(), name, role)
                .query((row, number) -> account(row))
                .optional();
    }

    Optional<Account> find(UUID tenantId, EmailAddress email) {
        return jdbc.sql("SELECT %s FROM account WHERE tenant_id = ? AND email = ?".formatted(COLUMNS))
                .params(tenantId, email.text())
                .query((row, number) -> account(row))
                .optional();
    }

    /** That mail arrives at the address, as somebody says who knows. */
    void noteVerified(UUID tenantId, UUID accountId) {
        jdbc.sql("""
                UPDATE account SET email_verified_at = coalesce(email_verified_at, now())
                WHERE tenant_id = ? AND account_id = ?
                """).params(tenantId, accountId).update();
    }

    Optional<Account> find(UUID tenantId, UUID accountId) {
        return jdbc.sql("SELECT %s FROM account WHERE tenant_id = ? AND account_id = ?".formatted(COLUMNS))
                .params(tenantId, accountId)
                .query((row, number) -> account(row))
                .optional();
    }

    /** The same, and whoever else wants to change it waits until the transaction ends. */
    Optional<Account> lock(UUID tenantId, UUID accountId) {
        return jdbc.sql("SELECT %s FROM account WHERE tenant_id = ? AND account_id = ? FOR UPDATE".formatted(COLUMNS))
                .params(tenantId, accountId)
                .query((row, number) -> account(row))
                .optional();
    }

    /** Newest first; ids are made in the order of time. */
    List<Account> list(UUID tenantId, Optional<String> email, Optional<UUID> before, int limit) {
        return jdbc.sql("""
                SELECT %s FROM account
                WHERE tenant_id = :tenant AND (:before::uuid IS NULL OR account_id < :before)
                  AND (:email::text IS NULL OR email = :email)
                ORDER BY account_id DESC LIMIT :limit
                """.formatted(COLUMNS))
                .param("tenant", tenantId)
                .param("email", email.orElse(null))
                .param("before", before.orElse(null))
                .param("limit", limit)
                .query((row, number) -> account(row))
                .list();
    }

    long count(UUID tenantId, Optional<String> email) {
        return jdbc.sql(
                        "SELECT count(*) FROM account WHERE tenant_id = :tenant AND (:email::text IS NULL OR email = :email)")
                .param("tenant", tenantId)
                .param("email", email.orElse(null))
                .query(Long.class)
                .single();
    }

    Account update(UUID tenantId, UUID accountId, String name, String role, boolean disabled) {
        return jdbc.sql("""
                UPDATE account SET name = :name, role = :role, edition = edition + 1,
                  disabled_at = CASE WHEN :disabled THEN coalesce(disabled_at, now()) END
                WHERE tenant_id = :tenant AND account_id = :account
                RETURNING %s
                """.formatted(COLUMNS))
                .param("tenant", tenantId)
                .param("account", accountId)
                .param("name", name)
                .param("role", role)
                .param("disabled", disabled)
                .query((row, number) -> account(row))
                .single();
    }

    /** @param verified whether mail arrived at the account's address */
    Account setPassword(UUID tenantId, UUID accountId, String hash, boolean verified) {
        return jdbc.sql("""
                UPDATE account SET password_hash = :hash, edition = edition + 1,
                  email_verified_at = CASE WHEN :verified THEN now() ELSE email_verified_at END
                WHERE tenant_id = :tenant AND account_id = :account
                RETURNING %s
                """.formatted(COLUMNS))
                .param("tenant", tenantId)
                .param("account", accountId)
                .param("hash", hash)
                .param("verified", verified)
                .query((row, number) -> account(row))
                .single();
    }

    static final String HAVING = "SELECT email FROM account WHERE tenant_id = ? AND role = ? ORDER BY email";

    /** Addresses of those who have a role. */
    List<String> having(UUID tenantId, String role) {
        return jdbc.sql(HAVING)
                .params(tenantId, role)
                .query((row, number) -> row.getString("email"))
                .list();
    }

    /** Of those who have a role and no second factor, whoever has come in, or has tokens. */
    List<UUID> insideWithoutFactor(UUID tenantId, String role) {
        return jdbc.sql("""
                SELECT account_id FROM account a
                WHERE tenant_id = ? AND role = ?
                  AND NOT EXISTS (SELECT FROM second_factor f WHERE f.tenant_id = a.tenant_id AND f.account_id = a.account_id
                                  AND f.confirmed_at IS NOT NULL)
                  AND (EXISTS (SELECT FROM session s WHERE s.tenant_id = a.tenant_id AND s.account_id = a.account_id
                               AND s.ended_at IS NULL)
                       OR EXISTS (SELECT FROM personal_token t WHERE t.tenant_id = a.tenant_id
                                  AND t.account_id = a.account_id))
                ORDER BY account_id
                """)
                .params(tenantId, role)
                .query((row, number) -> row.getObject("account_id", UUID.class))
                .list();
    }

    void delete(UUID tenantId, UUID accountId) {
        jdbc.sql("DELETE FROM account WHERE tenant_id = ? AND account_id = ?")
                .params(tenantId, accountId)
                .update();
    }

    /**
     * Whether somebody is left who may administer the tenant: a person who can come in with a password or by one of the identity
     * providers, or a machine. Whoever takes another one away waits until the transaction ends.
     */
    boolean hasAdministrator(UUID tenantId, Set<UUID> providers) {
        String role = Role.TENANT_ADMINISTRATOR.wire();
        boolean person = !jdbc.sql("""
                        SELECT account_id FROM account
                        WHERE tenant_id = :tenant AND role = :role AND disabled_at IS NULL
                          AND (password_hash IS NOT NULL
                               OR EXISTS (SELECT FROM account_identity i
                                          WHERE i.tenant_id = account.tenant_id AND i.account_id = account.account_id
                                            AND i.provider_id = ANY (:providers)))
                        ORDER BY account_id FOR UPDATE
                        """)
                .param("tenant", tenantId)
                .param("role", role)
                .param("providers", providers.toArray(UUID[]::new))
                .query(UUID.class)
                .list()
                .isEmpty();
        return person
                || jdbc.sql("""
                        SELECT EXISTS (SELECT FROM access_token
                                       WHERE tenant_id = :tenant AND role = :role AND scopes IS NULL AND revoked_at IS NULL
                                         AND (expires_at IS NULL OR expires_at > now() + interval '7 days'))
                            OR EXISTS (SELECT FROM client
                                       WHERE tenant_id = :tenant AND role = :role AND scopes IS NULL AND revoked_at IS NULL)
                        """)
                        .param("tenant", tenantId)
                        .param("role", role)
                        .query(Boolean.class)
                        .single();
    }

    /** By id, of those that may come in. */
    Map<UUID, String> names(UUID tenantId, List<UUID> ids) {
        return ids.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("""
                SELECT account_id, name FROM account WHERE tenant_id = ? AND account_id = ANY (?) AND disabled_at IS NULL
                """)
                        .params(tenantId, ids.toArray(UUID[]::new))
                        .query((row, number) -> Map.entry(row.getObject(1, UUID.class), row.getString(2)))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getObject("account_id", UUID.class),
                row.getString("email"),
                row.getString("name"),
                row.getString("role"),
                state(row),
                MachineColumns.instant(row, "email_verified_at"),
                Objects.requireNonNull(MachineColumns.instant(row, "created_at")),
                MachineColumns.instant(row, "last_login_at"),
                row.getLong("edition"),
                null);
    }

    private static AccountState state(ResultSet row) throws SQLException {
        if (row.getObject("disabled_at") != null) {
            return AccountState.DISABLED;
        }
        return row.getBoolean("can_come_in") ? AccountState.ACTIVE : AccountState.INVITED;
    }
}
