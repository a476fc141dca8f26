package dev.apg.resolver.conformance;

import dev.apg.resolver.engine.Chooser;
import dev.apg.resolver.engine.Costs;
import dev.apg.resolver.engine.Optimiser;
import dev.apg.resolver.engine.Outcome;
import dev.apg.resolver.engine.RuleOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers one case. */
final class ProblemCase {
    private static final long STEPS = 2_000_000_000L;

    private ProblemCase() {}

    static JsonNode answer(Problem problem, JsonNode each) {
        ProblemRequest request = ProblemRequest.of(problem, each);
        ProblemRules rules = new ProblemRules(problem, request, STEPS);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("case", each.required("id"));
        RuleOrder order = new RuleOrder(rules.solver, rules.needs, rules.requestVariable);
        String objective = each.path("objective").asString("");
        List<Costs> criteria = objective.isEmpty() ? List.of() : Criteria.of(objective, problem, rules);
        Chooser chooser = criteria.isEmpty() ? order : new Completing(rules, order);
        Outcome outcome = rules.solver.search(chooser);
        switch (outcome) {
            case SOLVED -> {
                answer.put("status", "sat");
                int[] ids = minimise(rules, order, chooser, criteria);
                var list = answer.putArray("ids");
                Arrays.stream(ids).forEach(list::add);
            }
            case CONTRADICTION, REFUTED -> {
                answer.put("status", "unsat");
                answer.set("core", core(problem, request, rules));
            }
            case OUT_OF_STEPS -> answer.put("status", "unknown");
        }
        return answer;
    }

    /** A core without upgrades and what is kept, if there is one: the answer format has no facts for those. */
    private static ArrayNode core(Problem problem, ProblemRequest request, ProblemRules rules) {
        if (request.upgrades().isEmpty() && request.keeps().isEmpty()) {
            return rules.core(STEPS);
        }
        ProblemRules plain = new ProblemRules(problem, request.withoutUpgradesAndKeeps(), STEPS);
        Outcome outcome = plain.solver.search(new RuleOrder(plain.solver, plain.needs, plain.requestVariable));
        return outcome == Outcome.CONTRADICTION ? plain.core(STEPS) : rules.core(STEPS);
    }

    /** Goes from a first solution to the best by one criterion after the other; the best found if the steps run out. */
    private static int[] minimise(ProblemRules rules, RuleOrder order, Chooser chooser, List<Costs> criteria) {
        int[][] best = {chosen(rules, order)};
        for (Costs costs : criteria) {
            Optimiser optimiser = new Optimiser(rules.solver, costs, chooser);
            Optimiser.Result result = optimiser.minimise(costs.value(), _ -> best[0] = chosen(rules, order));
            if (result.outcome() != Outcome.SOLVED || rules.solver.searchAgain(chooser) != Outcome.SOLVED) {
                return best[0];
            }
            best[0] = chosen(rules, order);
        }
        return best[0];
    }

    private static int[] chosen(ProblemRules rules, RuleOrder order) {
        return IntStream.range(1, order.chosenCount())
                .map(i -> rules.id(order.chosen(i)))
                .sorted()
                .toArray();
    }
}
