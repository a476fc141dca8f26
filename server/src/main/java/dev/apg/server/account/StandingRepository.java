package dev.apg.server.account;

import dev.apg.contract.tenant.TenantState;
import dev.apg.server.tenancy.EveryTenant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Of the tables {@code tenant} and {@code tenant_cursor} what decides whether a tenant's members come in. */
@Repository
class StandingRepository {
    private final JdbcClient jdbc;
    private final EveryTenant every;

    StandingRepository(JdbcClient jdbc, EveryTenant every) {
        this.jdbc = jdbc;
        this.every = every;
    }

    /** @param reason why it is not active */
    record Standing(TenantState state, Optional<String> reason) {}

    Optional<Standing> find(UUID tenantId) {
        return jdbc.sql("""
                SELECT CASE WHEN erased_at <= now() THEN 'erasing' ELSE state END AS state, state_reason
                FROM tenant_cursor WHERE tenant_id = ?
                """)
                .param(tenantId)
                .query((row, number) -> new Standing(
                        TenantState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                        Optional.ofNullable(row.getString("state_reason"))))
                .optional();
    }

    /** Whose code it is, for somebody who says in which tenant they are; in a transaction of its own. */
    Optional<UUID> find(String code) {
        return every.see(() -> jdbc.sql("SELECT tenant_id FROM tenant WHERE code = ?")
                .param(code)
                .query(UUID.class)
                .optional());
    }

    String code(UUID tenantId) {
        return jdbc.sql("SELECT code FROM tenant WHERE tenant_id = ?")
                .param(tenantId)
                .query(String.class)
                .single();
    }
}
