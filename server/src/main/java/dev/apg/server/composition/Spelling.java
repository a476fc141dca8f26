package dev.apg.server.composition;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What somebody who wrote an unknown code may have meant. */
final class Spelling {
    /** Codes that are looked at near the place where the code would stand; a refusal must stay cheap. */
    private static final int WINDOW = 2_000;

    private Spelling() {}

    /**
     * The known code with the fewest typing slips between, if there are few for its length.
     *
     * @param from all known codes from a given one on, ascending
     */
    static Optional<String> nearest(String code, Function<String, Stream<String>> from) {
        int allowed = Math.max(1, code.length() / 4);
        // Slips in the first letter are rare: the codes that share it stand together.
        String first = code.substring(0, 1);
        List<String> near = Stream.concat(
                        from.apply(first).limit(WINDOW),
                        from.apply(common(code)).limit(WINDOW))
                .distinct()
                .filter(candidate -> Math.abs(candidate.length() - code.length()) <= allowed)
                .filter(candidate -> slips(candidate, code) <= allowed)
                .toList();
        return near.stream()
                .min(Comparator.<String>comparingInt(candidate -> slips(candidate, code))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The first half, which is more likely to be right than all of it. */
    private static String common(String code) {
        return code.substring(0, Math.max(1, code.length() / 2));
    }

    /** Letters to add, drop or change on the way from one to the other. */
    private static int slips(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, column -> column);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
