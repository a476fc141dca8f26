package dev.apg.server.composition;

import dev.apg.server.platform.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What somebody who wrote an unknown code may have meant. */
final class NearCodes {
    /** Codes that are looked at near the place where the code would stand; a refusal must stay cheap. */
    private static final int WINDOW = 2_000;

    private NearCodes() {}

    /**
     * @param from all known codes from a given one on, ascending
     */
    static Optional<String> nearest(String code, Function<String, Stream<String>> from) {
        // Slips in the first letter are rare, and the first half is more likely to be right than all of it.
        String first = code.substring(0, 1);
        String half = code.substring(0, Math.max(1, code.length() / 2));
        List<String> near = Stream.concat(
                        from.apply(first).limit(WINDOW), from.apply(half).limit(WINDOW))
                .distinct()
                .toList();
        return Spelling.nearest(code, near);
    }
}
