package dev.apg.resolver.engine;

/**
 * Keeps a solution beside the chooser's decisions and repairs it where the rule wants something else, so that a conflict is
 * about the neighbourhood of a decision, however many others stand.
 *
 * <p>In a large request the rule decides for thousands of things between two that have to do with each other. A conflict
 * of these takes everything in between back, to be decided in the same way again. Here the solution is built first, need by
 * need. Then the rule's order is gone along: what the solution has too cannot lead to a conflict. What it has not is decided,
 * and only what is broken by that is looked after: whoever needed something that is gone, and what is new needs itself. All
 * else is as before. If this comes to an end, the solution is the repaired one; if not, the decision is impossible, and the
 * rule takes its next candidate. The answer is the one that the chooser's order defines, as everywhere.
 *
 * <p>Right only where nothing but needs asks for something to be chosen: not among the wishes of an {@link Optimiser}.
 */
final class Repair {
    private static final int NONE = -1;

    private final Solver solver;
    private final Trail trail;
    private final Needs needs;
    private final Patience patience;

    private long conflicts;
    private long takenBack;

    private boolean active;
    private boolean built;

    private final Witness witness;

    /** While the solution is built: up to where the needs of what is true in any case are met. */
    private int sureAt;

    private int sureNeed = NONE;

    /** While the solution is built: up to where what is false in any case was looked after. */
    private int looked;

    /** Whether something is being repaired; so many decisions stay after it; from here on the trail is about it. */
    private boolean repairing;

    private int base;
    private int from;

    /** The need that the solution is to be extended by, or {@link #NONE}. */
    private int focus = NONE;

    /** Up to where what became true and false was looked after: a place of the trail, and among its needs. */
    private int seen;

    private int at;

    /** By decision behind the base: the two places before it. */
    private final IntList saved = new IntList();

    private int patienceLeft;

    Repair(Solver solver, Trail trail, Needs needs, Patience patience) {
        this.solver = solver;
        this.trail = trail;
        this.needs = needs;
        this.witness = new Witness(solver, needs);
        this.patience = patience;
    }

    /** Whether decisions are made here too. */
    boolean isActive() {
        return active;
    }

    /** Whether conflicts take back that much that this should begin. */
    boolean isDue() {
        long enough = Math.max(conflicts, 4 + (trail.decisions() >> 4));
        return !active && conflicts > 0 && takenBack >= patience.distance() * enough;
    }

    /** There was a conflict; {@code more} decisions than it rests on stood. */
    void conflict(int more) {
        conflicts++;
        takenBack += more;
        patienceLeft--;
    }

    /** Whether what is being repaired now takes too long, so that this is given up altogether. */
    boolean isSpent() {
        return repairing && patienceLeft < 0;
    }

    /** Begins when no decision stands. */
    void begin() {
        active = true;
    }

    boolean isRepairing() {
        return repairing;
    }

    /** How many decisions a conflict must not take back if it does not rest on them alone. */
    int base() {
        return base;
    }

    /** The chooser is about to decide for a literal. */
    void deciding(int literal) {
        if (repairing) {
            saved.truncate(2 * (trail.decisions() - base));
            saved.add(seen);
            saved.add(at);
        } else if (built && !witness.has(literal >> 1)) {
            start(trail.decisions() + 1, trail.literals.size(), NONE);
        }
    }

    private void start(int base, int from, int focus) {
        repairing = true;
        patienceLeft = patience.conflicts();
        this.base = base;
        this.from = from;
        this.focus = focus;
        seen = from;
        at = 0;
        saved.truncate(0);
    }

    void backTo(int level) {
        if (repairing && level < base) {
            // The decision that it was for is impossible.
            repairing = false;
        } else if (repairing && 2 * (level - base) < saved.size()) {
            seen = saved.get(2 * (level - base));
            at = saved.get(2 * (level - base) + 1);
            saved.truncate(2 * (level - base));
        }
    }

    /**
     * What to decide in order to repair or build, or {@link Chooser#DONE} if the chooser is to decide; all conclusions are drawn.
     */
    int next() {
        while (repairing || !built) {
            if (!repairing && !extend()) {
                built = true;
                return Chooser.DONE;
            }
            int literal = repair();
            if (literal != NONE) {
                return literal;
            }
            accept();
            if (trail.decisions() > base) {
                return Chooser.AGAIN;
            }
        }
        return Chooser.DONE;
    }

    /** Takes the next need of what is true in any case, while no decision stands; false if there is none. */
    private boolean extend() {
        for (; sureAt < trail.literals.size(); sureAt++, sureNeed = NONE) {
            int literal = trail.literals.get(sureAt);
            int variable = literal >> 1;
            if (Literal.isPositive(literal) && needs.isConsumer(variable)) {
                witness.add(variable);
                sureNeed = Math.max(sureNeed, needs.from(variable));
                if (sureNeed < needs.to(variable)) {
                    start(0, looked, sureNeed++);
                    return true;
                }
            }
        }
        if (looked < trail.literals.size()) {
            start(0, looked, NONE);
            return true;
        }
        return false;
    }

    private int repair() {
        if (focus != NONE && !witness.meetsAnyway(focus)) {
            int literal = witness.meet(focus);
            if (literal != NONE) {
                return literal;
            }
        }
        for (; seen < trail.literals.size(); seen++, at = 0) {
            int literal = trail.literals.get(seen);
            int variable = literal >> 1;
            int found = NONE;
            if (!Literal.isPositive(literal)) {
                found = witness.has(variable) ? keepWhoNeeds(variable) : NONE;
            } else if (trail.level[variable] > 0 && !witness.has(variable) && needs.isConsumer(variable)) {
                found = meetNeedsOf(variable);
            }
            if (found != NONE) {
                return found;
            }
        }
        return NONE;
    }

    private int meetNeedsOf(int variable) {
        for (int end = needs.to(variable) - needs.from(variable); at < end; at++) {
            int literal = witness.meet(needs.from(variable) + at);
            if (literal != NONE) {
                return literal;
            }
        }
        return NONE;
    }

    /** Something of the solution is false now: looks after what needed it. */
    private int keepWhoNeeds(int gone) {
        IntList met = witness.metBy(gone);
        for (; at < met.size(); at++) {
            int need = met.get(at);
            int consumer = needs.consumer(need);
            if (!needs.isSoft(need) && witness.isThere(consumer) && !witness.isMet(need)) {
                return solver.isTrue(consumer) ? witness.meet(need) : Literal.is(consumer);
            }
        }
        return NONE;
    }

    /** The solution is the repaired one from now on. */
    private void accept() {
        repairing = false;
        IntList added = new IntList();
        IntList gone = new IntList();
        for (int i = from; i < trail.literals.size(); i++) {
            int literal = trail.literals.get(i);
            int variable = literal >> 1;
            if (!Literal.isPositive(literal) && witness.has(variable)) {
                gone.add(variable);
            } else if (Literal.isPositive(literal) && trail.level[variable] > 0 && !witness.has(variable)) {
                added.add(variable);
            }
        }
        witness.change(added, gone);
        if (focus != NONE) {
            witness.note(focus);
        }
        if (!built) {
            looked = from;
            for (int i = from; i < trail.literals.size(); i++) {
                looked += trail.level[trail.literals.get(i) >> 1] == 0 ? 1 : 0;
            }
        }
    }
}
