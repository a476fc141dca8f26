package dev.apg.resolver;

import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.engine.IntMap;
import dev.apg.resolver.engine.RuleOrder;
import java.util.function.IntUnaryOperator;

/** What a search chose, in the order of choice and without the request itself, kept after the search went on. */
final class Choice {
    private final int[] variables;
    private final int[] needs;
    private final IntMap positions = new IntMap();

    private Choice(int size) {
        this.variables = new int[size];
        this.needs = new int[size];
    }

    static Choice of(RuleOrder order) {
        IntList chosen = new IntList();
        for (int i = 0; i < order.chosenCount(); i++) {
            chosen.add(order.chosen(i));
        }
        return of(chosen, order::chosenFor);
    }

    /**
     * @param chosen variables in the order of choice; the first is the request itself
     * @param chosenFor the need that a variable was chosen for
     */
    static Choice of(IntList chosen, IntUnaryOperator chosenFor) {
        Choice choice = new Choice(chosen.size() - 1);
        for (int i = 0; i < choice.size(); i++) {
            int variable = chosen.get(i + 1);
            choice.variables[i] = variable;
            choice.needs[i] = chosenFor.applyAsInt(variable);
            choice.positions.put(variable, i);
        }
        return choice;
    }

    int size() {
        return variables.length;
    }

    int variable(int position) {
        return variables[position];
    }

    /** The need that a variable was chosen for. */
    int need(int position) {
        return needs[position];
    }

    /** The position of a variable, or -1 if it was not chosen. */
    int position(int variable) {
        return positions.get(variable);
    }
}
