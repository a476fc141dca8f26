package dev.apg.server.account;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code second_factor} and {@code recovery_code}. */
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
}
