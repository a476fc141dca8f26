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

    private final Walk plain = new Walk();
    private final Walk choices = new Walk();

    /** By level: how many were chosen before its decision, and where the two walks were. */
    private final IntList saved = new IntList();

    private static final int SAVED = 7;

    /** How far the needs of what is chosen were gone along. */
    private final class Walk {
        /** The place of a consumer among what is chosen. */
        private int at;

        private int need = NONE;

        /** Where the first candidate of the need is that may be possible; {@link #NONE} if nobody looked yet. */
        private int first = NONE;

        private void nextConsumer() {
            at++;
            need = NONE;
            first = NONE;
        }

        private void nextNeed() {
            need++;
            first = NONE;
        }

        private void save() {
            saved.add(at);
            saved.add(need);
            saved.add(first);
        }

        private void restore(int from) {
            at = saved.get(from);
            need = saved.get(from + 1);
            first = saved.get(from + 2);
        }
    }

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
    public Needs onlyNeeds() {
        return needs;
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
        for (; plain.at < chosen.size(); plain.nextConsumer()) {
            int consumer = chosen.get(plain.at);
            plain.need = Math.max(plain.need, needs.from(consumer));
            for (int end = needs.to(consumer); plain.need < end; plain.nextNeed()) {
                if (needs.isPlain(plain.need)) {
                    int literal = take(plain);
                    if (literal != DONE) {
                        return literal;
                    }
                }
            }
        }
        return DONE;
    }

    private int nextChoice() {
        for (; choices.at < chosen.size(); choices.nextConsumer()) {
            int consumer = chosen.get(choices.at);
            choices.need = Math.max(choices.need, needs.from(consumer));
            for (int end = needs.to(consumer); choices.need < end; choices.nextNeed()) {
                if (!needs.isPlain(choices.need)) {
                    int before = chosen.size();
                    int literal = take(choices);
                    if (literal != DONE || chosen.size() > before) {
                        return literal;
                    }
                }
            }
        }
        return DONE;
    }

    /** Decides on a need; {@link #DONE} if nothing has to be tried for it. */
    private int take(Walk walk) {
        int need = walk.need;
        if (walk.first == NONE) {
            if (isMet(need)) {
                return DONE;
            }
            walk.first = needs.start(need);
        }
        // What is false stays so until the search goes back behind where the walk stands now.
        int before = walk.first;
        int end = needs.end(need);
        while (walk.first < end && solver.isFalse(needs.candidate(walk.first))) {
            walk.first++;
        }
        solver.step(1 + ((walk.first - before) >> 4));
        if (walk.first == end) {
            return DONE;
        }
        int candidate = needs.candidate(walk.first);
        if (isChosen(candidate)) {
            return DONE;
        }
        if (solver.isTrue(candidate)) {
            choose(candidate, need);
            return DONE;
        }
        // The need is looked at again once this is decided, and then finds its candidate true.
        return Literal.is(candidate);
    }

    private boolean isMet(int need) {
        int start = needs.start(need);
        int end = needs.end(need);
        solver.step((end - start) >> 4);
        for (int i = start; i < end; i++) {
            if (isChosen(needs.candidate(i))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void opening(int level) {
        saved.truncate((level - 1) * SAVED);
        saved.add(chosen.size());
        plain.save();
        choices.save();
    }

    @Override
    public void backTo(int level) {
        int at = level * SAVED;
        if (at < saved.size()) {
            forgetChosen(saved.get(at));
            plain.restore(at + 1);
            choices.restore(at + 4);
            saved.truncate(at);
        }
    }
}
