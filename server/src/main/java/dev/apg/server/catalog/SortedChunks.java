package dev.apg.server.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map in the order of its keys, cut into chunks that changed copies share: changing one entry of n copies
 * one chunk and the list of chunks, O(chunk + n / chunk), a few kilobytes for 100,000 entries. Finding is a binary search
 * over the chunks and one inside.
 *
 * @param <T> the values, which carry their key
 */
final class SortedChunks<T> implements Iterable<T> {
    private static final int FULL = 512;
    private static final int HALF = FULL / 2;

    private final Function<T, String> key;
    private final Object[][] chunks;
    private final int size;

    private SortedChunks(Function<T, String> key, Object[][] chunks, int size) {
        this.key = key;
        this.chunks = chunks;
        this.size = size;
    }

    static <T> SortedChunks<T> empty(Function<T, String> key) {
        return new SortedChunks<>(key, new Object[0][], 0);
    }

    /** Of values in strictly ascending order of their keys. */
    static <T> SortedChunks<T> of(Function<T, String> key, List<T> ascending) {
        Object[] all = ascending.toArray();
        return new SortedChunks<>(key, split(all), all.length);
    }

    int size() {
        return size;
    }

    @Nullable
    T get(String wanted) {
        if (chunks.length == 0) {
            return null;
        }
        Object[] chunk = chunks[chunkOf(wanted)];
        int at = position(chunk, wanted);
        return at < 0 ? null : value(chunk[at]);
    }

    /**
     * This map with some values put in, replacing those with the same keys.
     *
     * @param changes by key
     */
    SortedChunks<T> with(SortedMap<String, T> changes) {
        if (changes.isEmpty()) {
            return this;
        }
        if (chunks.length == 0) {
            return of(key, List.copyOf(changes.values()));
        }
        List<Object[]> merged = new ArrayList<>(chunks.length + 1);
        List<T> pending = new ArrayList<>();
        Iterator<T> values = changes.values().iterator();
        @Nullable T next = values.next();
        int total = 0;
        for (int i = 0; i < chunks.length; i++) {
            pending.clear();
            while (next != null && (i == chunks.length - 1 || keyOf(next).compareTo(first(i + 1)) < 0)) {
                pending.add(next);
                next = values.hasNext() ? values.next() : null;
            }
            Object[] chunk = pending.isEmpty() ? chunks[i] : merge(chunks[i], pending);
            total += chunk.length;
            if (chunk.length <= FULL) {
                merged.add(chunk);
            } else {
                merged.addAll(List.of(split(chunk)));
            }
        }
        return new SortedChunks<>(key, merged.toArray(Object[][]::new), total);
    }

    /** From the first key that is at least {@code from} on, in order. */
    Iterator<T> iterator(String from) {
        if (chunks.length == 0) {
            return new Walk(0, 0);
        }
        int chunk = chunkOf(from);
        int at = position(chunks[chunk], from);
        return new Walk(chunk, at < 0 ? -at - 1 : at);
    }

    @Override
    public Iterator<T> iterator() {
        return new Walk(0, 0);
    }

    private Object[] merge(Object[] chunk, List<T> changes) {
        Object[] merged = new Object[chunk.length + changes.size()];
        int length = 0;
        int old = 0;
        for (T change : changes) {
            String changed = keyOf(change);
            while (old < chunk.length && keyOf(value(chunk[old])).compareTo(changed) < 0) {
                merged[length++] = chunk[old++];
            }
            if (old < chunk.length && keyOf(value(chunk[old])).equals(changed)) {
                old++;
            }
            merged[length++] = change;
        }
        int rest = chunk.length - old;
        System.arraycopy(chunk, old, merged, length, rest);
        return Arrays.copyOf(merged, length + rest);
    }

    private static Object[][] split(Object[] all) {
        // Half full, so that the next insertions do not split again.
        int count = (all.length + HALF - 1) / HALF;
        Object[][] parts = new Object[count][];
        for (int i = 0; i < count; i++) {
            parts[i] = Arrays.copyOfRange(all, i * HALF, Math.min(all.length, (i + 1) * HALF));
        }
        return parts;
    }

    /** The last chunk that starts at or before the key; the first if none does. */
    private int chunkOf(String wanted) {
        int low = 0;
        int high = chunks.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (first(middle).compareTo(wanted) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private String first(int chunk) {
        return keyOf(value(chunks[chunk][0]));
    }

    private int position(Object[] chunk, String wanted) {
        int low = 0;
        int high = chunk.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = keyOf(value(chunk[middle])).compareTo(wanted);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private String keyOf(T value) {
        return key.apply(value);
    }

    // Only values of this type are ever put into chunks.
    @SuppressWarnings("unchecked")
    private T value(Object slot) {
        return (T) slot;
    }

    private final class Walk implements Iterator<T> {
        private int chunk;
        private int at;

        private Walk(int chunk, int at) {
            this.chunk = chunk;
            this.at = at;
            skipEnd();
        }

        private void skipEnd() {
            if (chunk < chunks.length && at == chunks[chunk].length) {
                chunk++;
                at = 0;
            }
        }

        @Override
        public boolean hasNext() {
            return chunk < chunks.length;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            T value = value(chunks[chunk][at++]);
            skipEnd();
            return value;
        }
    }
}
