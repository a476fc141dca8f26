package dev.apg.server.catalog;

import dev.apg.server.web.Rejection;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order of a list of capabilities; the code decides between equals, so it is total.
 *
 * @param descending the whole order turned round
 */
record CapabilityOrder(Key key, boolean descending) {
    /** What can be sorted by. */
    enum Key {
        CODE,
        DISPLAY_NAME,
        CREATED_AT,
        UPDATED_AT;

        private String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A place in the order: the sort key of an entry. Only one of text and number counts. */
    record Position(String text, long number, String code) {
        List<String> toList() {
            return List.of(text, Long.toString(number), code);
        }

        static Position of(List<String> list) {
            return new Position(list.get(0), Long.parseLong(list.get(1)), list.get(2));
        }
    }

    private static final Comparator<Position> ASCENDING = Comparator.comparingLong(Position::number)
            .thenComparing(Position::text, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(Position::text)
            .thenComparing(Position::code);

    /** Reads {@code code}, {@code -updated_at} and the like; by code if absent. */
    static CapabilityOrder parse(@Nullable String sort) {
        if (sort == null) {
            return new CapabilityOrder(Key.CODE, false);
        }
        boolean descending = sort.startsWith("-");
        String name = descending ? sort.substring(1) : sort;
        return Arrays.stream(Key.values())
                .filter(key -> key.wire().equals(name))
                .findFirst()
                .map(key -> new CapabilityOrder(key, descending))
                .orElseThrow(() -> Rejection.malformed(
                        "filter.malformed",
                        "sort",
                        sort,
                        Arrays.stream(Key.values())
                                .map(Key::wire)
                                .collect(Collectors.joining(
                                        ", ",
                                        "one of ",
                                        ", or one of these with a minus in front for the reverse order"))));
    }

    Position position(CapabilityEntry entry) {
        return switch (key) {
            case CODE -> new Position("", 0, entry.code());
            case DISPLAY_NAME -> new Position(entry.displayName(), 0, entry.code());
            case CREATED_AT -> new Position("", entry.createdAtMicros(), entry.code());
            case UPDATED_AT -> new Position("", entry.updatedAtMicros(), entry.code());
        };
    }

    Comparator<Position> comparator() {
        return descending ? ASCENDING.reversed() : ASCENDING;
    }
}
