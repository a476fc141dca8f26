package dev.apg.server.web;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * Query parameters that narrow a list and may be repeated: any of the values will do. Taken from all parameters as they
 * were sent, because Spring would cut a value at its commas.
 */
public final class Filters {
    private static final int MAX_VALUES = 50;
    private static final int MAX_LENGTH = 200;

    private final MultiValueMap<String, String> parameters;

    public Filters(MultiValueMap<String, String> parameters) {
        this.parameters = parameters;
    }

    /**
     * The values of a parameter, sorted; none if it is absent.
     *
     * @throws Rejection 400 {@code filter.malformed}, for more than 50 values or one of more than 200 characters
     */
    public Set<String> texts(String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > MAX_VALUES) {
            throw malformed(name, values.size() + " values", "at most " + MAX_VALUES);
        }
        for (String value : values) {
            if (value.length() > MAX_LENGTH) {
                throw malformed(name, value, "at most " + MAX_LENGTH + " characters");
            }
        }
        return new TreeSet<>(values);
    }

    /** Like {@link #texts}, of a closed set, spelled in lower case; none if it is absent. */
    public <E extends Enum<E>> Set<E> choices(String name, Class<E> type) {
        Set<E> chosen = EnumSet.noneOf(type);
        texts(name).forEach(value -> chosen.add(choice(name, value, type)));
        return chosen;
    }

    /** One of a closed set, spelled in lower case; the fallback if it is absent. */
    public <E extends Enum<E>> E choice(String name, Class<E> type, E fallback) {
        String value = single(name);
        return value == null ? fallback : choice(name, value, type);
    }

    /** A whole number; the fallback if it is absent. */
    public int number(String name, int least, int most, int fallback) {
        String value = single(name);
        if (value == null) {
            return fallback;
        }
        int number = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            throw malformed(name, value, "%d to %d".formatted(least, most));
        }
        return number;
    }

    /** {@code true} or {@code false}; false if it is absent. */
    public boolean flag(String name) {
        String value = single(name);
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw malformed(name, value, "true or false");
        }
        return "true".equals(value);
    }

    /** The one value of a parameter; null if it is absent. */
    public @Nullable String single(String name) {
        Set<String> values = texts(name);
        if (values.size() > 1) {
            throw malformed(name, String.join(", ", values), "one value");
        }
        return values.isEmpty() ? null : values.iterator().next();
    }

    private static <E extends Enum<E>> E choice(String name, String value, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> malformed(
                        name,
                        value,
                        Arrays.stream(type.getEnumConstants())
                                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ", "one of ", ""))));
    }

    private static Rejection malformed(String name, String value, String expected) {
        return Rejection.malformed("filter.malformed", name, value, expected);
    }
}
