package dev.apg.server.tenant;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Deletes a tenant's rows from every table, as a role to which the database shows nothing before the tenant's time is over. */
@Repository
class ErasureRepository {
    /** A table stands before those that it refers to. */
    private static final List<String> TABLES = List.of(
            "event",
            "audit_seal",
            "audit_entry",
            "idempotency_key",
            "revision_entry",
            "revision",
            "draft_operation",
            "composition",
            "service_version",
            "service_reference",
            "capability_reference",
            "version",
            "service",
            "capability");

    /** At the end, in one transaction: with these the tenant is gone. */
    static final List<String> LAST = List.of("access_token", "client", "custom_role", "tenant_cursor", "tenant");

    private final JdbcClient jdbc;

    ErasureRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<String> tables() {
        return TABLES;
    }

    /** In a transaction of the tenant; how many rows were deleted, at most {@code limit}. */
    int erase(String table, int limit) {
        jdbc.sql("SET LOCAL ROLE apg_eraser").update();
        return jdbc.sql("DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s LIMIT :limit))"
                        .formatted(table))
                .param("limit", limit)
                .update();
    }

    /** Likewise, what is left when the other tables are empty. */
    void eraseTenant() {
        jdbc.sql("SET LOCAL ROLE apg_eraser").update();
        LAST.forEach(table -> jdbc.sql("DELETE FROM " + table).update());
    }
}
