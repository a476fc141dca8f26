package dev.apg.server.capability;

import dev.apg.server.archive.TableRows;
import dev.apg.server.archive.TenantPart;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Of the catalogue what an import does not take: ids, times, grants, what waits for approval. */
@Configuration(proxyBeanMethods = false)
class CapabilityExport {
    @Bean
    TenantPart exportedCapabilities(JdbcClient jdbc) {
        return new TableRows(jdbc, "capabilities.jsonl", List.of("capability", "capability_grant"), """
                SELECT json_build_object('id', capability_id, 'code', code, 'status', status, 'created_at', created_at,
                  'updated_at', updated_at, 'grants',
                  (SELECT coalesce(json_agg(json_build_object('grantee', grantee_id, 'kind', grantee_kind, 'name', grantee_name,
                            'level', level) ORDER BY grantee_id), '[]')
                   FROM capability_grant g WHERE g.tenant_id = :tenant AND g.capability_id = capability.capability_id))::text
                FROM capability WHERE tenant_id = :tenant ORDER BY code COLLATE "C"
                """);
    }

    @Bean
    TenantPart exportedVersions(JdbcClient jdbc) {
        return new TableRows(jdbc, "versions.jsonl", List.of("version"), """
                SELECT json_build_object('id', version_id, 'capability', code, 'number', number, 'state', state,
                  'state_reason', state_reason, 'digest', 'sha256:' || encode(digest, 'hex'), 'published_at', published_at,
                  'published_by', published_by, 'waiting_document',
                  CASE WHEN state = 'pending' THEN convert_from(document, 'UTF8')::json END)::text
                FROM version JOIN capability USING (tenant_id, capability_id)
                WHERE tenant_id = :tenant ORDER BY version_id
                """);
    }
}
