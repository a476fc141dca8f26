package dev.apg.resolver;

/**
 * How good an answer is under the objective of the policy.
 *
 * @param value the sum that the objective minimises, 0 for {@link Objective#NEWEST}
 * @param bound no answer has a smaller sum than this
 */
public record Optimality(long value, long bound) {
    public Optimality {
        if (bound > value) {
            throw new IllegalArgumentException("bound: " + bound + " (expected: at most the value, " + value + ")");
        }
    }

    /** Whether the answer is proven to be the best; otherwise it is the best found within the step budget. */
    public boolean optimal() {
        return value == bound;
    }
}
