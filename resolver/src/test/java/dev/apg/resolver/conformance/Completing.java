package dev.apg.resolver.conformance;

import dev.apg.resolver.engine.Chooser;
import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.engine.Literal;
import dev.apg.resolver.engine.RuleOrder;

/**
 * The choice rule for problems in which a version may be chosen without a reason, because an objective likes it: what is
 * true for such a reason gets its needs met too, and all else is decided against.
 */
final class Completing implements Chooser {
    private final ProblemRules rules;
    private final RuleOrder order;
    private final IntList saved = new IntList();

    /** Up to where the trail was looked at, and the variables were decided. */
    private int seen;

    private int decided;

    Completing(ProblemRules rules, RuleOrder order) {
        this.rules = rules;
        this.order = order;
    }

    @Override
    public int next() {
        while (true) {
            int literal = order.next();
            if (literal != DONE) {
                return literal;
            }
            if (!adoptOne()) {
                break;
            }
        }
        for (; decided < rules.solver.variableCount(); decided++) {
            if (rules.solver.isOpen(decided)) {
                return Literal.not(decided);
            }
        }
        return DONE;
    }

    private boolean adoptOne() {
        for (; seen < rules.solver.trailSize(); seen++) {
            int literal = rules.solver.trailAt(seen);
            int variable = Literal.variable(literal);
            if (Literal.isPositive(literal) && rules.id(variable) >= 0 && !order.isChosen(variable)) {
                order.adopt(variable, RuleOrder.NO_NEED);
                return true;
            }
        }
        return false;
    }

    @Override
    public void opening(int level) {
        saved.truncate(2 * (level - 1));
        saved.add(seen);
        saved.add(decided);
        order.opening(level);
    }

    @Override
    public void backTo(int level) {
        if (2 * level < saved.size()) {
            seen = saved.get(2 * level);
            decided = saved.get(2 * level + 1);
            saved.truncate(2 * level);
        }
        order.backTo(level);
    }
}
