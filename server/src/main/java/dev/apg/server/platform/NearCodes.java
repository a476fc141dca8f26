package dev.apg.server.platform;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What somebody who wrote an unknown code may have meant. */
public final class NearCodes {
    /** Codes that are looked at near the place where the code would stand; a refusal must stay cheap. */
    private static final int WINDOW = 2_000;

    /** Letters that make a beginning say something about the rest. */
    private static final int SHORTEST_BEGINNING = 3;

    private NearCodes() {}

    /** The codes that there are, in ascending order, byte by byte. */
    @FunctionalInterface
    public interface Known {
        /** At most {@code limit} of them, from a given one on. */
        Stream<String> from(String code, int limit);
    }

    /**
     * The known code with the fewest typing slips; else one with the same name and another publisher, or with one at
     * all: {@code blogs/redis} for {@code redis}; else the first that goes on where it ends: {@code redis-cart}. A code with a
     * publisher may also have been meant without.
     *
     * @param code in lower case
     * @param named known codes that have a publisher, and this name behind it, ascending; at most two are taken
     */
    public static Optional<String> nearest(String code, Known known, Function<String, Stream<String>> named) {
        if (code.isEmpty()) {
            return Optional.empty();
        }
        // Slips in the first letter are rare, and the first half is more likely to be right than all of it.
        String first = code.substring(0, 1);
        String half = code.substring(0, Math.max(1, code.length() / 2));
        List<String> near = Stream.concat(known.from(first, WINDOW), known.from(half, WINDOW))
                .distinct()
                .toList();
        String name = code.substring(code.indexOf('/') + 1);
        return Spelling.nearest(code, near)
                .or(() -> named.apply(name).filter(other -> !other.equals(code)).findFirst())
                .or(() -> known.from(code, 1)
                        .filter(other -> code.length() >= SHORTEST_BEGINNING && other.startsWith(code))
                        .findFirst())
                .or(() -> name.equals(code) ? Optional.empty() : nearest(name, known, none -> Stream.empty()));
    }

    /** For the end of a sentence about what was expected: {@code "; did you mean redis?"}, or nothing. */
    public static String hint(Optional<String> near) {
        return near.map("; did you mean %s?"::formatted).orElse("");
    }
}
