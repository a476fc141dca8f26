package dev.apg.server.team;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Who belongs to a tenant; inside a transaction of it. */
@Component
public class Members {
    private final ApplicationEventPublisher listeners;

    Members(ApplicationEventPublisher listeners) {
        this.listeners = listeners;
    }

    /** How people know the member; empty if there is none, or it was revoked or closed. */
    public Optional<String> name(UUID tenantId, Member member) {
        return Optional.ofNullable(names(tenantId, List.of(member)).get(member));
    }

    /** The same of several; those that are not there are left out. */
    public Map<Member, String> names(UUID tenantId, Collection<Member> members) {
        if (members.isEmpty()) {
            return Map.of();
        }
        var search = new MemberSearch(tenantId, members);
        listeners.publishEvent(search);
        Map<Member, String> names = new HashMap<>();
        members.forEach(member -> search.name(member).ifPresent(name -> names.put(member, name)));
        return names;
    }
}
