package dev.apg.server.team;

import dev.apg.contract.team.NewTeam;
import dev.apg.contract.team.TeamMember;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.platform.Ids;
import dev.apg.server.team.TeamRepository.MemberRow;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Rejection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** The teams of a tenant. Whoever belongs to one has what was given to it, at once and on every node. */
@Service
public class Teams {
    static final int MOST = 1_000;
    static final int MOST_MEMBERS = 1_000;

    /** Teams of one member: they are in memory with everybody who asks something. */
    static final int MOST_OF_MEMBER = 100;

    private final TeamRepository repository;
    private final Members members;
    private final TenantTransactions transactions;
    private final Writes writes;

    Teams(TeamRepository repository, Members members, TenantTransactions transactions, Writes writes) {
        this.repository = repository;
        this.members = members;
        this.transactions = transactions;
        this.writes = writes;
    }

    /** The teams that somebody belongs to; in a transaction of the tenant. */
    public Set<UUID> of(UUID tenantId, UUID memberId) {
        return repository.teamsOf(tenantId, memberId);
    }

    /** Their codes; in a transaction of the tenant. */
    public List<String> codes(UUID tenantId, Collection<UUID> teams) {
        return teams.isEmpty() ? List.of() : repository.codes(tenantId, teams);
    }

    /** The team of this code, to be given something; in a transaction of the tenant. */
    public Optional<UUID> id(UUID tenantId, String code) {
        return repository.find(tenantId, code).map(TeamRow::id);
    }

    /** Those of the teams that are there and have members; in a transaction of the tenant. */
    public Set<UUID> peopled(UUID tenantId, Collection<UUID> teams) {
        return teams.isEmpty() ? Set.of() : repository.peopled(tenantId, teams);
    }

    /** A page of teams, and how many there are. */
    record TeamList(List<TeamRow> teams, long count) {}

    TeamList list(TenantContext context, Optional<String> after, int limit) {
        context.require(Permission.CATALOG_READ);
        UUID tenantId = context.tenantId();
        return transactions.read(
                tenantId, () -> new TeamList(repository.page(tenantId, after, limit), repository.count(tenantId)));
    }

    TeamRow find(TenantContext context, String code) {
        context.require(Permission.CATALOG_READ);
        return transactions.read(context.tenantId(), () -> present(context.tenantId(), code));
    }

    /** @throws Rejection 409 {@code team.exists}, {@code team.too_many} */
    Written<TeamRow> create(TenantContext context, NewTeam wanted) {
        context.require(Permission.TEAM_ADMINISTER);
        UUID tenantId = context.tenantId();
        return writes.write(context, journal -> {
            String name = Objects.requireNonNullElse(wanted.displayName(), wanted.code());
            if (!repository.insert(tenantId, Ids.next(), wanted.code(), name)) {
                throw Rejection.conflict(
                        "team.exists", "code: %s is taken (expected: a code that is free)".formatted(wanted.code()));
            }
            requireAtMost(MOST, repository.count(tenantId), "team.too_many", "the tenant", "teams");
            TeamRow made = present(tenantId, wanted.code());
            journal.record(mutation("team.created", made, Map.of(), Optional.empty(), Optional.of(made.detail())));
            return made;
        });
    }

    Written<TeamRow> describe(TenantContext context, String code, IfMatch ifMatch, String displayName) {
        context.require(Permission.TEAM_ADMINISTER);
        UUID tenantId = context.tenantId();
        return writes.write(context, journal -> {
            TeamRow before = locked(tenantId, code);
            ifMatch.check(before.edition());
            if (before.displayName().equals(displayName)) {
                return before;
            }
            repository.describe(tenantId, before.id(), displayName);
            TeamRow after = present(tenantId, code);
            journal.record(mutation(
                    "team.described", after, Map.of(), Optional.of(before.detail()), Optional.of(after.detail())));
            return after;
        });
    }

    /** What it owns is nobody's then, until an administrator gives it to somebody else. */
    Written<String> delete(TenantContext context, String code) {
        context.require(Permission.TEAM_ADMINISTER);
        UUID tenantId = context.tenantId();
        return writes.write(context, journal -> {
            TeamRow team = locked(tenantId, code);
            repository.delete(tenantId, team.id());
            journal.record(mutation("team.deleted", team, Map.of(), Optional.of(team.detail()), Optional.empty()));
            return code;
        });
    }

    /** A page of members, and how many there are. */
    record MemberList(List<TeamMember> members, long count) {}

    MemberList members(TenantContext context, String code, Optional<UUID> after, int limit) {
        context.require(Permission.CATALOG_READ);
        UUID tenantId = context.tenantId();
        return transactions.read(tenantId, () -> {
            TeamRow team = present(tenantId, code);
            List<MemberRow> rows = repository.members(tenantId, team.id(), after, limit);
            Map<Member, String> names =
                    members.names(tenantId, rows.stream().map(MemberRow::member).toList());
            return new MemberList(
                    rows.stream()
                            .map(row ->
                                    new TeamMember(row.member().toString(), names.get(row.member()), row.maintainer()))
                            .toList(),
                    team.members());
        });
    }

    /**
     * Adds a member, or changes what it may do with the team. Maintainers of the team may, too, if their scopes leave {@code
     * team:administer}.
     *
     * @throws Rejection 404 {@code member.not_found}; 409 {@code team.too_large}, {@code member.too_many_teams}
     */
    Written<TeamMember> put(TenantContext context, String code, Member member, boolean maintainer) {
        UUID tenantId = context.tenantId();
        return writes.write(context, journal -> {
            TeamRow team = administered(context, code);
            String name = members.name(tenantId, member).orElseThrow(() -> Member.unknown(member.toString()));
            Optional<MemberRow> before = repository.member(tenantId, team.id(), member.id());
            var after = new MemberRow(member, maintainer);
            if (before.isEmpty() || !before.get().equals(after)) {
                repository.put(tenantId, team.id(), member, maintainer);
                requireAtMost(
                        MOST_MEMBERS,
                        present(tenantId, code).members(),
                        "team.too_large",
                        "the team " + code,
                        "members");
                requireAtMost(
                        MOST_OF_MEMBER,
                        repository.teamsOf(tenantId, member.id()).size(),
                        "member.too_many_teams",
                        name,
                        "teams");
                record(journal, "team.member_added", team, member, before, Optional.of(after));
            }
            return new TeamMember(member.toString(), name, maintainer);
        });
    }

    /** Taking out whoever does not belong to it changes nothing. */
    Written<Member> remove(TenantContext context, String code, Member member) {
        UUID tenantId = context.tenantId();
        return writes.write(context, journal -> {
            TeamRow team = administered(context, code);
            Optional<MemberRow> before = repository.member(tenantId, team.id(), member.id());
            if (before.isPresent()) {
                repository.remove(tenantId, team.id(), member.id());
                record(journal, "team.member_removed", team, member, before, Optional.empty());
            }
            return member;
        });
    }

    /** Keeps the team from other writers, if the caller may say who belongs to it. */
    private TeamRow administered(TenantContext context, String code) {
        context.requireScope(Permission.TEAM_ADMINISTER);
        if (!context.actor().permits(Permission.TEAM_ADMINISTER)) {
            // Whoever may not read teams is not told whether there is one.
            context.require(Permission.CATALOG_READ);
        }
        TeamRow team = locked(context.tenantId(), code);
        boolean maintains = repository
                .member(context.tenantId(), team.id(), context.actor().id())
                .filter(MemberRow::maintainer)
                .isPresent();
        if (!maintains) {
            context.require(Permission.TEAM_ADMINISTER);
        }
        return team;
    }

    private TeamRow locked(UUID tenantId, String code) {
        repository.lock(tenantId, code);
        return present(tenantId, code);
    }

    private TeamRow present(UUID tenantId, String code) {
        return repository.find(tenantId, code).orElseThrow(() -> Rejection.notFound("team", code));
    }

    private static void requireAtMost(int most, long number, String code, String who, String what) {
        if (number > most) {
            throw Rejection.conflict(
                    code, "%s would have %d %s (expected: at most %d)".formatted(who, number, what, most));
        }
    }

    private static void record(
            Journal journal,
            String type,
            TeamRow team,
            Member member,
            Optional<MemberRow> before,
            Optional<MemberRow> after) {
        journal.record(mutation(
                type,
                team,
                Map.of("member", member.toString()),
                before.map(row -> state(row)),
                after.map(row -> state(row))));
    }

    private static Map<String, Object> state(MemberRow row) {
        return Map.of("member", row.member().toString(), "maintainer", row.maintainer());
    }

    private static Mutation mutation(
            String type, TeamRow team, Map<String, Object> data, Optional<Object> before, Optional<Object> after) {
        return new Mutation(type, "team", team.id(), team.code(), data, before, after);
    }
}
