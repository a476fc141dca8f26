package dev.apg.server.tenant;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Deletes a tenant's rows from every table, as a role to which the database shows nothing before its erasure has begun. */
@Repository
class ErasureRepository {
    /** A table stands before those that it refers to. */
    private static final List<String> TABLES = List.of(
            "event",
            "audit_seal",
            "audit_anchor",
            "audit_entry",
            "idempotency_key",
            "revision_entry",
            "revision",
            "draft_operation",
            "composition",
            "composition_grant",
            "service_version",
            "service_reference",
            "capability_reference",
            "version",
            "service",
            "capability_grant",
            "capability",
            "exchanged_token",
            "session",
            "sign_on",
            "account_identity",
            "identity_provider",
            "personal_token",
            "account_link",
            "recovery_code",
            "second_factor",
            "login_policy",
            "tenant_setting",
            "mail",
            "account",
            "team_member",
            "team");

    /** At the end, in one transaction: with these the tenant is gone. */
    static final List<String> LAST =
            List.of("access_token", "client", "pipeline", "custom_role", "tenant_cursor", "tenant");

    private final JdbcClient jdbc;

    ErasureRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<String> tables() {
        return TABLES;
    }

    /**
     * Takes the tenant's last state, from which nothing leads back; waits for writes that are under way, and lets no other one
     * through. Whether it has it.
     */
    boolean begin(UUID tenantId) {
        return jdbc.sql("UPDATE tenant_cursor SET state = 'erasing' WHERE tenant_id = ? AND erased_at <= now()")
                        .param(tenantId)
                        .update()
                == 1;
    }

    /** In a transaction of the tenant; how many rows were deleted, at most {@code limit}. */
    int erase(String table, int limit) {
        jdbc.sql("SET LOCAL ROLE apg_eraser").update();
        return jdbc.sql("DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s LIMIT :limit))"
                        .formatted(table))
                .param("limit", limit)
                .update();
    }

    /**
     * Likewise, what is left when the other tables are empty: also what somebody wrote who began before the erasure. Whoever
     * is at it is waited for, and whoever comes later finds no tenant to write for.
     */
    void eraseTenant(UUID tenantId) {
        jdbc.sql("SELECT FROM tenant WHERE tenant_id = ? FOR UPDATE")
                .param(tenantId)
                .query((row, number) -> true)
                .list();
        jdbc.sql("SET LOCAL ROLE apg_eraser").update();
        Stream.concat(TABLES.stream(), LAST.stream())
                .forEach(table -> jdbc.sql("DELETE FROM " + table).update());
    }
}
