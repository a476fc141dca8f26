package dev.apg.resolver.engine;

/** Tells the solver the rules, piece by piece, when they first matter. */
public interface Rulebook {
    /** Adds everything that follows from this variable being true; called once for each variable, when it is set or about to be tried. */
    void describe(int variable);
}
