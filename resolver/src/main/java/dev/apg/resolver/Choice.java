package dev.apg.resolver;

import dev.apg.resolver.engine.RuleOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a search chose, kept after the search went on.
 *
 * @param needs by variable in the order of choice, the need that it was chosen for; the request itself is left out
 */
record Choice(Map<Integer, Integer> needs) {
    static Choice of(RuleOrder order) {
        Map<Integer, Integer> needs = new LinkedHashMap<>();
        for (int i = 1; i < order.chosenCount(); i++) {
            needs.put(order.chosen(i), order.chosenFor(order.chosen(i)));
        }
        return new Choice(needs);
    }

    boolean has(int variable) {
        return needs.containsKey(variable);
    }
}
