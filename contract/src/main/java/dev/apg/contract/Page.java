package dev.apg.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param nextCursor opaque; give it as {@code cursor} for the next page; absent on the last one
 * @param totalCount of the whole list, not of this page
 */
public record Page<T>(List<T> items, @Nullable String nextCursor, long totalCount) {
    public Page {
        items = List.copyOf(items);
    }
}
