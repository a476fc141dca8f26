package dev.apg.server.composition.bundle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Values as the text that a process gets to see. */
final class ProcessText {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What {@link #representable} accepts, for messages. */
    static final String EXPECTED =
            "text without NUL, DEL, control characters from U+0080 to U+009F, U+FFFE, U+FFFF and lone surrogates";

    /**
     * Whether a bundle can hand the text to a process. NUL ends a variable, lone surrogates have no UTF-8, and kustomize
     * fails on the others or changes them, even where they are escaped.
     */
    static boolean representable(String text) {
        return text.codePoints().noneMatch(ProcessText::unusable);
    }

    /** What is wrong with a text that is not {@link #representable}: the character itself could not be shown. */
    static String offence(String text) {
        int point = text.codePoints().filter(ProcessText::unusable).findFirst().orElseThrow();
        return "a text with the character U+%04X".formatted(point);
    }

    private static boolean unusable(int point) {
        return point == 0
                || point >= 0x7F && point <= 0x9F
                || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                || point == 0xFFFE
                || point == 0xFFFF;
    }

    private ProcessText() {}

    /** A configuration value: text as it is, numbers without exponent, the rest as JSON with sorted keys. */
    static String of(Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean truth -> truth.toString();
            case Number number -> number(number);
            default -> json(value);
        };
    }

    private static String number(Number number) {
        return Quantity.plain(new BigDecimal(number.toString()));
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(sorted(value));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("configuration: %s (expected: JSON values)".formatted(value), e);
        }
    }

    private static @Nullable Object sorted(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> sorted = new TreeMap<>();
                map.forEach((key, item) -> sorted.put(String.valueOf(key), sorted(item)));
                yield sorted;
            }
            case List<?> list -> {
                List<@Nullable Object> items = new ArrayList<>();
                list.forEach(item -> items.add(sorted(item)));
                yield items;
            }
            case Number number -> new BigDecimal(number(number));
            case null, default -> value;
        };
    }
}
