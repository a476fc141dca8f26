package dev.apg.resolver;

import dev.apg.resolver.engine.IntMap;
import dev.apg.resolver.engine.Needs;
import dev.apg.resolver.engine.RuleOrder;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Tells which of the chosen versions no chain of needs leads to from the request. */
final class Reasons {
    private static final int NONE = -1;

    private final Encoding encoding;
    private final RuleOrder order;
    private final Supporters supporters;

    /** By variable, 1 if a need of the request is met by it; and up to which need that is known. */
    private final IntMap asked = new IntMap();

    private int known;

    Reasons(Encoding encoding, RuleOrder order, Supporters supporters) {
        this.encoding = encoding;
        this.order = order;
        this.supporters = supporters;
    }

    /** Chosen versions without a reason, in the order of the {@link Supporters}. */
    Set<Integer> missing() {
        Set<Integer> missing = uncertain();
        boolean found = !missing.isEmpty();
        while (found) {
            // Sorted anew each time, which must not be for nothing where a large lock hangs in the air.
            encoding.solver.step(16L * missing.size());
            found = missing.removeIf(variable -> hasReason(variable, missing));
        }
        return missing;
    }

    /** What the rule did not come to by itself, and what only that led to. */
    private Set<Integer> uncertain() {
        Set<Integer> uncertain = new TreeSet<>(supporters.order);
        encoding.solver.step(1 + (order.chosenCount() >> 4));
        for (int i = 1; i < order.chosenCount(); i++) {
            int variable = order.chosen(i);
            int need = order.chosenFor(variable);
            if (need == RuleOrder.NO_NEED || uncertain.contains(encoding.needs.consumer(need))) {
                uncertain.add(variable);
            }
        }
        return uncertain;
    }

    private boolean hasReason(int variable, Set<Integer> missing) {
        if (isAskedFor(variable)) {
            return true;
        }
        int[] all = supporters.of(variable);
        encoding.solver.step(1 + (all.length >> 4));
        return Arrays.stream(all).anyMatch(each -> order.isChosen(each) && !missing.contains(each));
    }

    private boolean isAskedFor(int variable) {
        Needs needs = encoding.needs;
        int end = needs.to(encoding.requestVariable);
        known = Math.max(known, needs.from(encoding.requestVariable));
        for (; known < end; known++) {
            for (int at = needs.start(known); at < needs.end(known); at++) {
                asked.put(needs.candidate(at), 1);
            }
            encoding.solver.step(1 + ((needs.end(known) - needs.start(known)) >> 4));
        }
        return asked.get(variable) != NONE;
    }
}
