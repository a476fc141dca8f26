package dev.apg.server.platform;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what somebody meant to type. */
public final class Spelling {
    /** More slips than this are another word, however long it is. */
    private static final int MOST_SLIPS = 3;

    private Spelling() {}

    /**
     * The candidate with the fewest typing slips between (the first by name among equals), if there are few for the
     * length of what was typed, at most three; O(candidates × length).
     */
    public static Optional<String> nearest(String typed, Collection<String> candidates) {
        int tolerance = Math.clamp(typed.length() / 4, 1, MOST_SLIPS);
        return candidates.stream()
                .filter(candidate -> Math.abs(candidate.length() - typed.length()) <= tolerance)
                .map(candidate -> new Guess(candidate, slips(typed, candidate, tolerance)))
                .filter(guess -> guess.slips() <= tolerance)
                .min(Comparator.comparingInt(Guess::slips).thenComparing(Guess::candidate))
                .map(Guess::candidate);
    }

    private record Guess(String candidate, int slips) {}

    /**
     * The number of letters to insert, delete or replace (Levenshtein); more than {@code most} if there are more. Only what
     * lies within {@code most} of the diagonal is computed, and nothing below a row that has no hope left.
     */
    private static int slips(String a, String b, int most) {
        int tooMany = most + 1;
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        Arrays.setAll(previous, j -> Math.min(j, tooMany));
        for (int i = 1; i <= a.length(); i++) {
            int from = Math.max(1, i - most);
            int to = Math.min(b.length(), i + most);
            current[from - 1] = from == 1 ? Math.min(i, tooMany) : tooMany;
            int least = current[from - 1];
            for (int j = from; j <= to; j++) {
                int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                int shift = Math.min(j < i + most ? previous[j] : tooMany, current[j - 1]) + 1;
                current[j] = Math.min(tooMany, Math.min(replace, shift));
                least = Math.min(least, current[j]);
            }
            if (least == tooMany) {
                return tooMany;
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
