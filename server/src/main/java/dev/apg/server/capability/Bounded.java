package dev.apg.server.capability;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The first of many, and how many there are. */
final class Bounded<T> {
    private final int most;
    private final List<T> first = new ArrayList<>();
    private long total;

    Bounded(int most) {
        this.most = most;
    }

    void add(T item) {
        total++;
        if (first.size() < most) {
            first.add(item);
        }
    }

    void addAll(Collection<? extends T> items) {
        items.forEach(this::add);
    }

    /** As if each item of the other had been added here. */
    void addAll(Bounded<? extends T> other) {
        other.first.forEach(this::add);
        total += other.total - other.first.size();
    }

    boolean isEmpty() {
        return total == 0;
    }

    long total() {
        return total;
    }

    List<T> first() {
        return List.copyOf(first);
    }
}
