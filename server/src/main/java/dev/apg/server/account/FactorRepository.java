package dev.apg.server.account;

import dev.apg.contract.account.FactorDemand;
import dev.apg.contract.account.LoginPolicy;
import dev.apg.contract.account.PasswordUse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code second_factor}, {@code recovery_code} and {@code login_policy}. */
@Repository
class FactorRepository {
    private final JdbcClient jdbc;

    FactorRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A second factor.
     *
     * @param sealed its secret, encrypted
     * @param lastStep of the last code that was taken
     */
    record Factor(byte[] sealed, long lastStep, boolean isConfirmed) {}

    boolean isConfirmed(UUID tenantId, UUID accountId) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM second_factor
                               WHERE tenant_id = ? AND account_id = ? AND confirmed_at IS NOT NULL)
                """).params(tenantId, accountId).query(Boolean.class).single();
    }

    /** Whoever else wants to use it waits until the transaction ends. */
    Optional<Factor> lock(UUID tenantId, UUID accountId) {
        return jdbc.sql("""
                SELECT secret, last_step, confirmed_at IS NOT NULL AS confirmed FROM second_factor
                WHERE tenant_id = ? AND account_id = ? FOR UPDATE
                """)
                .params(tenantId, accountId)
                .query((row, number) ->
                        new Factor(row.getBytes("secret"), row.getLong("last_step"), row.getBoolean("confirmed")))
                .optional();
    }

    /** In place of one that was not confirmed; whether there was no other. */
    boolean begin(UUID tenantId, UUID accountId, byte[] sealed) {
        return jdbc.sql("""
                        INSERT INTO second_factor (tenant_id, account_id, secret) VALUES (?, ?, ?)
                        ON CONFLICT (tenant_id, account_id) DO UPDATE SET secret = excluded.secret, last_step = 0
                          WHERE second_factor.confirmed_at IS NULL
                        """).params(tenantId, accountId, sealed).update() == 1;
    }

    /** That a code of this step was taken. */
    void use(UUID tenantId, UUID accountId, long step) {
        jdbc.sql("""
                UPDATE second_factor SET last_step = ?, confirmed_at = coalesce(confirmed_at, now())
                WHERE tenant_id = ? AND account_id = ?
                """).params(step, tenantId, accountId).update();
    }

    boolean delete(UUID tenantId, UUID accountId) {
        return jdbc.sql("DELETE FROM second_factor WHERE tenant_id = ? AND account_id = ?")
                        .params(tenantId, accountId)
                        .update()
                == 1;
    }

    /** In place of those that there are. */
    void replaceCodes(UUID tenantId, UUID accountId, List<byte[]> hashes) {
        jdbc.sql("DELETE FROM recovery_code WHERE tenant_id = ? AND account_id = ?")
                .params(tenantId, accountId)
                .update();
        hashes.forEach(hash -> jdbc.sql("INSERT INTO recovery_code (tenant_id, account_id, code_hash) VALUES (?, ?, ?)")
                .params(tenantId, accountId, hash)
                .update());
    }

    /** Whether it was one, which it is no more. */
    boolean takeCode(UUID tenantId, UUID accountId, byte[] hash) {
        return jdbc.sql("DELETE FROM recovery_code WHERE tenant_id = ? AND account_id = ? AND code_hash = ?")
                        .params(tenantId, accountId, hash)
                        .update()
                == 1;
    }

    /** Empty if the tenant has never said anything. */
    Optional<LoginPolicy> policy(UUID tenantId) {
        return jdbc.sql("SELECT second_factor, passwords, edition FROM login_policy WHERE tenant_id = ?")
                .param(tenantId)
                .query((row, number) -> new LoginPolicy(
                        FactorDemand.valueOf(row.getString("second_factor").toUpperCase(Locale.ROOT)),
                        PasswordUse.valueOf(row.getString("passwords").toUpperCase(Locale.ROOT)),
                        row.getLong("edition")))
                .optional();
    }

    LoginPolicy setPolicy(UUID tenantId, FactorDemand demand, PasswordUse passwords) {
        return jdbc.sql("""
                INSERT INTO login_policy (tenant_id, second_factor, passwords) VALUES (:tenant, :demand, :passwords)
                ON CONFLICT (tenant_id)
                  DO UPDATE SET second_factor = :demand, passwords = :passwords, edition = login_policy.edition + 1
                RETURNING edition
                """)
                .param("tenant", tenantId)
                .param("demand", demand.name().toLowerCase(Locale.ROOT))
                .param("passwords", passwords.name().toLowerCase(Locale.ROOT))
                .query((row, number) -> new LoginPolicy(demand, passwords, row.getLong("edition")))
                .single();
    }
}
