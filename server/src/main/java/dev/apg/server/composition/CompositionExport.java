package dev.apg.server.composition;

import dev.apg.server.archive.TableRows;
import dev.apg.server.archive.TenantPart;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compositions with their grants, drafts and revisions. */
@Configuration(proxyBeanMethods = false)
class CompositionExport {
    @Bean
    TenantPart exportedCompositions(JdbcClient jdbc) {
        return new TableRows(jdbc, "compositions.jsonl", List.of("composition", "composition_grant"), """
                SELECT json_build_object('id', composition_id, 'code', code, 'display_name', display_name,
                  'description', description, 'type', type, 'owner', owner, 'draft_number', draft_number, 'draft', draft,
                  'head', head, 'created_at', created_at, 'updated_at', updated_at, 'grants',
                  (SELECT coalesce(json_agg(json_build_object('grantee', grantee_id, 'kind', grantee_kind, 'name', grantee_name,
                            'level', level) ORDER BY grantee_id), '[]')
                   FROM composition_grant g
                   WHERE g.tenant_id = :tenant AND g.composition_id = composition.composition_id))::text
                FROM composition WHERE tenant_id = :tenant ORDER BY code COLLATE "C"
                """);
    }

    @Bean
    TenantPart exportedDraftOperations(JdbcClient jdbc) {
        return new TableRows(jdbc, "draft-operations.jsonl", List.of("draft_operation"), """
                SELECT json_build_object('composition', code, 'number', number, 'operation', operation, 'actor', actor,
                  'at', at)::text
                FROM draft_operation JOIN composition USING (tenant_id, composition_id)
                WHERE tenant_id = :tenant ORDER BY code COLLATE "C", number
                """);
    }

    @Bean
    TenantPart exportedRevisions(JdbcClient jdbc) {
        return new TableRows(jdbc, "revisions.jsonl", List.of("revision", "revision_entry"), """
                SELECT json_build_object('composition', code, 'number', number, 'message', message,
                  'draft_number', r.draft_number, 'draft', r.draft, 'lock', convert_from(lock, 'UTF8')::json,
                  'lock_digest', 'sha256:' || encode(lock_digest, 'hex'), 'report', report, 'left_behind', left_behind,
                  'bundle_digest', 'sha256:' || encode(bundle_digest, 'hex'), 'bundle_purged_at', bundle_purged_at,
                  'bundle_purged_with', bundle_purged_with, 'bundle_purged_why', bundle_purged_why,
                  'frozen_at', frozen_at, 'frozen_by', frozen_by)::text
                FROM revision r JOIN composition USING (tenant_id, composition_id)
                WHERE tenant_id = :tenant ORDER BY code COLLATE "C", number
                """);
    }
}
