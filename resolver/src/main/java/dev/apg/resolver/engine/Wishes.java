package dev.apg.resolver.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wished to hold, and what it is worth. A wish that a core names loses the weight of the core; that no more of
 * the core fails than must be is wished for instead (A. Morgado et al., 2014, see {@link Optimiser}).
 */
final class Wishes {
    private final Solver solver;
    private final Costs costs;

    private final IntList literals = new IntList();
    private long[] weights = new long[16];

    /** By wish, the output of a sum that it denies; null if it denies a cost itself. */
    private final List<@Nullable Output> outputs = new ArrayList<>();

    /** That a sum is at least {@code count}. */
    private record Output(Totalizer sum, int count) {}

    /** A core that was paid for while decisions stood: what is wished instead is still to be built. */
    private record Paid(IntList core, long weight) {}

    private final List<Paid> paid = new ArrayList<>();

    /** Those that conflicts were about, in the order in which they came to be so, and the same by wish. */
    private final IntList busy = new IntList();

    private final BitSet isBusy = new BitSet();

    private int knownCosts;

    /** No solution costs less. */
    private long bound;

    Wishes(Solver solver, Costs costs) {
        this.solver = solver;
        this.costs = costs;
    }

    int size() {
        return literals.size();
    }

    int literal(int wish) {
        return literals.get(wish);
    }

    /** 0 for one that is given up. */
    long weight(int wish) {
        return weights[wish];
    }

    boolean isBusy(int wish) {
        return isBusy.get(wish);
    }

    int busyCount() {
        return busy.size();
    }

    int busy(int index) {
        return busy.get(index);
    }

    /** A conflict was about a wish; none if it is less than 0. */
    void becomeBusy(int wish) {
        if (wish >= 0 && !isBusy.get(wish)) {
            isBusy.set(wish);
            busy.add(wish);
        }
    }

    long bound() {
        return bound;
    }

    /** The greatest weight below a bound; 1 if there is none. */
    long greatestBelow(long limit) {
        long greatest = 1;
        for (int i = 0; i < literals.size(); i++) {
            if (weights[i] < limit) {
                greatest = Math.max(greatest, weights[i]);
            }
        }
        return greatest;
    }

    /** Costs that were met since the last call are wished away too. */
    void takeNewCosts() {
        for (; knownCosts < costs.size(); knownCosts++) {
            add(Literal.negate(costs.literal(knownCosts)), costs.weight(knownCosts), null);
        }
    }

    private void add(int literal, long weight, @Nullable Output output) {
        if (literals.size() == weights.length) {
            weights = Arrays.copyOf(weights, weights.length * 2);
        }
        weights[literals.size()] = weight;
        literals.add(literal);
        outputs.add(output);
    }

    /** At least one wish of a core cannot hold: it is paid for once. */
    void pay(IntList core) {
        long weight = Long.MAX_VALUE;
        for (int i = 0; i < core.size(); i++) {
            weight = Math.min(weight, weights[core.get(i)]);
        }
        bound += weight;
        for (int i = 0; i < core.size(); i++) {
            weights[core.get(i)] -= weight;
        }
        paid.add(new Paid(core, weight));
    }

    /** Whether there is something to build. */
    boolean hasPaid() {
        return !paid.isEmpty();
    }

    /** Wishes that of each core that was paid for no more fails; only called when no decision stands. */
    void build() {
        for (Paid each : paid) {
            IntList violated = new IntList();
            for (int i = 0; i < each.core.size(); i++) {
                int wish = each.core.get(i);
                violated.add(Literal.negate(literals.get(wish)));
                Output output = outputs.get(wish);
                if (output != null) {
                    raise(output, each.weight);
                }
            }
            if (violated.size() > 1) {
                raise(new Output(new Totalizer(solver, violated), 1), each.weight);
            }
        }
        paid.clear();
    }

    /** Of a sum that is known to reach an output, the next one is wished away. */
    private void raise(Output output, long weight) {
        int next = output.count + 1;
        if (next <= output.sum.size()) {
            add(Literal.negate(output.sum.atLeast(next)), weight, new Output(output.sum, next));
        }
    }

    /**
     * What would cost more than is left holds in every solution that is as good as the best one known; only called when
     * no decision stands.
     */
    void require(long left) {
        for (int i = 0; i < literals.size(); i++) {
            if (weights[i] > left) {
                IntList unit = new IntList();
                unit.add(literals.get(i));
                solver.addDefinition(unit);
                weights[i] = 0;
            }
        }
    }
}
