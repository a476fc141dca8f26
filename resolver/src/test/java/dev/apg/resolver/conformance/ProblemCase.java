package dev.apg.resolver.conformance;

import dev.apg.resolver.engine.Outcome;
import dev.apg.resolver.engine.RuleOrder;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers one case. */
final class ProblemCase {
    private static final long STEPS = 2_000_000_000L;

    private ProblemCase() {}

    static JsonNode answer(Problem problem, JsonNode each) {
        ProblemRules rules = new ProblemRules(problem, each, STEPS);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("case", each.required("id"));
        RuleOrder order = new RuleOrder(rules.solver, rules.needs, rules.requestVariable);
        Outcome outcome = rules.solver.search(order);
        switch (outcome) {
            case SOLVED -> {
                answer.put("status", "sat");
                var ids = answer.putArray("ids");
                IntStream.range(1, order.chosenCount())
                        .map(i -> rules.id(order.chosen(i)))
                        .sorted()
                        .forEach(ids::add);
            }
            case CONTRADICTION, REFUTED -> {
                answer.put("status", "unsat");
                answer.set("core", rules.core(STEPS));
            }
            case OUT_OF_STEPS -> answer.put("status", "unknown");
        }
        return answer;
    }
}
