package dev.apg.resolver.engine;

import java.util.Arrays;

/** A growing list of ints, also used as a stack. */
public final class IntList {
    private int[] values = new int[16];
    private int size;

    public void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    public int get(int index) {
        return values[index];
    }

    public void set(int index, int value) {
        values[index] = value;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int peek() {
        return values[size - 1];
    }

    public int pop() {
        return values[--size];
    }

    /** The values and room for more; changes with the list. */
    int[] array() {
        return values;
    }

    /** Forgets all but the first {@code length} values. */
    public void truncate(int length) {
        size = length;
    }

    public int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
