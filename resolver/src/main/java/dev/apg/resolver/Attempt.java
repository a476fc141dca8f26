package dev.apg.resolver;

import dev.apg.resolver.engine.Outcome;
import dev.apg.resolver.engine.RuleOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of the search, and what can be read off it. */
final class Attempt {
    private final Universe universe;
    private final Request request;
    private final Encoding encoding;
    private final RuleOrder order;
    private final Outcome outcome;

    private Attempt(Universe universe, Request request, @Nullable ExactVersion wanted) {
        this.universe = universe;
        this.request = request;
        this.encoding = new Encoding(universe, request, wanted);
        this.order = new RuleOrder(encoding.solver, encoding.needs, encoding.requestVariable);
        this.outcome = encoding.solver.search(order);
    }

    /** @param wanted a version to be chosen whatever the request asks for, or null */
    static Attempt of(Universe universe, Request request, @Nullable ExactVersion wanted) {
        return new Attempt(universe, request, wanted);
    }

    boolean isSolved() {
        return outcome == Outcome.SOLVED;
    }

    boolean isContradictory() {
        return outcome == Outcome.CONTRADICTION || outcome == Outcome.REFUTED;
    }

    long steps() {
        return encoding.solver.steps();
    }

    Resolution.Solved solved() {
        return new Answer(universe, encoding, order).build(new Optimality(0, 0));
    }

    CoreFact.Core core() {
        return CoreFact.minimal(encoding, encoding.solver.origins(), request.stepBudget());
    }

    /** The explanation without fixes. */
    Explanation explain(CoreFact.Core core) {
        List<Fact> facts = new ArrayList<>();
        core.facts().forEach(each -> facts.add(each.fact()));
        for (int group : core.single()) {
            facts.add(new Fact.OnlyOne(encoding.codeOfGroup(group)));
        }
        return new Explanation(facts, Narrator.narrate(encoding, core), List.of());
    }
}
