package dev.apg.server.composition.bundle;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a mapping of a file, in the order of writing; what is absent or empty is left out. */
final class Fields {
    private final Map<String, Object> values = new LinkedHashMap<>();

    Fields put(String key, @Nullable Object value) {
        boolean absent = value == null
                || value instanceof Map<?, ?> map && map.isEmpty()
                || value instanceof Collection<?> items && items.isEmpty();
        if (!absent) {
            values.put(key, value);
        }
        return this;
    }

    /** Writes an empty mapping or list too, where the format gives it a meaning. */
    Fields putEvenIfEmpty(String key, Object value) {
        values.put(key, value);
        return this;
    }

    Map<String, Object> map() {
        return Collections.unmodifiableMap(values);
    }

    /** A mapping with one field. */
    static Map<String, Object> of(String key, Object value) {
        return new Fields().putEvenIfEmpty(key, value).map();
    }
}
