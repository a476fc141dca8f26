package dev.apg.server.team;

import dev.apg.server.tenancy.ActorKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Asks, inside a transaction of the tenant, who some members are: whoever keeps tokens, clients or accounts listens, and names
 * those that may still come in.
 */
public final class MemberSearch {
    private final UUID tenantId;
    private final Map<ActorKind, List<UUID>> sought;
    private final Map<UUID, String> names = new HashMap<>();

    MemberSearch(UUID tenantId, Collection<Member> members) {
        this.tenantId = tenantId;
        this.sought = members.stream()
                .collect(Collectors.groupingBy(Member::kind, Collectors.mapping(Member::id, Collectors.toList())));
    }

    public UUID tenantId() {
        return tenantId;
    }

    /** Ids of members of this kind; none, most of the time. */
    public List<UUID> sought(ActorKind kind) {
        return sought.getOrDefault(kind, List.of());
    }

    /** Says that a member is there, and how people know it. */
    public void found(UUID id, String name) {
        names.put(id, name);
    }

    Optional<String> name(Member member) {
        return Optional.ofNullable(names.get(member.id()));
    }
}
