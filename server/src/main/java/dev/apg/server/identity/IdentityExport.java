package dev.apg.server.identity;

import dev.apg.server.archive.TableRows;
import dev.apg.server.archive.TenantPart;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Identity providers without their secrets. */
@Configuration(proxyBeanMethods = false)
class IdentityExport {
    @Bean
    TenantPart exportedProviders(JdbcClient jdbc) {
        return new TableRows(jdbc, "identity-providers.jsonl", List.of("identity_provider"), """
                SELECT json_build_object('id', provider_id, 'code', code, 'display_name', display_name, 'issuer', issuer,
                  'client_id', client_id, 'scopes', to_json(scopes), 'claims', claims, 'roles', roles, 'accounts', accounts,
                  'second_factors', to_json(second_factors), 'disabled_at', disabled_at, 'created_at', created_at,
                  'updated_at', updated_at)::text
                FROM identity_provider WHERE tenant_id = :tenant ORDER BY provider_id
                """);
    }
}
