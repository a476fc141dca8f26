package dev.apg.resolver.engine;

/** How a search ended. */
public enum Outcome {
    /** All is decided, and consistent. */
    SOLVED,
    /** The rules contradict each other. */
    CONTRADICTION,
    /** What the chooser insisted on contradicts the rules. */
    REFUTED,
    OUT_OF_STEPS
}
