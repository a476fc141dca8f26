package dev.apg.resolver;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chain of needs that shares its beginning with the chains it was made from, so that the reasons of a lock take space
 * in proportion to its entries however deep they are. Immutable.
 */
final class Chain extends AbstractList<Link> {
    private final @Nullable Chain before;
    private final Link first;
    private final Link last;
    private final int size;

    Chain(@Nullable Chain before, Link last) {
        this.before = before;
        this.first = before == null ? last : before.first;
        this.last = last;
        this.size = before == null ? 1 : before.size + 1;
    }

    /** O(size - index); the first link in constant time. */
    @Override
    public Link get(int index) {
        Objects.checkIndex(index, size);
        if (index == 0) {
            return first;
        }
        Chain chain = this;
        while (chain.before != null && chain.size > index + 1) {
            chain = chain.before;
        }
        return chain.last;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Iterator<Link> iterator() {
        return listIterator(0);
    }

    /** Lays the chain out once, because going through it by index would take quadratic time. */
    @Override
    public ListIterator<Link> listIterator(int index) {
        Link[] links = new Link[size];
        int at = size;
        for (Chain chain = this; chain != null; chain = chain.before) {
            links[--at] = chain.last;
        }
        return List.of(links).listIterator(index);
    }
}
