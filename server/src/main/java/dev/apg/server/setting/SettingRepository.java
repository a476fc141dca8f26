package dev.apg.server.setting;

import dev.apg.contract.WireJson;
import dev.apg.contract.composition.Policy;
import dev.apg.contract.tenant.TenantSettingsChange;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code tenant_setting}. */
@Repository
class SettingRepository {
    private final JdbcClient jdbc;

    SettingRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a tenant has said; of what is missing it has said nothing. */
    record Said(Optional<Integer> auditRetentionDays, Optional<Policy> resolutionPolicy, long edition) {
        static final Said NOTHING = new Said(Optional.empty(), Optional.empty(), 0);
    }

    Said find(UUID tenantId) {
        return jdbc.sql(
                        "SELECT audit_retention_days, resolution_policy, edition FROM tenant_setting WHERE tenant_id = ?")
                .param(tenantId)
                .query((row, number) -> new Said(
                        Optional.ofNullable(row.getObject("audit_retention_days", Integer.class)),
                        Optional.ofNullable(row.getString("resolution_policy"))
                                .map(json -> WireJson.MAPPER.readValue(json, Policy.class)),
                        row.getLong("edition")))
                .optional()
                .orElse(Said.NOTHING);
    }

    /** Whether it is said now; not if somebody else said something meanwhile. */
    boolean save(UUID tenantId, long edition, TenantSettingsChange change) {
        Policy policy = change.resolutionPolicy();
        return jdbc.sql("""
                INSERT INTO tenant_setting (tenant_id, audit_retention_days, resolution_policy)
                VALUES (:tenant, :days, :policy::jsonb)
                ON CONFLICT (tenant_id) DO UPDATE
                  SET audit_retention_days = :days, resolution_policy = :policy::jsonb, edition = tenant_setting.edition + 1
                  WHERE tenant_setting.edition = :edition
                """)
                        .param("tenant", tenantId)
                        .param("days", change.auditRetentionDays())
                        .param("policy", policy == null ? null : WireJson.MAPPER.writeValueAsString(policy))
                        .param("edition", edition)
                        .update()
                == 1;
    }
}
