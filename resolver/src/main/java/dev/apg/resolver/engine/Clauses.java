package dev.apg.resolver.engine;

import java.util.Arrays;

/**
 * All clauses ("at least one of these literals holds") one after the other in one array, each with its length, where it
 * comes from, and its literals; and for each literal the clauses that watch it. A clause watches its first two literals:
 * as long as neither is false, there is nothing to conclude from it (M. Moskewicz et al., Chaff, 2001).
 */
final class Clauses {
    private static final int HEADER = 2;

    int[] arena = new int[1024];
    private int used;

    /** By literal: pairs of a clause and another literal of it, which spares looking at the clause if it is true. */
    int[][] watches = new int[128][];

    int[] watchSizes = new int[128];

    void ensureLiterals(int count) {
        if (watches.length < count) {
            watches = Arrays.copyOf(watches, Math.max(count, watches.length * 2));
            watchSizes = Arrays.copyOf(watchSizes, watches.length);
        }
    }

    /** Appends a clause without watching it; the answer is its position. */
    int add(int[] literals, int from, int to, int source) {
        int size = to - from;
        if (used + HEADER + size > arena.length) {
            arena = Arrays.copyOf(arena, Math.max(arena.length * 2, used + HEADER + size));
        }
        int clause = used;
        arena[clause] = size;
        arena[clause + 1] = source;
        System.arraycopy(literals, from, arena, clause + HEADER, size);
        used += HEADER + size;
        return clause;
    }

    int add(IntList literals, int source) {
        return add(literals.array(), 0, literals.size(), source);
    }

    int size(int clause) {
        return arena[clause];
    }

    int source(int clause) {
        return arena[clause + 1];
    }

    /** Where the literals start in {@link #arena}. */
    int first(int clause) {
        return clause + HEADER;
    }

    /** Starts watching the first two literals. */
    void watch(int clause) {
        int first = clause + HEADER;
        watch(arena[first], clause, arena[first + 1]);
        watch(arena[first + 1], clause, arena[first]);
    }

    void watch(int literal, int clause, int other) {
        int[] list = watches[literal];
        int size = watchSizes[literal];
        if (list == null) {
            list = new int[8];
            watches[literal] = list;
        } else if (size == list.length) {
            list = Arrays.copyOf(list, size * 2);
            watches[literal] = list;
        }
        list[size] = clause;
        list[size + 1] = other;
        watchSizes[literal] = size + 2;
    }
}
