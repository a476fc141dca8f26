package dev.apg.resolver.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Reduces contradictory facts to some that contradict each other and none of which can be spared, by leaving out one
 * after the other and keeping it out if the rest is still contradictory; each contradiction found on the way also drops
 * whatever its proof did not need.
 *
 * <p>That a group has at most one chosen member is a fact too. These are left out last, so that no other fact is in the
 * core that would be superfluous beside them.
 */
public final class MinimalCore {
    private final List<Constraint> constraints;
    private final long budget;
    private long steps;

    /** The variables that the facts mention, each once; what follows goes by the position in here. */
    private final int[] variables;

    private final int[] groupOf;
    private boolean[] kept;
    private boolean[] keptGroups;

    private MinimalCore(List<Constraint> constraints, IntUnaryOperator groupOf, long budget) {
        this.constraints = constraints;
        this.budget = budget;
        IntList all = new IntList();
        for (Constraint constraint : constraints) {
            if (constraint.consumer() >= 0) {
                all.add(constraint.consumer());
            }
            for (int member : constraint.members()) {
                all.add(member);
            }
        }
        // By group, and inside a group by version.
        this.variables = Arrays.stream(all.toArray()).sorted().distinct().toArray();
        this.groupOf = Arrays.stream(variables).map(groupOf).toArray();
        this.kept = new boolean[constraints.size()];
        this.keptGroups = new boolean[Arrays.stream(this.groupOf).max().orElse(-1) + 1];
    }

    /**
     * @param constraints facts that contradict each other, at the latest together with the rule for groups
     * @param budget how many steps may be spent; when they run out, what was not looked at is kept
     */
    public static Result of(List<Constraint> constraints, IntUnaryOperator groupOf, long budget) {
        MinimalCore core = new MinimalCore(constraints, groupOf, budget);
        core.reduce();
        return new Result(positions(core.kept), positions(core.keptGroups), core.steps);
    }

    /**
     * @param constraints positions of the facts that remain, ascending
     * @param groups the groups of which it matters that at most one member is chosen, ascending
     */
    public record Result(int[] constraints, int[] groups, long steps) {}

    private void reduce() {
        Arrays.fill(kept, true);
        for (int i = 1; i < groupOf.length; i++) {
            // That only one of a group is chosen means nothing where the facts mention one.
            keptGroups[groupOf[i]] |= groupOf[i] == groupOf[i - 1];
        }
        isContradictory(false);
        for (int i = constraints.size() - 1; i >= 0; i--) {
            if (kept[i]) {
                kept[i] = false;
                boolean spared = isContradictory(false);
                kept[i] = !spared;
            }
        }
        isContradictory(true);
        for (int i = keptGroups.length - 1; i >= 0; i--) {
            if (keptGroups[i]) {
                keptGroups[i] = false;
                boolean spared = isContradictory(false);
                keptGroups[i] = !spared;
            }
        }
    }

    /** Whether what is kept is contradictory; if so, drops the facts, and groups if asked, that the proof leaves out. */
    private boolean isContradictory(boolean dropGroups) {
        Solver solver = new Solver(budget - steps);
        int[] newGroup = new int[keptGroups.length];
        newVariables(solver, newGroup);
        for (int i = 0; i < constraints.size(); i++) {
            if (kept[i]) {
                add(solver, constraints.get(i), i);
            }
        }
        Outcome outcome = solver.search(new FewestFirst(solver));
        steps += solver.steps();
        if (outcome != Outcome.CONTRADICTION) {
            return false;
        }
        Proof.Origins origins = solver.origins();
        boolean[] needed = new boolean[kept.length];
        for (int fact : origins.facts()) {
            needed[fact] = true;
        }
        kept = needed;
        if (dropGroups) {
            boolean[] neededGroups = new boolean[keptGroups.length];
            for (int group = 0; group < keptGroups.length; group++) {
                neededGroups[group] = keptGroups[group] && Arrays.binarySearch(origins.groups(), newGroup[group]) >= 0;
            }
            keptGroups = neededGroups;
        }
        return true;
    }

    private void newVariables(Solver solver, int[] newGroup) {
        Arrays.fill(newGroup, -1);
        int at = 0;
        while (at < variables.length) {
            int end = at + 1;
            if (keptGroups[groupOf[at]]) {
                while (end < variables.length && groupOf[end] == groupOf[at]) {
                    end++;
                }
            }
            int variable = solver.newGroup(end - at);
            if (keptGroups[groupOf[at]]) {
                newGroup[groupOf[at]] = solver.groupOf(variable);
            }
            at = end;
        }
    }

    private void add(Solver solver, Constraint constraint, int tag) {
        IntList clause = new IntList();
        if (constraint.positive()) {
            if (constraint.consumer() >= 0) {
                clause.add(Literal.not(local(constraint.consumer())));
            }
            for (int member : constraint.members()) {
                clause.add(Literal.is(local(member)));
            }
            solver.addClause(clause, tag);
            return;
        }
        for (int member : constraint.members()) {
            clause.truncate(0);
            if (constraint.consumer() >= 0) {
                clause.add(Literal.not(local(constraint.consumer())));
            }
            clause.add(Literal.not(local(member)));
            solver.addClause(clause, tag);
        }
    }

    private int local(int variable) {
        return Arrays.binarySearch(variables, variable);
    }

    private static int[] positions(boolean[] flags) {
        IntList list = new IntList();
        for (int i = 0; i < flags.length; i++) {
            if (flags[i]) {
                list.add(i);
            }
        }
        return list.toArray();
    }

    /** Chooses nothing that is not forced. */
    private static final class FewestFirst implements Chooser {
        private final Solver solver;
        private final IntList saved = new IntList();
        private int at;

        FewestFirst(Solver solver) {
            this.solver = solver;
        }

        @Override
        public int next() {
            while (at < solver.variableCount()) {
                if (solver.value(Literal.is(at)) == 0) {
                    return Literal.not(at);
                }
                at++;
            }
            return DONE;
        }

        @Override
        public void opening(int level) {
            saved.truncate(level - 1);
            saved.add(at);
        }

        @Override
        public void backTo(int level) {
            if (level < saved.size()) {
                at = saved.get(level);
                saved.truncate(level);
            }
        }
    }
}
