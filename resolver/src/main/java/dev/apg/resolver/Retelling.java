package dev.apg.resolver;

import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.engine.IntMap;
import dev.apg.resolver.engine.Needs;
import dev.apg.resolver.engine.RuleOrder;

/**
 * Finds for each of the chosen versions the first need that leads to it, going along the needs as {@link RuleOrder} does.
 * Where costs force versions to stay, the search may have known early that one stays, and have been led to it by another
 * need: what is chosen does not depend on that, and with this the reasons do not either.
 */
final class Retelling {
    private static final int NONE = -1;

    private final Needs needs;

    /** What is to be told, by variable. */
    private final IntMap untold = new IntMap();

    private int left;

    /** What was told, in order; the first is the request itself. */
    private final IntList told = new IntList();

    private final IntMap ledTo = new IntMap();
    private int plainAt;
    private int choiceAt;

    private Retelling(RuleOrder order, Needs needs) {
        this.needs = needs;
        for (int i = 1; i < order.chosenCount(); i++) {
            untold.put(order.chosen(i), 1);
            left++;
        }
        told.add(order.chosen(0));
    }

    static Choice of(RuleOrder order, Needs needs) {
        var retelling = new Retelling(order, needs);
        while (retelling.left > 0) {
            if (!retelling.tellOne()) {
                throw new IllegalStateException("chosen without a need that leads to it");
            }
        }
        return Choice.of(retelling.told, retelling.ledTo::get);
    }

    private boolean tellOne() {
        for (; plainAt < told.size(); plainAt++) {
            if (tellNeeded(told.get(plainAt), true)) {
                return true;
            }
        }
        for (; choiceAt < told.size(); choiceAt++) {
            if (tellNeeded(told.get(choiceAt), false)) {
                return true;
            }
        }
        return tellKept();
    }

    /** Tells the provider of the first need that nothing told meets. */
    private boolean tellNeeded(int consumer, boolean plain) {
        for (int need = needs.from(consumer); need < needs.to(consumer); need++) {
            if (needs.isPlain(need) == plain && !isMet(need) && tellFirst(need)) {
                return true;
            }
        }
        return false;
    }

    /** Tells something that stays although what it is needed for has another provider. */
    private boolean tellKept() {
        for (int i = 0; i < told.size(); i++) {
            int consumer = told.get(i);
            for (int need = needs.from(consumer); need < needs.to(consumer); need++) {
                if (tellFirst(need)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isMet(int need) {
        for (int at = needs.start(need); at < needs.end(need); at++) {
            if (ledTo.get(needs.candidate(at)) != NONE) {
                return true;
            }
        }
        return false;
    }

    private boolean tellFirst(int need) {
        for (int at = needs.start(need); at < needs.end(need); at++) {
            int candidate = needs.candidate(at);
            if (untold.get(candidate) != NONE && ledTo.get(candidate) == NONE) {
                ledTo.put(candidate, need);
                told.add(candidate);
                left--;
                return true;
            }
        }
        return false;
    }
}
