package dev.apg.server.platform;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What somebody who wrote an unknown code may have meant. */
public final class NearCodes {
    /** Codes that are looked at near the place where the code would stand; a refusal must stay cheap. */
    public static final int WINDOW = 2_000;

    /** Letters that make a beginning say something about the rest. */
    private static final int SHORTEST_BEGINNING = 3;

    private NearCodes() {}

    /**
     * The known code with the fewest typing slips; else one with the same name and another publisher, or with one at
     * all: {@code blogs/redis} for {@code redis}; else the first that goes on where it ends: {@code redis-cart}. A code with a
     * publisher may also have been meant without.
     *
     * @param code in lower case
     * @param from known codes from a given one on, ascending; at most {@link #WINDOW} are taken
     * @param named known codes that have a publisher, and this name behind it
     */
    public static Optional<String> nearest(
            String code, Function<String, Stream<String>> from, Function<String, Stream<String>> named) {
        if (code.isEmpty()) {
            return Optional.empty();
        }
        // Slips in the first letter are rare, and the first half is more likely to be right than all of it.
        String first = code.substring(0, 1);
        String half = code.substring(0, Math.max(1, code.length() / 2));
        List<String> near = Stream.concat(
                        from.apply(first).limit(WINDOW), from.apply(half).limit(WINDOW))
                .distinct()
                .toList();
        String name = code.substring(code.indexOf('/') + 1);
        return Spelling.nearest(code, near)
                .or(() -> named.apply(name)
                        .filter(other -> !other.equals(code))
                        .sorted()
                        .findFirst())
                .or(() -> from.apply(code)
                        .limit(1)
                        .filter(other -> code.length() >= SHORTEST_BEGINNING && other.startsWith(code))
                        .findFirst())
                .or(() -> name.equals(code) ? Optional.empty() : nearest(name, from, none -> Stream.empty()));
    }

    /** Whether a code has a publisher and this name. */
    public static boolean isNamed(String code, String name) {
        return code.length() > name.length() + 1
                && code.endsWith(name)
                && code.charAt(code.length() - name.length() - 1) == '/';
    }

    /** For the end of a sentence about what was expected: {@code "; did you mean redis?"}, or nothing. */
    public static String hint(Optional<String> near) {
        return near.map("; did you mean %s?"::formatted).orElse("");
    }
}
