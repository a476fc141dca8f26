package dev.apg.resolver.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Reduces contradictory facts to some that contradict each other and none of which can be spared, by leaving out one
 * after the other and keeping it out if the rest is still contradictory; each contradiction found on the way also drops
 * whatever its proof did not need, and each solution shows of some facts that they cannot be spared ({@link Rotation}).
 *
 * <p>That a group has at most one chosen member is a fact too. These are left out last, so that no other fact is in the
 * core that would be superfluous beside them.
 */
public final class MinimalCore {
    /** The facts, about the positions of variables in an order by group. */
    private final List<Constraint> constraints;

    private final long budget;
    private long steps;

    private final int[] groupOf;
    private boolean[] kept;
    private boolean[] keptGroups;

    /** Of which facts it is known that they cannot be spared. */
    private final boolean[] needed;

    private final Rotation rotation;

    private MinimalCore(List<Constraint> constraints, IntUnaryOperator groupOf, long budget) {
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
        int[] variables = Arrays.stream(all.toArray()).sorted().distinct().toArray();
        this.constraints =
                constraints.stream().map(each -> local(each, variables)).toList();
        this.groupOf = Arrays.stream(variables).map(groupOf).toArray();
        this.kept = new boolean[constraints.size()];
        this.keptGroups = new boolean[Arrays.stream(this.groupOf).max().orElse(-1) + 1];
        this.needed = new boolean[constraints.size()];
        this.rotation = new Rotation(this.constraints, variables.length);
    }

    private static Constraint local(Constraint constraint, int[] variables) {
        int consumer = constraint.consumer() < 0
                ? Constraint.NO_CONSUMER
                : Arrays.binarySearch(variables, constraint.consumer());
        int[] members = Arrays.stream(constraint.members())
                .map(member -> Arrays.binarySearch(variables, member))
                .toArray();
        return new Constraint(consumer, constraint.positive(), members);
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
        for (int i = constraints.size() - 1; i >= 0 && steps < budget; i--) {
            if (kept[i] && !needed[i]) {
                kept[i] = false;
                Solver solver = solver();
                Outcome outcome = search(solver);
                if (outcome == Outcome.CONTRADICTION) {
                    dropUnused(solver);
                    continue;
                }
                kept[i] = true;
                if (outcome == Outcome.SOLVED) {
                    rotate(i, solver);
                }
            }
        }
        isContradictory(true);
        for (int i = keptGroups.length - 1; i >= 0 && steps < budget; i--) {
            if (keptGroups[i]) {
                keptGroups[i] = false;
                boolean spared = isContradictory(false);
                keptGroups[i] = !spared;
            }
        }
    }

    private void rotate(int broken, Solver solver) {
        boolean[] model = new boolean[groupOf.length];
        for (int i = 0; i < model.length; i++) {
            model[i] = solver.isTrue(i);
        }
        long before = rotation.steps();
        rotation.from(broken, model, kept, variable -> clashes(variable, model), needed, budget - steps);
        steps += rotation.steps() - before;
    }

    private boolean clashes(int variable, boolean[] model) {
        int group = groupOf[variable];
        if (!keptGroups[group]) {
            return false;
        }
        for (int i = variable - 1; i >= 0 && groupOf[i] == group; i--) {
            if (model[i]) {
                return true;
            }
        }
        for (int i = variable + 1; i < groupOf.length && groupOf[i] == group; i++) {
            if (model[i]) {
                return true;
            }
        }
        return false;
    }

    /** Whether what is kept is contradictory; if so, drops the facts, and groups if asked, that the proof leaves out. */
    private boolean isContradictory(boolean dropGroups) {
        Solver solver = new Solver(budget - steps);
        int[] newGroup = fill(solver);
        if (search(solver) != Outcome.CONTRADICTION) {
            return false;
        }
        dropUnused(solver);
        if (dropGroups) {
            Proof.Origins origins = solver.origins();
            for (int group = 0; group < keptGroups.length; group++) {
                keptGroups[group] &= Arrays.binarySearch(origins.groups(), newGroup[group]) >= 0;
            }
        }
        return true;
    }

    private Solver solver() {
        Solver solver = new Solver(budget - steps);
        fill(solver);
        return solver;
    }

    private Outcome search(Solver solver) {
        Interruption.check();
        Outcome outcome = solver.search(new FewestFirst(solver));
        steps += solver.steps();
        return outcome;
    }

    private void dropUnused(Solver solver) {
        boolean[] used = new boolean[kept.length];
        for (int fact : solver.origins().facts()) {
            used[fact] = true;
        }
        kept = used;
    }

    /** Gives a solver what is kept; the answer has the numbers of its groups, by group. */
    private int[] fill(Solver solver) {
        int[] newGroup = new int[keptGroups.length];
        newVariables(solver, newGroup);
        for (int i = 0; i < constraints.size(); i++) {
            if (kept[i]) {
                add(solver, constraints.get(i), i);
            }
        }
        return newGroup;
    }

    private void newVariables(Solver solver, int[] newGroup) {
        Arrays.fill(newGroup, -1);
        int at = 0;
        while (at < groupOf.length) {
            int end = at + 1;
            if (keptGroups[groupOf[at]]) {
                while (end < groupOf.length && groupOf[end] == groupOf[at]) {
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
                clause.add(Literal.not(constraint.consumer()));
            }
            for (int member : constraint.members()) {
                clause.add(Literal.is(member));
            }
            solver.addClause(clause, tag);
            return;
        }
        for (int member : constraint.members()) {
            clause.truncate(0);
            if (constraint.consumer() >= 0) {
                clause.add(Literal.not(constraint.consumer()));
            }
            clause.add(Literal.not(member));
            solver.addClause(clause, tag);
        }
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
