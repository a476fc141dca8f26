package dev.apg.resolver;

/**
 * Finds a consistent set of versions, or explains why there is none. Pure functions: the same universe and request give
 * the same answer, on every machine and thread. {@code docs/resolver.md} says what the answer is and how it is found.
 */
public final class Resolver {
    private Resolver() {}

    /**
     * Resolves a request: complete (never unsolvable when there is a solution), and exactly the answer that the choice
     * rule defines. Cost grows with the part of the universe that the request reaches.
     */
    public static Resolution resolve(Universe universe, Request request) {
        throw new UnsupportedOperationException("the solver comes with the next change");
    }

    /** Resolves with one version forced, to tell why it is not the one chosen or what it would take. */
    public static WhyNot whyNot(Universe universe, Request request, ExactVersion version) {
        throw new UnsupportedOperationException("the solver comes with the next change");
    }
}
