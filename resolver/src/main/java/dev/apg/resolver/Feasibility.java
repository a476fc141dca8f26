package dev.apg.resolver;

/**
 * Whether a request has a solution.
 *
 * @param steps how much of the step budget was used
 */
public record Feasibility(Known known, long steps) {
    /** What a search found out. */
    public enum Known {
        SOLVABLE,
        UNSOLVABLE,
        /** The step budget ran out before. */
        NOTHING
    }
}
