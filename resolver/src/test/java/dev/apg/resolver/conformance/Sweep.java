package dev.apg.resolver.conformance;

import dev.apg.resolver.engine.Chooser;
import dev.apg.resolver.engine.Literal;
import dev.apg.resolver.engine.Outcome;
import dev.apg.resolver.engine.RuleOrder;
import java.util.BitSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Is each version installable alone? One solver asks for one after the other and keeps what it learns; what a solution
 * holds is installable too and is not asked for again.
 */
final class Sweep {
    private Sweep() {}

    static JsonNode answer(Problem problem, JsonNode sweep) {
        ProblemRules rules = new ProblemRules(problem, ProblemRequest.none(), Long.MAX_VALUE);
        BitSet installable = new BitSet();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("sweep", sweep.required("id"));
        ArrayNode unsat = answer.putArray("unsat");
        for (int id = problem.versions.length - 1; id >= 0; id--) {
            if (installable.get(id)) {
                continue;
            }
            First first = new First(rules, rules.variable(id));
            if (rules.solver.searchAgain(first) == Outcome.SOLVED) {
                for (int i = 0; i < first.order.chosenCount(); i++) {
                    installable.set(rules.id(first.order.chosen(i)));
                }
            } else {
                unsat.add(id);
            }
        }
        return answer;
    }

    /** Decides for one variable first, then for what it needs. */
    private static final class First implements Chooser {
        private final ProblemRules rules;
        private final int variable;
        final RuleOrder order;

        First(ProblemRules rules, int variable) {
            this.rules = rules;
            this.variable = variable;
            this.order = new RuleOrder(rules.solver, rules.needs, variable);
        }

        @Override
        public int next() {
            if (rules.solver.isFalse(variable)) {
                return REFUTED;
            }
            return rules.solver.isTrue(variable) ? order.next() : Literal.is(variable);
        }

        @Override
        public void opening(int level) {
            order.opening(level);
        }

        @Override
        public void backTo(int level) {
            order.backTo(level);
        }
    }
}
