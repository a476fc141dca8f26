package dev.apg.server.composition;

import dev.apg.resolver.Objective;
import dev.apg.resolver.Requirement;
import dev.apg.resolver.Target;
import java.util.stream.Collectors;

/** What is asked of the resolver, in words. */
public final class RequestWords {
    private RequestWords() {}

    /** What an objective asks for. */
    public static String aim(Objective objective) {
        return objective.words();
    }

    static String aim(dev.apg.contract.composition.Objective objective) {
        return switch (objective) {
            case NEWEST -> "the newest versions";
            case MINIMAL_CHANGE -> aim(Objective.MINIMAL_CHANGE);
            case FEWEST -> aim(Objective.FEWEST);
            case CHEAPEST -> aim(Objective.CHEAPEST);
        };
    }

    /** What a requirement names: {@code redis ^7.0.0 or service cart-store ^1.0.0}. */
    public static String targets(Requirement requirement) {
        return requirement.anyOf().stream().map(Target::toString).collect(Collectors.joining(" or "));
    }
}
