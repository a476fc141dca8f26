package dev.apg.server.grant;

import dev.apg.server.team.Member;
import dev.apg.server.team.Members;
import dev.apg.server.team.Teams;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.Rejection;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds whom a request means by {@code team:payments-core}, and says who is still there; in a transaction of the tenant. */
@Component
class Grantees {
    private static final Pattern TEAM = Pattern.compile("team:([a-z0-9][a-z0-9._-]{0,99})");
    private static final String EXPECTED = "team:CODE, token:ID, client:ID, pipeline:ID, account:ID, or me";

    private final Teams teams;
    private final Members members;

    Grantees(Teams teams, Members members) {
        this.teams = teams;
        this.members = members;
    }

    /** Somebody, and how people know them. */
    record Named(Grantee grantee, String name) {}

    /** @throws Rejection 422 {@code grantee.unknown} */
    Named find(TenantContext context, String field, String text) {
        UUID tenantId = context.tenantId();
        if (text.equals("me")) {
            Actor actor = context.actor();
            return member(tenantId, new Member(actor.kind(), actor.id())).orElseThrow(() -> unknown(field, text));
        }
        var team = TEAM.matcher(text);
        Optional<Named> named = team.matches()
                ? teams.id(tenantId, team.group(1))
                        .map(id -> new Named(new Grantee(Grantee.Kind.TEAM, id), team.group(1)))
                : Member.parse(text).flatMap(member -> member(tenantId, member));
        return named.orElseThrow(() -> unknown(field, text));
    }

    private Optional<Named> member(UUID tenantId, Member member) {
        return members.name(tenantId, member)
                .map(name ->
                        new Named(new Grantee(Grantee.Kind.valueOf(member.kind().name()), member.id()), name));
    }

    private static Rejection unknown(String field, String text) {
        return Rejection.invalid("grantee.unknown", field, text, EXPECTED + ", of somebody who is there");
    }

    /** Those of the grantees who can still do something: members that may come in, teams with members. */
    Set<Grantee> present(UUID tenantId, Collection<Grantee> grantees) {
        Map<Boolean, List<Grantee>> ofTeams =
                grantees.stream().collect(Collectors.partitioningBy(grantee -> grantee.kind() == Grantee.Kind.TEAM));
        Set<UUID> peopled = teams.peopled(
                tenantId,
                ofTeams.getOrDefault(true, List.of()).stream().map(Grantee::id).toList());
        Map<Member, Grantee> sought = new HashMap<>();
        ofTeams.getOrDefault(false, List.of()).forEach(grantee -> sought.put(member(grantee), grantee));
        Set<Member> named = members.names(tenantId, sought.keySet()).keySet();
        return grantees.stream()
                .filter(grantee -> grantee.kind() == Grantee.Kind.TEAM
                        ? peopled.contains(grantee.id())
                        : named.contains(member(grantee)))
                .collect(Collectors.toSet());
    }

    private static Member member(Grantee grantee) {
        return new Member(ActorKind.valueOf(grantee.kind().name()), grantee.id());
    }
}
