package dev.apg.resolver.version;

import java.util.Arrays;

/** Collects index intervals in ascending order; what touches is joined, what is empty is left out. */
final class Slices {
    private int[] bounds = new int[2];
    private int size;

    void add(int first, int end) {
        if (first >= end) {
            return;
        }
        if (size > 0 && bounds[size - 1] == first) {
            bounds[size - 1] = end;
            return;
        }
        if (size == bounds.length) {
            bounds = Arrays.copyOf(bounds, size * 2);
        }
        bounds[size++] = first;
        bounds[size++] = end;
    }

    int[] toArray() {
        return Arrays.copyOf(bounds, size);
    }
}
