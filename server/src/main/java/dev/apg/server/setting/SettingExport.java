package dev.apg.server.setting;

import dev.apg.server.archive.TableRows;
import dev.apg.server.archive.TenantPart;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a tenant said of how it works. */
@Configuration(proxyBeanMethods = false)
class SettingExport {
    @Bean
    TenantPart exportedSettings(JdbcClient jdbc) {
        return new TableRows(jdbc, "settings.jsonl", List.of("tenant_setting"), """
                SELECT json_strip_nulls(json_build_object('audit_retention_days', audit_retention_days,
                  'resolution_policy', resolution_policy))::text
                FROM tenant_setting WHERE tenant_id = :tenant
                """);
    }
}
