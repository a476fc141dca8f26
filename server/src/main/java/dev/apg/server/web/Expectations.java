package dev.apg.server.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in words what a value of a type looks like on the wire. */
final class Expectations {
    private Expectations() {}

    static String of(@Nullable Class<?> type) {
        if (type == null || type == Object.class) {
            return "another value";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> wire((Enum<?>) constant))
                            .collect(Collectors.joining(", "));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class || type == BigDecimal.class) {
            return "a number";
        }
        if (type == UUID.class) {
            return "a UUID such as 0198c5d0-7c3e-7000-8000-3f1a5b6c7d8e";
        }
        if (type == Instant.class) {
            return "a time such as 2026-01-31T12:00:00Z";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "text (in quotes)";
        }
        return Collection.class.isAssignableFrom(type) || type.isArray() ? "a list" : "an object";
    }

    /** The spelling that {@code @JsonProperty} gives a constant, as records are read and written. */
    static String wire(Enum<?> constant) {
        try {
            JsonProperty spelling =
                    constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
            return spelling == null ? constant.name() : spelling.value();
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException("every constant is a public field", impossible);
        }
    }
}
