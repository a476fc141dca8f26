package dev.apg.resolver.engine;

import java.util.Arrays;

/**
 * All clauses ("at least one of these literals holds") one after the other in one array, each with its length, where it
 * comes from, where a literal to watch was found last, and its literals; and for each literal the clauses that watch it. A clause watches its first two literals:
 * as long as neither is false, there is nothing to conclude from it (M. Moskewicz et al., Chaff, 2001).
 */
final class Clauses {
    private static final int HEADER = 3;
    private static final int NONE = -1;

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
        arena[clause + 2] = clause + HEADER;
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

    /**
     * Where a literal to watch is that is not false, or -1: looked for behind the place where the last one was found, so that
     * a long clause is not gone through from its beginning again and again (I. Gent, Optimal Implementation of Watched
     * Literals and More General Techniques, 2013).
     */
    int replacement(int clause, byte[] value) {
        int first = clause + HEADER + 2;
        int end = clause + HEADER + arena[clause];
        int from = Math.max(first, arena[clause + 2]);
        for (int i = from; i < end; i++) {
            if (value[arena[i]] >= 0) {
                arena[clause + 2] = i;
                return i;
            }
        }
        for (int i = first; i < from; i++) {
            if (value[arena[i]] >= 0) {
                arena[clause + 2] = i;
                return i;
            }
        }
        return NONE;
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
