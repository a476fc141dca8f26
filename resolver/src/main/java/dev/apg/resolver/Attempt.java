package dev.apg.resolver;

import dev.apg.resolver.engine.Chooser;
import dev.apg.resolver.engine.Optimiser;
import dev.apg.resolver.engine.Outcome;
import dev.apg.resolver.engine.RuleOrder;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of the search, and what can be read off it. */
final class Attempt {
    private final Universe universe;
    private final Request request;
    private final Encoding encoding;
    private final RuleOrder order;
    private final Chooser chooser;
    private final Outcome outcome;

    private Attempt(Universe universe, Request request, @Nullable ExactVersion wanted) {
        this.universe = universe;
        this.request = request;
        this.encoding = new Encoding(universe, request, wanted);
        this.order = new RuleOrder(encoding.solver, encoding.needs, encoding.requestVariable);
        this.chooser = request.policy().objective() == Objective.MINIMAL_CHANGE
                ? new Keeping(universe, encoding, order)
                : order;
        this.outcome = encoding.solver.search(chooser);
    }

    /** @param wanted a version to be chosen whatever the request asks for, or null */
    static Attempt of(Universe universe, Request request, @Nullable ExactVersion wanted) {
        return new Attempt(universe, request, wanted);
    }

    boolean isSolved() {
        return outcome == Outcome.SOLVED;
    }

    boolean isContradictory() {
        return outcome == Outcome.CONTRADICTION;
    }

    long steps() {
        return encoding.solver.steps();
    }

    /** The answer under the policy's objective; what the search found so far is where minimising starts. */
    Resolution.Solved solved() {
        if (request.policy().objective() == Objective.NEWEST) {
            return chosenByTheRule();
        }
        Pricing pricing = encoding.pricing();
        Choice[] best = {Choice.of(order)};
        long[] value = {pricing.value()};
        Optimiser optimiser = new Optimiser(encoding.solver, pricing.costs, chooser);
        Optimiser.Result result = optimiser.minimise(pricing.costs.value(), found -> {
            best[0] = Choice.of(order);
            value[0] = found + pricing.unavoidable();
        });
        long bound = result.bound() + pricing.unavoidable();
        if (result.outcome() == Outcome.SOLVED && encoding.solver.searchAgain(chooser) == Outcome.SOLVED) {
            best[0] = Choice.of(order);
            value[0] = bound;
        }
        return answer(best[0], new Optimality(value[0], bound));
    }

    private Resolution.Solved answer(Choice choice, Optimality optimality) {
        return new Answer(universe, encoding, choice).build(optimality);
    }

    /**
     * What was chosen, without all that an answer says of it.
     *
     * @param isBest whether nothing better is possible
     */
    record Found(Map<String, SemVer> versions, boolean isBest) {}

    Found found() {
        Map<String, SemVer> versions = new HashMap<>();
        if (request.policy().objective() != Objective.NEWEST) {
            Resolution.Solved solved = solved();
            solved.entries()
                    .forEach(entry ->
                            versions.put(entry.version().code(), entry.version().number()));
            return new Found(versions, solved.optimality().optimal());
        }
        Choice choice = Choice.of(order);
        for (int i = 0; i < choice.size(); i++) {
            ExactVersion version = encoding.exact(choice.variable(i));
            versions.put(version.code(), version.number());
        }
        return new Found(versions, true);
    }

    /** What the search found first, whatever the objective. */
    Resolution.Solved chosenByTheRule() {
        return answer(Choice.of(order), new Optimality(0, 0));
    }

    /** @param stepBudget how many steps may be spent on leaving facts out; those not tried in time stay in */
    CoreFact.Core core(long stepBudget) {
        return CoreFact.minimal(encoding, encoding.solver.origins(), stepBudget);
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
