package dev.apg.resolver;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Gives equal values one id, from 0 on. Only ever grows; safe for concurrent use. */
final class Interner<T> {
    private final ConcurrentHashMap<T, Integer> ids = new ConcurrentHashMap<>();
    private volatile @Nullable Object[] values;

    /** Where the ids below {@code base} come from, if there are any. */
    private final @Nullable Interner<T> parent;

    private final int base;

    Interner() {
        this(null, 0, 64);
    }

    private Interner(@Nullable Interner<T> parent, int base, int room) {
        this.parent = parent;
        this.base = base;
        this.values = new Object[room];
    }

    /** One that knows all that this one knows now; what either learns from here on is its own. */
    synchronized Interner<T> fork() {
        return new Interner<>(this, base + ids.size(), 4);
    }

    /** The id of a value, given out now if it is new. */
    int id(T value) {
        int known = known(value);
        return known >= 0 ? known : add(value);
    }

    private synchronized int add(T value) {
        int known = known(value);
        if (known >= 0) {
            return known;
        }
        int id = ids.size();
        @Nullable Object[] target = id < values.length ? values : Arrays.copyOf(values, id * 2);
        target[id] = value;
        values = target;
        ids.put(value, base + id);
        return base + id;
    }

    /** The id of a value, or -1 if it never got one. */
    int known(T value) {
        if (parent != null) {
            int earlier = parent.known(value);
            if (earlier >= 0 && earlier < base) {
                return earlier;
            }
        }
        Integer known = ids.get(value);
        return known != null ? known : -1;
    }

    @SuppressWarnings("unchecked")
    T value(int id) {
        if (parent != null && id < base) {
            return parent.value(id);
        }
        Object value = values[id - base];
        if (value == null) {
            throw new IllegalArgumentException("id: " + id + " (expected: one that was given out)");
        }
        return (T) value;
    }
}
