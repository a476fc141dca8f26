package dev.apg.resolver.engine;

import java.util.Arrays;

/**
 * The choice rule: goes along the needs of what is chosen, breadth first, and takes for each the first candidate that is
 * still possible, unless something chosen meets it already. Needs that leave only a version to choose come before those
 * that leave a choice between several groups, so that what is chosen anyway serves the latter too.
 */
public final class RuleOrder implements Chooser {
    /** In place of a need. */
    public static final int NO_NEED = -1;

    private static final int NONE = -1;

    private final Solver solver;
    private final Needs needs;

    /** What is chosen, in order; the first is the request itself. */
    private final IntList chosen = new IntList();

    /** By variable: for which need it was chosen; -1 if it is not chosen. */
    private int[] chosenFor = new int[64];

    private int plainAt;
    private int plainNeed = NONE;
    private int choiceAt;
    private int choiceNeed = NONE;

    /** By level: chosen, plainAt, plainNeed, choiceAt, choiceNeed before its decision. */
    private final IntList saved = new IntList();

    private static final int SAVED = 5;

    /** @param request the variable of the request itself, which is true and described */
    public RuleOrder(Solver solver, Needs needs, int request) {
        this.solver = solver;
        this.needs = needs;
        choose(request, 0);
    }

    private void choose(int variable, int need) {
        if (chosenFor.length <= variable) {
            int length = chosenFor.length;
            chosenFor = Arrays.copyOf(chosenFor, Math.max(variable + 1, length * 2));
        }
        chosenFor[variable] = need + 2;
        chosen.add(variable);
    }

    private void forgetChosen(int length) {
        for (int i = length; i < chosen.size(); i++) {
            chosenFor[chosen.get(i)] = 0;
        }
        chosen.truncate(Math.min(length, chosen.size()));
    }

    /** How many variables are chosen, the request included. */
    public int chosenCount() {
        return chosen.size();
    }

    /** The variables chosen, in order; number 0 is the request. */
    public int chosen(int index) {
        return chosen.get(index);
    }

    public boolean isChosen(int variable) {
        return variable < chosenFor.length && chosenFor[variable] != 0;
    }

    /** The need for which a variable was chosen. */
    public int chosenFor(int variable) {
        return chosenFor[variable] - 2;
    }

    /**
     * Chooses a true variable that no need led to.
     *
     * @param need what it could have been chosen for, or {@link #NO_NEED}
     */
    public void adopt(int variable, int need) {
        choose(variable, need);
    }

    @Override
    public int next() {
        while (true) {
            int literal = nextPlain();
            if (literal == DONE) {
                int before = chosen.size();
                literal = nextChoice();
                if (literal == DONE && chosen.size() > before) {
                    continue;
                }
            }
            return literal;
        }
    }

    private int nextPlain() {
        for (; plainAt < chosen.size(); plainAt++, plainNeed = NONE) {
            int consumer = chosen.get(plainAt);
            plainNeed = Math.max(plainNeed, needs.from(consumer));
            for (int end = needs.to(consumer); plainNeed < end; plainNeed++) {
                if (needs.isPlain(plainNeed)) {
                    int literal = take(plainNeed);
                    if (literal != DONE) {
                        return literal;
                    }
                }
            }
        }
        return DONE;
    }

    private int nextChoice() {
        for (; choiceAt < chosen.size(); choiceAt++, choiceNeed = NONE) {
            int consumer = chosen.get(choiceAt);
            choiceNeed = Math.max(choiceNeed, needs.from(consumer));
            for (int end = needs.to(consumer); choiceNeed < end; choiceNeed++) {
                if (!needs.isPlain(choiceNeed)) {
                    int before = chosen.size();
                    int literal = take(choiceNeed);
                    if (literal != DONE || chosen.size() > before) {
                        return literal;
                    }
                }
            }
        }
        return DONE;
    }

    /** Decides on a need; {@link #DONE} if nothing has to be tried for it. */
    private int take(int need) {
        int first = NONE;
        int end = needs.end(need);
        for (int i = needs.start(need); i < end; i++) {
            int candidate = needs.candidate(i);
            if (isChosen(candidate)) {
                return DONE;
            }
            if (first == NONE && !solver.isFalse(candidate)) {
                first = candidate;
            }
        }
        solver.step(1 + ((end - needs.start(need)) >> 4));
        if (first == NONE) {
            return DONE;
        }
        if (solver.isTrue(first)) {
            choose(first, need);
            return DONE;
        }
        // The need is looked at again once this is decided, and then finds its candidate true.
        return Literal.is(first);
    }

    @Override
    public void opening(int level) {
        saved.truncate((level - 1) * SAVED);
        saved.add(chosen.size());
        saved.add(plainAt);
        saved.add(plainNeed);
        saved.add(choiceAt);
        saved.add(choiceNeed);
    }

    @Override
    public void backTo(int level) {
        int at = level * SAVED;
        if (at < saved.size()) {
            forgetChosen(saved.get(at));
            plainAt = saved.get(at + 1);
            plainNeed = saved.get(at + 2);
            choiceAt = saved.get(at + 3);
            choiceNeed = saved.get(at + 4);
            saved.truncate(at);
        }
    }
}
