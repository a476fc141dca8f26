package dev.apg.server.team;

import dev.apg.server.tenancy.ActorKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code team} and {@code team_member}; inside a transaction of their tenant. */
@Repository
class TeamRepository {
    private static final String SELECT = """
            SELECT team_id, code, display_name, edition, created_at,
              (SELECT count(*) FROM team_member m WHERE m.tenant_id = t.tenant_id AND m.team_id = t.team_id) AS members
            FROM team t WHERE tenant_id = :tenant\s""";

    private final JdbcClient jdbc;

    TeamRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A member as a team has it. */
    record MemberRow(Member member, boolean maintainer) {}

    Optional<TeamRow> find(UUID tenantId, String code) {
        return jdbc.sql(SELECT + "AND code = :code")
                .param("tenant", tenantId)
                .param("code", code)
                .query((row, number) -> team(row))
                .optional();
    }

    /** Waits until no other transaction changes the team, and keeps others waiting until this one ends. */
    void lock(UUID tenantId, String code) {
        jdbc.sql("SELECT FROM team WHERE tenant_id = ? AND code = ? FOR NO KEY UPDATE")
                .params(tenantId, code)
                .query(row -> {});
    }

    /** By code; {@code limit} at most. */
    List<TeamRow> page(UUID tenantId, Optional<String> after, int limit) {
        return jdbc.sql(SELECT + "AND code COLLATE \"C\" > :after ORDER BY code COLLATE \"C\" LIMIT :limit")
                .param("tenant", tenantId)
                .param("after", after.orElse(""))
                .param("limit", limit)
                .query((row, number) -> team(row))
                .list();
    }

    long count(UUID tenantId) {
        return jdbc.sql("SELECT count(*) FROM team WHERE tenant_id = ?")
                .param(tenantId)
                .query(Long.class)
                .single();
    }

    /** Returns whether the code was free. */
    boolean insert(UUID tenantId, UUID teamId, String code, String displayName) {
        return jdbc.sql("""
                INSERT INTO team (tenant_id, team_id, code, display_name) VALUES (?, ?, ?, ?)
                ON CONFLICT (tenant_id, code) DO NOTHING
                """).params(tenantId, teamId, code, displayName).update() == 1;
    }

    void describe(UUID tenantId, UUID teamId, String displayName) {
        jdbc.sql("UPDATE team SET display_name = ?, edition = edition + 1 WHERE tenant_id = ? AND team_id = ?")
                .params(displayName, tenantId, teamId)
                .update();
    }

    /** With its memberships. */
    void delete(UUID tenantId, UUID teamId) {
        jdbc.sql("DELETE FROM team WHERE tenant_id = ? AND team_id = ?")
                .params(tenantId, teamId)
                .update();
    }

    /** By id; {@code limit} at most. */
    List<MemberRow> members(UUID tenantId, UUID teamId, Optional<UUID> after, int limit) {
        return jdbc.sql("""
                SELECT member_kind, member_id, maintainer FROM team_member
                WHERE tenant_id = :tenant AND team_id = :team AND (:after::uuid IS NULL OR member_id > :after)
                ORDER BY member_id LIMIT :limit
                """)
                .param("tenant", tenantId)
                .param("team", teamId)
                .param("after", after.orElse(null))
                .param("limit", limit)
                .query((row, number) -> member(row))
                .list();
    }

    Optional<MemberRow> member(UUID tenantId, UUID teamId, UUID memberId) {
        return jdbc.sql("""
                SELECT member_kind, member_id, maintainer FROM team_member
                WHERE tenant_id = ? AND team_id = ? AND member_id = ?
                """)
                .params(tenantId, teamId, memberId)
                .query((row, number) -> member(row))
                .optional();
    }

    /** Adds a member, or changes what it may do with the team. */
    void put(UUID tenantId, UUID teamId, Member member, boolean maintainer) {
        jdbc.sql("""
                INSERT INTO team_member (tenant_id, team_id, member_id, member_kind, maintainer) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (tenant_id, team_id, member_id) DO UPDATE SET maintainer = excluded.maintainer
                """)
                .params(tenantId, teamId, member.id(), member.kind().wire(), maintainer)
                .update();
    }

    void remove(UUID tenantId, UUID teamId, UUID memberId) {
        jdbc.sql("DELETE FROM team_member WHERE tenant_id = ? AND team_id = ? AND member_id = ?")
                .params(tenantId, teamId, memberId)
                .update();
    }

    Set<UUID> teamsOf(UUID tenantId, UUID memberId) {
        return Set.copyOf(jdbc.sql("SELECT team_id FROM team_member WHERE tenant_id = ? AND member_id = ?")
                .params(tenantId, memberId)
                .query((row, number) -> row.getObject("team_id", UUID.class))
                .list());
    }

    List<String> codes(UUID tenantId, Collection<UUID> teams) {
        return jdbc.sql("SELECT code FROM team WHERE tenant_id = ? AND team_id = ANY(?) ORDER BY code COLLATE \"C\"")
                .params(tenantId, teams.toArray(UUID[]::new))
                .query((row, number) -> row.getString("code"))
                .list();
    }

    /** Those of the teams that somebody belongs to. */
    Set<UUID> peopled(UUID tenantId, Collection<UUID> teams) {
        return Set.copyOf(jdbc.sql("SELECT DISTINCT team_id FROM team_member WHERE tenant_id = ? AND team_id = ANY(?)")
                .params(tenantId, teams.toArray(UUID[]::new))
                .query((row, number) -> row.getObject("team_id", UUID.class))
                .list());
    }

    private static MemberRow member(ResultSet row) throws SQLException {
        return new MemberRow(
                new Member(
                        ActorKind.valueOf(row.getString("member_kind").toUpperCase(Locale.ROOT)),
                        row.getObject("member_id", UUID.class)),
                row.getBoolean("maintainer"));
    }

    private static TeamRow team(ResultSet row) throws SQLException {
        return new TeamRow(
                row.getObject("team_id", UUID.class),
                row.getString("code"),
                row.getString("display_name"),
                row.getLong("members"),
                row.getLong("edition"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
