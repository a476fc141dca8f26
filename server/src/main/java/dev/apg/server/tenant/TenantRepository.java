package dev.apg.server.tenant;

import dev.apg.contract.tenant.Quotas;
import dev.apg.contract.tenant.Rates;
import dev.apg.contract.tenant.Tenant;
import dev.apg.contract.tenant.TenantState;
import dev.apg.contract.tenant.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code tenant}, and of {@code tenant_cursor} what bounds a tenant. */
@Repository
class TenantRepository {
    private static final String SELECT = """
            SELECT tenant_id, code, name, created_at, state, state_reason, erased_at, edition,
                   capabilities, versions, compositions, stored_bytes,
                   most_capabilities, most_versions, most_compositions, most_stored_bytes, requests_per_minute, burst
            FROM tenant JOIN tenant_cursor USING (tenant_id)
            """;

    private final JdbcClient jdbc;

    TenantRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order in which they were made, after this one. */
    List<Tenant> page(Optional<UUID> after, int limit) {
        return jdbc.sql(SELECT + """
                WHERE :after::uuid IS NULL OR tenant_id > :after
                ORDER BY tenant_id LIMIT :limit
                """)
                .param("after", after.orElse(null))
                .param("limit", limit)
                .query((row, number) -> tenant(row))
                .list();
    }

    long count() {
        return jdbc.sql("SELECT count(*) FROM tenant_cursor").query(Long.class).single();
    }

    /** The deleted ones whose time is over, those whose erasure was begun included. */
    List<UUID> over() {
        return jdbc.sql("SELECT tenant_id FROM tenant_cursor WHERE erased_at <= now()")
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    Optional<Tenant> find(String code) {
        return jdbc.sql(SELECT + "WHERE code = ?")
                .param(code)
                .query((row, number) -> tenant(row))
                .optional();
    }

    /** The tenant; nobody else changes it until the transaction ends. */
    Tenant take(UUID tenantId) {
        jdbc.sql("SELECT FROM tenant_cursor WHERE tenant_id = ? FOR NO KEY UPDATE")
                .param(tenantId)
                .query((row, number) -> true)
                .list();
        return get(tenantId);
    }

    Tenant get(UUID tenantId) {
        return jdbc.sql(SELECT + "WHERE tenant_id = ?")
                .param(tenantId)
                .query((row, number) -> tenant(row))
                .single();
    }

    /** Inside a transaction of this very tenant; whether it is there now and was not before, nor its code. */
    boolean insert(UUID tenantId, String code, String name) {
        int inserted = jdbc.sql("INSERT INTO tenant (tenant_id, code, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .params(tenantId, code, name)
                .update();
        if (inserted == 1) {
            jdbc.sql("INSERT INTO tenant_cursor (tenant_id) VALUES (?)")
                    .param(tenantId)
                    .update();
        }
        return inserted == 1;
    }

    /** The tenant as it is afterwards. */
    Tenant setState(UUID tenantId, TenantState state, @Nullable String reason, @Nullable Instant erasedAt) {
        jdbc.sql("""
                UPDATE tenant_cursor SET edition = edition + 1, state = :state, state_reason = :reason, erased_at = :erased
                WHERE tenant_id = :tenant
                """)
                .param("tenant", tenantId)
                .param("state", state.name().toLowerCase(Locale.ROOT))
                .param("reason", reason)
                .param("erased", erasedAt == null ? null : erasedAt.atOffset(ZoneOffset.UTC))
                .update();
        return get(tenantId);
    }

    /** The tenant as it is afterwards; empty if it has another edition. */
    Optional<Tenant> setQuotas(UUID tenantId, long edition, Quotas quotas) {
        int changed = jdbc.sql("""
                UPDATE tenant_cursor SET edition = edition + 1, most_capabilities = :capabilities, most_versions = :versions,
                  most_compositions = :compositions, most_stored_bytes = :bytes
                WHERE tenant_id = :tenant AND edition = :edition
                """)
                .param("tenant", tenantId)
                .param("edition", edition)
                .param("capabilities", quotas.capabilities())
                .param("versions", quotas.versions())
                .param("compositions", quotas.compositions())
                .param("bytes", quotas.storedBytes())
                .update();
        return changed == 1 ? Optional.of(get(tenantId)) : Optional.empty();
    }

    /** The tenant as it is afterwards; empty if it has another edition. */
    Optional<Tenant> setRates(UUID tenantId, long edition, Rates rates) {
        int changed = jdbc.sql("""
                UPDATE tenant_cursor SET edition = edition + 1, requests_per_minute = :rate, burst = :burst
                WHERE tenant_id = :tenant AND edition = :edition
                """)
                .param("tenant", tenantId)
                .param("edition", edition)
                .param("rate", rates.requestsPerMinute())
                .param("burst", rates.burst())
                .update();
        return changed == 1 ? Optional.of(get(tenantId)) : Optional.empty();
    }

    /** Counts what the tenant has; writers of the tenant wait until the transaction ends. */
    void count(UUID tenantId) {
        jdbc.sql("SELECT FROM tenant_cursor WHERE tenant_id = ? FOR UPDATE")
                .param(tenantId)
                .query((row, number) -> true)
                .list();
        jdbc.sql("""
                UPDATE tenant_cursor SET
                  capabilities = (SELECT count(*) FROM capability WHERE tenant_id = :tenant),
                  versions = (SELECT count(*) FROM version WHERE tenant_id = :tenant),
                  compositions = (SELECT count(*) FROM composition WHERE tenant_id = :tenant),
                  stored_bytes =
                    (SELECT coalesce(sum(octet_length(document)), 0) FROM version WHERE tenant_id = :tenant)
                    + (SELECT coalesce(sum(octet_length(bundle)), 0) FROM revision WHERE tenant_id = :tenant)
                    + (SELECT coalesce(sum(octet_length(description)), 0) FROM service WHERE tenant_id = :tenant)
                    + (SELECT coalesce(sum(octet_length(draft::text)), 0) FROM composition WHERE tenant_id = :tenant)
                    + (SELECT coalesce(sum(bytes), 0) FROM draft_operation WHERE tenant_id = :tenant)
                WHERE tenant_id = :tenant
                """).param("tenant", tenantId).update();
    }

    private static Tenant tenant(ResultSet row) throws SQLException {
        return new Tenant(
                row.getObject("tenant_id", UUID.class),
                row.getString("code"),
                row.getString("name"),
                TenantState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("state_reason"),
                instant(row.getObject("erased_at", OffsetDateTime.class)),
                new Usage(
                        row.getLong("capabilities"),
                        row.getLong("versions"),
                        row.getLong("compositions"),
                        row.getLong("stored_bytes")),
                new Quotas(
                        row.getObject("most_capabilities", Long.class),
                        row.getObject("most_versions", Long.class),
                        row.getObject("most_compositions", Long.class),
                        row.getObject("most_stored_bytes", Long.class)),
                new Rates(row.getObject("requests_per_minute", Integer.class), row.getObject("burst", Integer.class)),
                row.getLong("edition"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
