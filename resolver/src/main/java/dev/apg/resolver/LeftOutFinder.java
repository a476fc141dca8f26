package dev.apg.resolver;

import dev.apg.resolver.Chosen.Pick;
import dev.apg.resolver.engine.Needs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Says why recommendations were not followed. */
final class LeftOutFinder {
    /** Versions that would do, the preferred first. */
    private static final int MOST_LOOKED_AT = 20;

    private final Encoding encoding;
    private final Chosen chosen;
    private final Bindings bindings;
    private final Worsening worsening;

    LeftOutFinder(Encoding encoding, Chosen chosen, Bindings bindings) {
        this.encoding = encoding;
        this.chosen = chosen;
        this.bindings = bindings;
        this.worsening = new Worsening(encoding, chosen, bindings);
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
        List<Pick> candidates = IntStream.range(needs.start(need), needs.end(need))
                .limit(MOST_LOOKED_AT)
                .map(needs::candidate)
                .mapToObj(variable ->
                        new Pick(Objects.requireNonNull(encoding.blockOf(variable)), encoding.ordinalOf(variable)))
                .toList();
        // What nothing chosen speaks against says more than what is against the newest. Of that, what could come in
        // beside
        // all that is there says more than what would have to take another version's place; and what costs the least,
        // more
        // than others.
        return candidates.stream()
                .filter(pick -> against(pick).isEmpty())
                .min(Comparator.comparing((Pick pick) -> chosen.ofName(pick.block().name) != null)
                        .thenComparing(this::price))
                .map(pick -> passedOver(consumer, requirement, pick, recommends))
                .orElseGet(() -> contradicting(
                        consumer,
                        requirement,
                        recommends + against(candidates.getFirst()).orElseThrow()));
    }

    /** What a version that could come in costs under the first objective that is against it; the most if that is not known. */
    private long price(Pick pick) {
        return chosen.ofName(pick.block().name) == null
                ? worsening.beside(pick).map(HeldBack.Cause.Aim::more).orElse(Long.MAX_VALUE)
                : 0;
    }

    /** What is in the way of a version beside those that were chosen. */
    private Optional<String> against(Pick pick) {
        return switch (chosen.obstacleTo(pick)) {
            case Chosen.Obstacle.Conflict(ExactVersion other) ->
                Optional.of(chosen.exact(pick) + " conflicts with " + other);
            case Chosen.Obstacle.OwnNeed(Requirement own) ->
                Optional.of(chosen.exact(pick)
                        + (own.strength() == Strength.OPTIONAL ? " works only with " : " needs ")
                        + Phrases.targets(own.anyOf()));
            case null ->
                chosen.objectionTo(pick)
                        .map(objection -> "%s %s"
                                .formatted(
                                        chosen.exact(objection.by()),
                                        objection.conflict()
                                                ? "conflicts with " + chosen.exact(pick)
                                                : "works only with " + Phrases.targets(List.of(objection.to()))));
        };
    }

    private static LeftOut contradicting(ExactVersion consumer, Requirement requirement, String why) {
        return new LeftOut(consumer, requirement, LeftOut.Cause.CONTRADICTS_CHOICE, why + ".");
    }

    /** What nothing chosen speaks against, unless another version of it was chosen. */
    private LeftOut passedOver(ExactVersion consumer, Requirement requirement, Pick pick, String recommends) {
        ExactVersion exact = chosen.exact(pick);
        Pick present = chosen.ofName(pick.block().name);
        if (present != null) {
            String met = bindings.metBy(chosen.position(present)).stream()
                    .filter(link ->
                            link.targets().stream().noneMatch(target -> chosen.meets(pick, target, encoding.rule())))
                    .findFirst()
                    .map(LeftOutFinder::need)
                    .orElse("that is what goes together with the rest");
            return contradicting(consumer, requirement, recommends + chosen.exact(present) + " is chosen: " + met);
        }
        if (encoding.request().policy().objectives().isEmpty()) {
            return contradicting(consumer, requirement, recommends + exact + " cannot be chosen beside the rest");
        }
        String why = worsening
                .beside(pick)
                .map(aim -> "the policy asks for %s, which would be %d more with %s"
                        .formatted(aim.objective().words(), aim.more(), exact))
                .orElse("under the policy's objectives what was chosen is better without " + exact);
        return new LeftOut(consumer, requirement, LeftOut.Cause.OBJECTIVE, recommends + why + ".");
    }

    private static String need(Link link) {
        return switch (link) {
            case Link.Asked(Root root) -> "the request asks for " + root;
            case Link.Needed(ExactVersion other, Requirement requirement) ->
                other + " needs " + Phrases.targets(requirement.anyOf());
        };
    }
}
