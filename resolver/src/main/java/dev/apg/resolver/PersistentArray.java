package dev.apg.resolver;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sparse array whose changed copies share all chunks that did not change, so that a snapshot with one new
 * version costs a few kilobytes however large the catalogue is.
 */
final class PersistentArray<T> {
    private static final int CHUNK_BITS = 8;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private final @Nullable Object[] @Nullable [] chunks;

    private PersistentArray(@Nullable Object[] @Nullable [] chunks) {
        this.chunks = chunks;
    }

    static <T> PersistentArray<T> empty() {
        return new PersistentArray<>(new Object[0][]);
    }

    /** Null where nothing was set, for any index from 0 on. */
    @SuppressWarnings("unchecked")
    @Nullable
    T get(int index) {
        int chunk = index >>> CHUNK_BITS;
        if (chunk >= chunks.length) {
            return null;
        }
        @Nullable Object @Nullable [] slots = chunks[chunk];
        return slots == null ? null : (T) slots[index & (CHUNK - 1)];
    }

    Editor<T> edit() {
        return new Editor<>(chunks);
    }

    /** Collects changes; copies a chunk when it is first written to. */
    static final class Editor<T> {
        private @Nullable Object[] @Nullable [] chunks;
        private boolean[] owned;

        private Editor(@Nullable Object[] @Nullable [] base) {
            chunks = base.clone();
            owned = new boolean[base.length];
        }

        void set(int index, @Nullable T value) {
            int chunk = index >>> CHUNK_BITS;
            if (chunk >= chunks.length) {
                int length = Math.max(chunk + 1, chunks.length + (chunks.length >> 1));
                chunks = Arrays.copyOf(chunks, length);
                owned = Arrays.copyOf(owned, length);
            }
            @Nullable Object @Nullable [] slots = chunks[chunk];
            if (slots == null || !owned[chunk]) {
                slots = slots == null ? new Object[CHUNK] : slots.clone();
                chunks[chunk] = slots;
                owned[chunk] = true;
            }
            slots[index & (CHUNK - 1)] = value;
        }

        @SuppressWarnings("unchecked")
        @Nullable
        T get(int index) {
            int chunk = index >>> CHUNK_BITS;
            @Nullable Object @Nullable [] slots = chunk < chunks.length ? chunks[chunk] : null;
            return slots == null ? null : (T) slots[index & (CHUNK - 1)];
        }

        PersistentArray<T> done() {
            owned = new boolean[0];
            return new PersistentArray<>(chunks);
        }
    }
}
