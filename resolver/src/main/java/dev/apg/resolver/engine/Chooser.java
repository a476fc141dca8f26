package dev.apg.resolver.engine;

import org.jspecify.annotations.Nullable;

/** Decides what to try next; its order decides which of several solutions is found. */
public interface Chooser {
    /** There is nothing left to decide. */
    int DONE = -1;

    /** Take back all decisions and ask again: there are rules that should have been known before them. */
    int RESTART = -2;

    /** What should be decided next is already known to be impossible; the search ends. */
    int REFUTED = -3;

    /** Decisions were taken back: draw conclusions from what is left and ask again. */
    int AGAIN = -4;

    /** A literal without a value, or one of the constants; called when nothing more follows from earlier decisions. */
    int next();

    /**
     * How many of the decisions must be the chooser's own for its answers to mean something: {@link Settling} exchanges only
     * those behind them.
     */
    default int firm() {
        return 0;
    }

    /** The needs, if nothing but them asks for something to be chosen; {@link Repair} can help then. */
    default @Nullable Needs onlyNeeds() {
        return null;
    }

    /** A decision is about to be made, as number {@code level}. */
    void opening(int level);

    /** All decisions after number {@code level} were taken back. */
    void backTo(int level);
}
