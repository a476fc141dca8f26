package dev.apg.server.grant;

import dev.apg.contract.team.Level;
import dev.apg.server.tenancy.Actor;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** All grants on one thing; without any it is open to the tenant. Whoever guards it has an owner among them, if a gone one. */
public record Guard(List<Grant> grants) {
    public static final Guard OPEN = new Guard(List.of());

    /** Characters of a describing field. */
    private static final int MOST_SHOWN = 100;

    public Guard {
        grants = List.copyOf(grants);
    }

    public boolean isOpen() {
        return grants.isEmpty();
    }

    /** The most that the actor was given, by itself or with one of its teams. */
    public Optional<Level> level(Actor actor) {
        return grants.stream()
                .filter(grant -> actor.is(grant.grantee().id()))
                .map(Grant::level)
                .max(Comparator.naturalOrder());
    }

    /** For people: {@code team payments-core}. */
    String owners() {
        return owning().stream().map(Grant::told).collect(Collectors.joining(" and "));
    }

    /** What the owners are called, as a describing field shows it, which has no room for many. */
    public String ownerNames() {
        List<String> names = owning().stream().map(Grant::name).toList();
        String all = String.join(", ", names);
        if (all.length() <= MOST_SHOWN) {
            return all;
        }
        String more = names.size() == 1 ? "" : " and %d more".formatted(names.size() - 1);
        String first = names.getFirst();
        return first.substring(0, Math.min(first.length(), MOST_SHOWN - more.length())) + more;
    }

    List<Grant> owning() {
        return grants.stream().filter(Grant::owns).toList();
    }

    Optional<Grant> of(UUID granteeId) {
        return grants.stream()
                .filter(grant -> grant.grantee().id().equals(granteeId))
                .findFirst();
    }
}
