package dev.apg.resolver.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the least sum of costs from below (core-guided, after A. Morgado, C. Dodaro and J. Marques-Silva, Core-Guided
 * MaxSAT with Soft Cardinality Constraints, 2014): it insists that nothing costs anything; when some of that is
 * impossible together, it allows as much of it as must be, which raises the proven bound, and insists on the rest; the
 * first time that all it insists on can hold, the sum is the least. Great weights are insisted on before small ones, so
 * that good answers are found on the way.
 */
public final class Optimiser {
    private final Solver solver;
    private final Costs costs;
    private final Chooser chooser;

    /** What is insisted on; an entry without weight is given up. */
    private final IntList wishes = new IntList();

    private long[] weights = new long[16];

    /** By wish, the output of a sum that it denies; null if it denies a cost itself. */
    private final List<@Nullable Output> outputs = new ArrayList<>();

    /** That a sum is at least {@code count}. */
    private record Output(Totalizer sum, int count) {}

    private int knownCosts;
    private long bound;
    private long best;
    private long least;

    /** @param chooser completes an assignment once everything that is insisted on holds */
    public Optimiser(Solver solver, Costs costs, Chooser chooser) {
        this.solver = solver;
        this.costs = costs;
        this.chooser = chooser;
    }

    /**
     * The end of the optimisation.
     *
     * @param outcome {@link Outcome#SOLVED} if the least sum is known, and from now on required; {@link
     *     Outcome#OUT_OF_STEPS} if not
     * @param bound no solution costs less
     */
    public record Result(Outcome outcome, long bound) {}

    /** What is done with each solution found on the way; they cost less and less. */
    public interface Better {
        void found(long value);
    }

    /**
     * Minimises, after a first solution was found.
     *
     * @param first what that solution costs
     */
    public Result minimise(long first, Better better) {
        best = first;
        takeNewCosts();
        least = greatestWeight();
        while (bound < best) {
            solver.backTo(0, chooser);
            takeNewCosts();
            if (chargeWhatIsLost()) {
                continue;
            }
            Insistence insistence = new Insistence();
            switch (solver.searchAgain(insistence)) {
                case SOLVED -> {
                    long value = costs.value();
                    if (value < best) {
                        best = value;
                        better.found(value);
                    }
                    if (least == 1) {
                        bound = value;
                    } else {
                        least = Math.max(1, Math.min(least / 2, nextWeight()));
                    }
                }
                case REFUTED -> giveWay(insistence.core());
                case CONTRADICTION -> throw new IllegalStateException("a solution was known");
                case OUT_OF_STEPS -> {
                    return new Result(Outcome.OUT_OF_STEPS, bound);
                }
            }
        }
        solver.backTo(0, chooser);
        requireLeast();
        return new Result(Outcome.SOLVED, bound);
    }

    private void requireLeast() {
        // Costs that were met while the last search went on belong to it too.
        takeNewCosts();
        costs.close();
        for (int i = 0; i < wishes.size(); i++) {
            if (weights[i] > 0) {
                IntList unit = new IntList();
                unit.add(wishes.get(i));
                solver.addDefinition(unit);
            }
        }
    }

    private void takeNewCosts() {
        for (; knownCosts < costs.size(); knownCosts++) {
            wish(Literal.negate(costs.literal(knownCosts)), costs.weight(knownCosts), null);
        }
    }

    private void wish(int literal, long weight, @Nullable Output output) {
        if (wishes.size() == weights.length) {
            weights = Arrays.copyOf(weights, weights.length * 2);
        }
        weights[wishes.size()] = weight;
        wishes.add(literal);
        outputs.add(output);
    }

    private long greatestWeight() {
        long greatest = 1;
        for (int i = 0; i < wishes.size(); i++) {
            greatest = Math.max(greatest, weights[i]);
        }
        return greatest;
    }

    /** The greatest weight below what is insisted on now. */
    private long nextWeight() {
        long next = 1;
        for (int i = 0; i < wishes.size(); i++) {
            if (weights[i] < least) {
                next = Math.max(next, weights[i]);
            }
        }
        return next;
    }

    /** Wishes that are impossible whatever is decided cost their whole weight. */
    private boolean chargeWhatIsLost() {
        boolean any = false;
        for (int i = 0; i < wishes.size(); i++) {
            if (weights[i] > 0 && solver.value(wishes.get(i)) < 0) {
                charge(i, weights[i]);
                any = true;
            }
        }
        return any;
    }

    private void charge(int wish, long weight) {
        bound += weight;
        weights[wish] -= weight;
        Output output = outputs.get(wish);
        if (output != null) {
            raise(output, weight);
        }
    }

    /** Of a sum that is known to reach an output, the next one is wished away. */
    private void raise(Output output, long weight) {
        int next = output.count + 1;
        if (next <= output.sum.size()) {
            wish(Literal.negate(output.sum.atLeast(next)), weight, new Output(output.sum, next));
        }
    }

    /** At least one wish of a core cannot hold: pays for one, and wishes that it is not more. */
    private void giveWay(IntList core) {
        solver.backTo(0, chooser);
        long weight = Long.MAX_VALUE;
        for (int i = 0; i < core.size(); i++) {
            weight = Math.min(weight, weights[core.get(i)]);
        }
        IntList violated = new IntList();
        bound += weight;
        for (int i = 0; i < core.size(); i++) {
            int wish = core.get(i);
            weights[wish] -= weight;
            violated.add(Literal.negate(wishes.get(wish)));
            Output output = outputs.get(wish);
            if (output != null) {
                raise(output, weight);
            }
        }
        if (violated.size() > 1) {
            raise(new Output(new Totalizer(solver, violated), 1), weight);
        }
    }

    /** Decides for all wishes of enough weight, then lets the chooser complete the assignment. */
    private final class Insistence implements Chooser {
        private final IntList saved = new IntList();
        private final IntMap wishOf = new IntMap();
        private int at;
        private int failed = -1;

        /** How many decisions stood when there was nothing left to insist on. */
        private int insisted = Integer.MAX_VALUE;

        @Override
        public int next() {
            if (knownCosts < costs.size() && solver.level() > 0) {
                return RESTART;
            }
            takeNewCosts();
            for (; at < wishes.size(); at++) {
                int literal = wishes.get(at);
                if (weights[at] < least || solver.value(literal) > 0) {
                    continue;
                }
                wishOf.put(literal, at);
                if (solver.value(literal) < 0) {
                    failed = at;
                    return REFUTED;
                }
                return literal;
            }
            insisted = Math.min(insisted, solver.level());
            return chooser.next();
        }

        @Override
        public int firm() {
            return Math.max(insisted, chooser.firm());
        }

        /** The wishes that cannot hold together, as positions. */
        IntList core() {
            IntList decisions = solver.decisionsAgainst(wishes.get(failed));
            IntList core = new IntList();
            core.add(failed);
            for (int i = 0; i < decisions.size(); i++) {
                core.add(wishOf.get(decisions.get(i)));
            }
            return core;
        }

        @Override
        public void opening(int level) {
            saved.truncate(level - 1);
            saved.add(at);
            chooser.opening(level);
        }

        @Override
        public void backTo(int level) {
            if (level < saved.size()) {
                at = saved.get(level);
                saved.truncate(level);
            }
            if (level < insisted) {
                insisted = Integer.MAX_VALUE;
            }
            chooser.backTo(level);
        }
    }
}
