package dev.apg.server.role;

import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code custom_role}; inside a transaction of its tenant. */
@Repository
class RoleRepository {
    private static final String SELECT = """
            SELECT role_id, code, description, permissions, edition, created_at, updated_at FROM custom_role
            WHERE tenant_id = :tenant\s""";

    private final JdbcClient jdbc;

    RoleRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By code; all of them, because a tenant has few. */
    List<RoleRow> all(UUID tenantId) {
        return jdbc.sql(SELECT + "ORDER BY code COLLATE \"C\"")
                .param("tenant", tenantId)
                .query((row, number) -> role(row))
                .list();
    }

    Optional<RoleRow> find(UUID tenantId, String code) {
        return find(tenantId, code, "");
    }

    /** The same, and keeps it from being changed or deleted until the transaction ends. */
    Optional<RoleRow> hold(UUID tenantId, String code) {
        return find(tenantId, code, " FOR SHARE");
    }

    /** The same, for whoever will change or delete it. */
    Optional<RoleRow> lock(UUID tenantId, String code) {
        return find(tenantId, code, " FOR UPDATE");
    }

    private Optional<RoleRow> find(UUID tenantId, String code, String locking) {
        return jdbc.sql(SELECT + "AND code = :code" + locking)
                .param("tenant", tenantId)
                .param("code", code)
                .query((row, number) -> role(row))
                .optional();
    }

    /** How many there are; nobody else makes one until the transaction ends. */
    int holdAll(UUID tenantId) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('apg.custom_role'), hashtext(?))")
                .param(tenantId.toString())
                .query((row, number) -> true)
                .list();
        return jdbc.sql("SELECT count(*) FROM custom_role WHERE tenant_id = ?")
                .param(tenantId)
                .query(Integer.class)
                .single();
    }

    /** Returns whether the code was free. */
    boolean insert(UUID tenantId, UUID roleId, Role role, String description) {
        return jdbc.sql("""
                INSERT INTO custom_role (tenant_id, role_id, code, description, permissions)
                VALUES (:tenant, :role, :code, :description, :permissions) ON CONFLICT (tenant_id, code) DO NOTHING
                """)
                        .param("tenant", tenantId)
                        .param("role", roleId)
                        .param("code", role.wire())
                        .param("description", description)
                        .param("permissions", permissions(role))
                        .update()
                == 1;
    }

    void update(UUID tenantId, RoleRow role) {
        jdbc.sql("""
                UPDATE custom_role SET description = :description, permissions = :permissions, edition = edition + 1,
                  updated_at = now()
                WHERE tenant_id = :tenant AND role_id = :role
                """)
                .param("tenant", tenantId)
                .param("role", role.id())
                .param("description", role.description())
                .param("permissions", permissions(role.role()))
                .update();
    }

    void delete(UUID tenantId, UUID roleId) {
        jdbc.sql("DELETE FROM custom_role WHERE tenant_id = ? AND role_id = ?")
                .params(tenantId, roleId)
                .update();
    }

    private static String[] permissions(Role role) {
        return role.permitted().stream().map(Permission::wire).toArray(String[]::new);
    }

    private static RoleRow role(ResultSet row) throws SQLException {
        return new RoleRow(
                row.getObject("role_id", UUID.class),
                Role.stored(row.getString("code"), List.of((String[])
                        row.getArray("permissions").getArray())),
                row.getString("description"),
                row.getLong("edition"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
