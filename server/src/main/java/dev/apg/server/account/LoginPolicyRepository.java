package dev.apg.server.account;

import dev.apg.contract.account.FactorDemand;
import dev.apg.contract.account.LoginPolicy;
import dev.apg.contract.account.PasswordUse;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code login_policy}. */
@Repository
class LoginPolicyRepository {
    private final JdbcClient jdbc;

    LoginPolicyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty if the tenant has never said anything. */
    Optional<LoginPolicy> find(UUID tenantId) {
        return jdbc.sql("SELECT second_factor, passwords, edition FROM login_policy WHERE tenant_id = ?")
                .param(tenantId)
                .query((row, number) -> new LoginPolicy(
                        FactorDemand.valueOf(row.getString("second_factor").toUpperCase(Locale.ROOT)),
                        PasswordUse.valueOf(row.getString("passwords").toUpperCase(Locale.ROOT)),
                        row.getLong("edition")))
                .optional();
    }

    LoginPolicy set(UUID tenantId, FactorDemand demand, PasswordUse passwords) {
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
