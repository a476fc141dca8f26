package dev.apg.server.platform;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what somebody meant to type. */
public final class Spelling {
    private Spelling() {}

    /**
     * The candidate with the fewest typing slips between (the first by name among equals), if there are few for the
     * length of what was typed; O(candidates of a similar length × length²).
     */
    public static Optional<String> nearest(String typed, Collection<String> candidates) {
        int tolerance = Math.max(1, typed.length() / 4);
        return candidates.stream()
                .filter(candidate -> Math.abs(candidate.length() - typed.length()) <= tolerance)
                .map(candidate -> new Guess(candidate, distance(typed, candidate)))
                .filter(guess -> guess.slips() <= tolerance)
                .min(Comparator.comparingInt(Guess::slips).thenComparing(Guess::candidate))
                .map(Guess::candidate);
    }

    private record Guess(String candidate, int slips) {}

    /** The number of letters to insert, delete or replace (Levenshtein). */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
