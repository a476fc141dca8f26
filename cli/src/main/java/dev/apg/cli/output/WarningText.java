package dev.apg.cli.output;

import dev.apg.contract.capability.Warning;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was accepted and should be known, for people. */
public final class WarningText {
    /** By file and line; the sorting is stable, so that warnings of a line stay as the server gave them. */
    public static final Comparator<Warning> IN_READING_ORDER = Comparator.<Warning, String>comparing(
                    warning -> Objects.requireNonNullElse(warning.source(), ""))
            .thenComparingInt(warning -> Objects.requireNonNullElse(warning.line(), 0));

    private WarningText() {}

    /** One warning, with its place as far as that is known. */
    public static String line(Warning warning) {
        var place = new StringBuilder();
        if (warning.source() != null) {
            place.append(warning.source()).append(':');
        }
        if (warning.line() != null) {
            place.append(warning.line()).append(':');
        }
        return Table.clean(
                "warning: %s%s%s: %s".formatted(place, place.isEmpty() ? "" : " ", warning.field(), warning.message()));
    }

    /**
     * How many of each kind.
     *
     * @param command that lists them, as it is to be pasted
     */
    public static String summary(List<Warning> warnings, long count, String command) {
        String kinds = warnings.stream()
                .collect(Collectors.groupingBy(Warning::code, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(kind -> "%s %d".formatted(kind.getKey(), kind.getValue()))
                .collect(Collectors.joining(", "));
        return "%s (%s%s); `%s` lists them."
                .formatted(
                        count == 1 ? "1 warning" : count + " warnings",
                        count > warnings.size() ? "of the first %d: ".formatted(warnings.size()) : "",
                        kinds,
                        command);
    }
}
