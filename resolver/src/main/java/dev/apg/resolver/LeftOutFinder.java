package dev.apg.resolver;

import dev.apg.resolver.Chosen.Pick;
import dev.apg.resolver.engine.Needs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Says why recommendations were not followed. */
final class LeftOutFinder {
    private final Encoding encoding;
    private final Chosen chosen;
    private final Bindings bindings;

    LeftOutFinder(Encoding encoding, Chosen chosen, Bindings bindings) {
        this.encoding = encoding;
        this.chosen = chosen;
        this.bindings = bindings;
    }

    /** By consumer and requirement. */
    List<LeftOut> all() {
        List<LeftOut> all = new ArrayList<>();
        for (int need : bindings.unmet()) {
            if (bindings.link(need) instanceof Link.Needed(ExactVersion consumer, Requirement requirement)) {
                all.add(leftOut(need, consumer, requirement));
            }
        }
        all.sort(Comparator.comparing((LeftOut each) -> each.consumer().code())
                .thenComparing(each -> each.requirement().name()));
        return all;
    }

    private LeftOut leftOut(int need, ExactVersion consumer, Requirement requirement) {
        Needs needs = encoding.needs;
        String recommends = consumer + " recommends " + Phrases.targets(requirement.anyOf()) + ", but ";
        if (needs.start(need) == needs.end(need)) {
            return needs.hasRuledOut(need)
                    ? new LeftOut(
                            consumer,
                            requirement,
                            LeftOut.Cause.RULED_OUT,
                            recommends + "all versions that would do are ruled out by the request.")
                    : new LeftOut(
                            consumer, requirement, LeftOut.Cause.NOTHING_MEETS_IT, recommends + "nothing meets that.");
        }
        int first = needs.candidate(needs.start(need));
        Pick pick = new Pick(Objects.requireNonNull(encoding.blockOf(first)), encoding.ordinalOf(first));
        boolean free = encoding.request().policy().objectives().isEmpty();
        Chosen.Obstacle obstacle = chosen.obstacleTo(pick);
        String because = switch (obstacle) {
            case Chosen.Obstacle.Conflict(ExactVersion other) -> " conflicts with " + other + ".";
            case Chosen.Obstacle.OwnNeed(Requirement own) -> " needs " + Phrases.targets(own.anyOf()) + ".";
            case null -> free ? " cannot be chosen beside the rest." : " would cost more under the policy's objective.";
        };
        LeftOut.Cause cause = obstacle != null || free ? LeftOut.Cause.CONTRADICTS_CHOICE : LeftOut.Cause.OBJECTIVE;
        return new LeftOut(consumer, requirement, cause, recommends + chosen.exact(pick) + because);
    }
}
