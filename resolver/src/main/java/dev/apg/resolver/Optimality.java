package dev.apg.resolver;

import java.util.List;

/**
 * How good an answer is under the objectives of the policy.
 *
 * @param criteria one for each objective, in their order; none if there is nothing to minimise
 * @param byTheRule whether it is the one that the choice rule takes among all that are as good; otherwise the step budget ran
 *     out before that was known
 */
public record Optimality(List<Criterion> criteria, boolean byTheRule) {
    public Optimality {
        criteria = List.copyOf(criteria);
    }

    /**
     * How good an answer is under one objective.
     *
     * @param value the sum that the objective minimises
     * @param bound no answer that is as good under the objectives before has a smaller sum than this
     */
    public record Criterion(Objective objective, long value, long bound) {
        public Criterion {
            if (bound > value) {
                throw new IllegalArgumentException("bound: " + bound + " (expected: at most the value, " + value + ")");
            }
        }

        /** Whether the sum is proven to be the least. */
        public boolean optimal() {
            return value == bound;
        }
    }

    /** Whether the answer is proven to be the one asked for; otherwise it is the best found within the step budget. */
    public boolean optimal() {
        return byTheRule && criteria.stream().allMatch(Criterion::optimal);
    }
}
