package dev.apg.resolver;

import dev.apg.resolver.engine.Chooser;
import dev.apg.resolver.engine.Optimiser;
import dev.apg.resolver.engine.Outcome;
import dev.apg.resolver.engine.Patience;
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
    private final Encoding encoding;
    private final RuleOrder order;
    private final Chooser chooser;
    private final Outcome outcome;

    private Attempt(Universe universe, Request request, @Nullable ExactVersion wanted, Patience patience) {
        this.universe = universe;
        this.encoding = new Encoding(universe, request, wanted, patience);
        this.order = new RuleOrder(encoding.solver, encoding.needs, encoding.requestVariable);
        this.chooser = request.policy().objectives().contains(Objective.MINIMAL_CHANGE)
                ? new Keeping(universe, encoding, order)
                : order;
        this.outcome = encoding.solver.search(chooser);
    }

    /** @param wanted a version to be chosen whatever the request asks for, or null */
    static Attempt of(Universe universe, Request request, @Nullable ExactVersion wanted) {
        return of(universe, request, wanted, Patience.USUAL);
    }

    /** @param patience how soon the search helps itself; the answer does not depend on it */
    static Attempt of(Universe universe, Request request, @Nullable ExactVersion wanted, Patience patience) {
        return new Attempt(universe, request, wanted, patience);
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

    /** The answer under the policy's objectives; what the search found so far is where minimising starts. */
    Resolution.Solved solved() {
        Best best = best();
        return answer(best.choice(), best.optimality(), true);
    }

    /** The same without suggestions, for whoever only compares answers. */
    Resolution.Solved unadorned() {
        Best best = best();
        return answer(best.choice(), best.optimality(), false);
    }

    private record Best(Choice choice, Optimality optimality) {}

    private Best best() {
        List<Pricing.Price> prices = encoding.pricing().prices();
        if (prices.isEmpty()) {
            return new Best(chosen(), new Optimality(List.of(), true));
        }
        BestSoFar best = new BestSoFar(prices);
        List<Long> bounds = new ArrayList<>();
        Outcome last = Outcome.SOLVED;
        for (Pricing.Price price : prices) {
            long bound = 0;
            if (last == Outcome.SOLVED) {
                Optimiser optimiser = new Optimiser(encoding.solver, price.costs, chooser);
                long start = best.value(bounds.size()) - price.unavoidable();
                Optimiser.Result result = optimiser.minimise(start, _ -> best.take());
                bound = result.bound();
                last = result.outcome();
            }
            bounds.add(bound + price.unavoidable());
        }
        boolean byTheRule = last == Outcome.SOLVED && encoding.solver.searchAgain(chooser) == Outcome.SOLVED;
        if (byTheRule) {
            best.take();
        }
        List<Optimality.Criterion> criteria = new ArrayList<>();
        for (Pricing.Price price : prices) {
            int at = criteria.size();
            criteria.add(new Optimality.Criterion(price.objective, best.value(at), bounds.get(at)));
        }
        return new Best(best.choice(), new Optimality(criteria, byTheRule));
    }

    /** The best choice found so far, and what it costs under each objective. */
    private final class BestSoFar {
        private final List<Pricing.Price> prices;
        private Choice choice = chosen();
        private List<Long> values;

        BestSoFar(List<Pricing.Price> prices) {
            this.prices = prices;
            this.values = prices.stream().map(Pricing.Price::value).toList();
        }

        void take() {
            choice = chosen();
            values = prices.stream().map(Pricing.Price::value).toList();
        }

        Choice choice() {
            return choice;
        }

        long value(int objective) {
            return values.get(objective);
        }
    }

    private Choice chosen() {
        return chooser == order ? Choice.of(order) : Retelling.of(order, encoding.needs);
    }

    private Resolution.Solved answer(Choice choice, Optimality optimality, boolean suggesting) {
        return new Answer(universe, encoding, choice).build(optimality, suggesting);
    }

    /**
     * What was chosen, without all that an answer says of it.
     *
     * @param isBest whether this is what an ample budget would choose
     */
    record Found(Map<String, SemVer> versions, boolean isBest) {}

    Found found() {
        Best best = best();
        Map<String, SemVer> versions = new HashMap<>();
        for (int i = 0; i < best.choice().size(); i++) {
            ExactVersion version = encoding.exact(best.choice().variable(i));
            versions.put(version.code(), version.number());
        }
        return new Found(versions, best.optimality().optimal());
    }

    /** What the search found first, whatever the objectives, without suggestions. */
    Resolution.Solved chosenByTheRule() {
        return answer(chosen(), new Optimality(List.of(), true), false);
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
        return new Explanation(facts, Narrator.narrate(encoding, core), Explanation.Further.NONE, List.of());
    }
}
