package dev.apg.server.team;

import dev.apg.server.archive.TableRows;
import dev.apg.server.archive.TenantPart;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Teams with their members. */
@Configuration(proxyBeanMethods = false)
class TeamExport {
    @Bean
    TenantPart exportedTeams(JdbcClient jdbc) {
        return new TableRows(jdbc, "teams.jsonl", List.of("team", "team_member"), """
                SELECT json_build_object('id', team_id, 'code', code, 'display_name', display_name, 'created_at', created_at,
                  'members', (SELECT coalesce(json_agg(json_build_object('id', member_id, 'kind', member_kind,
                                'maintainer', maintainer) ORDER BY member_id), '[]')
                              FROM team_member m WHERE m.tenant_id = :tenant AND m.team_id = team.team_id))::text
                FROM team WHERE tenant_id = :tenant ORDER BY team_id
                """);
    }
}
