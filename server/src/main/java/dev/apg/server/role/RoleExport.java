package dev.apg.server.role;

import dev.apg.server.archive.TableRows;
import dev.apg.server.archive.TenantPart;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The roles that a tenant made. */
@Configuration(proxyBeanMethods = false)
class RoleExport {
    @Bean
    TenantPart exportedRoles(JdbcClient jdbc) {
        return new TableRows(jdbc, "roles.jsonl", List.of("custom_role"), """
                SELECT json_build_object('id', role_id, 'code', code, 'description', description,
                  'permissions', to_json(permissions), 'created_at', created_at, 'updated_at', updated_at)::text
                FROM custom_role WHERE tenant_id = :tenant ORDER BY role_id
                """);
    }
}
