package dev.apg.resolver.engine;

/** Tells the solver the rules, piece by piece, when they first matter. */
public interface Rulebook {
    /** Adds everything that follows from this variable being true; called once for each variable, when it is first set. */
    void describe(int variable);
}
