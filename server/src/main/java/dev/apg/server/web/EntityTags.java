package dev.apg.server.web;

import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Strong entity tags of things that are numbered by their changes. */
public final class EntityTags {
    private EntityTags() {}

    /** The tag of an edition: {@code "7"}, with the quotes that the header wants. */
    public static String of(long edition) {
        return "\"" + edition + "\"";
    }

    /**
     * The tag of an answer that shows more than what the edition counts, and changes with that: {@code "7.12.340"}. A change may
     * name it in the place of the edition's own.
     */
    public static String of(long edition, long... more) {
        return LongStream.concat(LongStream.of(edition), LongStream.of(more))
                .mapToObj(Long::toString)
                .collect(Collectors.joining(".", "\"", "\""));
    }

    static boolean isOf(String tag, long edition) {
        return tag.equals(of(edition)) || tag.startsWith("\"" + edition + ".");
    }
}
