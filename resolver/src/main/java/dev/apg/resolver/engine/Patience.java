package dev.apg.resolver.engine;

/**
 * How long a search follows the chooser's order before it helps itself; no answer depends on it.
 *
 * @param conflicts until {@link Settling} begins, and until {@link Repair} ends
 * @param distance the decisions that conflicts take back on the average, beside those that they rest on, until {@link
 *     Repair} begins; 0 for the first conflict
 */
public record Patience(int conflicts, int distance) {
    public static final Patience USUAL = new Patience(500, 64);
}
