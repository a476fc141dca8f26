package dev.apg.server.grant;

import dev.apg.contract.team.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code capability_grant} and {@code composition_grant}, which are alike; inside a transaction of their tenant. */
@Repository
class GrantRepository {
    private final JdbcClient jdbc;

    GrantRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(UUID subjectId, Grant grant) {}

    /** By what they are on; what is open is left out. */
    Map<UUID, Guard> guards(UUID tenantId, Subject.Kind kind, Collection<UUID> subjects) {
        Map<UUID, List<Grant>> found = jdbc
                .sql("""
                SELECT %1$s_id, grantee_kind, grantee_id, grantee_name, level FROM %1$s_grant
                WHERE tenant_id = ? AND %1$s_id = ANY (?) ORDER BY grantee_name, grantee_id
                """.formatted(kind.word()))
                .params(tenantId, subjects.toArray(UUID[]::new))
                .query((row, number) -> new Row(
                        row.getObject(1, UUID.class),
                        new Grant(
                                new Grantee(
                                        Grantee.Kind.of(row.getString("grantee_kind")),
                                        row.getObject("grantee_id", UUID.class)),
                                row.getString("grantee_name"),
                                Level.valueOf(row.getString("level").toUpperCase(Locale.ROOT)))))
                .stream()
                .collect(Collectors.groupingBy(Row::subjectId, Collectors.mapping(Row::grant, Collectors.toList())));
        Map<UUID, Guard> guards = HashMap.newHashMap(found.size());
        found.forEach((id, grants) -> guards.put(id, new Guard(grants)));
        return guards;
    }

    void put(UUID tenantId, Subject subject, Grant grant) {
        jdbc.sql("""
                INSERT INTO %1$s_grant (tenant_id, %1$s_id, grantee_kind, grantee_id, grantee_name, level)
                VALUES (:tenant, :subject, :kind, :grantee, :name, :level)
                ON CONFLICT (tenant_id, %1$s_id, grantee_id)
                DO UPDATE SET level = excluded.level, grantee_name = excluded.grantee_name
                """.formatted(subject.kind().word()))
                .param("tenant", tenantId)
                .param("subject", subject.id())
                .param("kind", grant.grantee().kind().wire())
                .param("grantee", grant.grantee().id())
                .param("name", grant.name())
                .param("level", grant.level().wire())
                .update();
    }

    void remove(UUID tenantId, Subject subject, UUID granteeId) {
        jdbc.sql("DELETE FROM %1$s_grant WHERE tenant_id = ? AND %1$s_id = ? AND grantee_id = ?"
                        .formatted(subject.kind().word()))
                .params(tenantId, subject.id(), granteeId)
                .update();
    }
}
