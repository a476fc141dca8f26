package dev.apg.bench;

import java.util.List;

/**
 * How big the measurements are.
 *
 * @param capabilities the catalogues to measure with, by number of capabilities
 * @param versions of each capability
 * @param roots the compositions to resolve, by number of members
 * @param seed of all catalogues
 * @param rounds how often everything is repeated
 * @param seconds how long a repeated call is measured in a round
 */
public record Scale(List<Integer> capabilities, int versions, List<Integer> roots, long seed, int rounds, int seconds) {
    public static final Scale FULL = new Scale(List.of(1_000, 10_000, 100_000), 10, List.of(1, 20, 100), 42, 3, 3);

    /** For trying the bench itself. */
    public static final Scale QUICK = new Scale(List.of(1_000), 10, List.of(1, 20), 42, 1, 1);

    public Scale {
        capabilities = List.copyOf(capabilities);
        roots = List.copyOf(roots);
    }
}
