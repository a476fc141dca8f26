package dev.apg.resolver.engine;

import java.util.Arrays;

/** Literals that cost something when they are true; more may be found while a search goes on. */
public final class Costs {
    private final Solver solver;
    final IntList literals = new IntList();
    private long[] weights = new long[16];
    private boolean closed;

    public Costs(Solver solver) {
        this.solver = solver;
    }

    /**
     * Adds a cost.
     *
     * @param literal not mentioned by any clause yet if it is found during a search
     * @param weight at least 0
     */
    public void add(int literal, long weight) {
        if (weight == 0) {
            return;
        }
        if (closed) {
            // The least sum is known and reached without what was not even met on the way to it.
            solver.fix(Literal.negate(literal));
            return;
        }
        if (literals.size() == weights.length) {
            weights = Arrays.copyOf(weights, literals.size() * 2);
        }
        weights[literals.size()] = weight;
        literals.add(literal);
    }

    int size() {
        return literals.size();
    }

    int literal(int index) {
        return literals.get(index);
    }

    long weight(int index) {
        return weights[index];
    }

    /** From now on nothing new may cost anything. */
    void close() {
        closed = true;
    }

    /** What the present assignment costs; a variable without a value counts as false. */
    public long value() {
        long sum = 0;
        for (int i = 0; i < literals.size(); i++) {
            int literal = literals.get(i);
            int value = solver.value(literal);
            if (value > 0 || (value == 0 && !Literal.isPositive(literal))) {
                sum += weights[i];
            }
        }
        return sum;
    }
}
