package dev.apg.resolver;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Gives equal values one id, from 0 on. Only ever grows; safe for concurrent use. */
final class Interner<T> {
    private final ConcurrentHashMap<T, Integer> ids = new ConcurrentHashMap<>();
    private volatile @Nullable Object[] values = new Object[64];

    /** The id of a value, given out now if it is new. */
    int id(T value) {
        Integer known = ids.get(value);
        return known != null ? known : add(value);
    }

    private synchronized int add(T value) {
        Integer known = ids.get(value);
        if (known != null) {
            return known;
        }
        int id = ids.size();
        @Nullable Object[] target = id < values.length ? values : Arrays.copyOf(values, id * 2);
        target[id] = value;
        values = target;
        ids.put(value, id);
        return id;
    }

    /** The id of a value, or -1 if it never got one. */
    int known(T value) {
        Integer known = ids.get(value);
        return known != null ? known : -1;
    }

    @SuppressWarnings("unchecked")
    T value(int id) {
        Object value = values[id];
        if (value == null) {
            throw new IllegalArgumentException("id: " + id + " (expected: one that was given out)");
        }
        return (T) value;
    }
}
