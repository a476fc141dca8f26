package dev.apg.resolver.engine;

/**
 * A fact as a rule about variables: if the consumer is chosen (or in any case, if there is none), then at least one, or
 * none, of the members is chosen beside it.
 *
 * @param consumer a variable, or -1
 * @param positive whether at least one member must be chosen, rather than none
 */
public record Constraint(int consumer, boolean positive, int[] members) {
    public static final int NO_CONSUMER = -1;
}
