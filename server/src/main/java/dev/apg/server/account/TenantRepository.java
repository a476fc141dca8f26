package dev.apg.server.account;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code tenant}, and a tenant's first row of {@code tenant_cursor}. */
@Repository
class TenantRepository {
    private final JdbcClient jdbc;

    TenantRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Inside a transaction of this very tenant; does nothing if it exists. Returns whether it did not. */
    boolean insertIfAbsent(UUID tenantId, String code, String name) {
        int inserted = jdbc.sql(
                        "INSERT INTO tenant (tenant_id, code, name) VALUES (?, ?, ?) ON CONFLICT (tenant_id) DO NOTHING")
                .params(tenantId, code, name)
                .update();
        jdbc.sql("INSERT INTO tenant_cursor (tenant_id) VALUES (?) ON CONFLICT DO NOTHING")
                .param(tenantId)
                .update();
        return inserted == 1;
    }

    String code(UUID tenantId) {
        return jdbc.sql("SELECT code FROM tenant WHERE tenant_id = ?")
                .param(tenantId)
                .query(String.class)
                .single();
    }
}
