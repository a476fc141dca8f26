package dev.apg.resolver.engine;

import java.util.Arrays;

/**
 * Which variables recent conflicts were about (VSIDS of M. Moskewicz et al., Chaff, 2001, in the form of N. Eén and N.
 * Sörensson, MiniSat, 2003), and which value each had last. Equal activity goes by number, so that the order is the same
 * everywhere.
 */
final class Activity {
    private static final int NONE = -1;
    private static final double GROWTH = 1 / 0.95;
    private static final double TOO_LARGE = 1e100;

    private double[] activity = {};
    private byte[] lastValue = {};
    private double increment = 1;

    /** A heap of variables, the most active first; those that conflicts were never about are not in it. */
    private final IntList heap = new IntList();

    /** By variable: its place in the heap plus one, or 0. */
    private int[] places = {};

    /** A conflict was about a variable. */
    void bump(int variable) {
        if (activity.length <= variable) {
            int length = Math.max(variable + 1, activity.length * 2);
            activity = Arrays.copyOf(activity, length);
            lastValue = Arrays.copyOf(lastValue, length);
            places = Arrays.copyOf(places, length);
        }
        activity[variable] += increment;
        if (activity[variable] > TOO_LARGE) {
            for (int i = 0; i < activity.length; i++) {
                activity[i] /= TOO_LARGE;
            }
            increment /= TOO_LARGE;
        }
        if (places[variable] > 0) {
            up(places[variable] - 1);
        } else {
            insert(variable);
        }
    }

    /** A conflict is over: the next one counts for more. */
    void decay() {
        increment *= GROWTH;
    }

    /** A literal has no value any more. */
    void undone(int literal) {
        int variable = literal >> 1;
        if (variable < activity.length && activity[variable] > 0) {
            lastValue[variable] = (byte) (Literal.isPositive(literal) ? 1 : -1);
            if (places[variable] == 0) {
                insert(variable);
            }
        }
    }

    /**
     * The most active variable without a value, with the value that it had last; {@link #NONE} if all have one.
     *
     * @param value by literal, not 0 if it has one
     */
    int next(byte[] value) {
        while (!heap.isEmpty()) {
            int variable = removeFirst();
            if (value[Literal.is(variable)] == 0) {
                return lastValue[variable] > 0 ? Literal.is(variable) : Literal.not(variable);
            }
        }
        return NONE;
    }

    private void insert(int variable) {
        heap.add(variable);
        places[variable] = heap.size();
        up(heap.size() - 1);
    }

    private int removeFirst() {
        int first = heap.get(0);
        int last = heap.pop();
        places[first] = 0;
        if (!heap.isEmpty()) {
            put(last, 0);
            down(0);
        }
        return first;
    }

    private void up(int from) {
        int variable = heap.get(from);
        int place = from;
        while (place > 0 && isBefore(variable, heap.get((place - 1) >> 1))) {
            put(heap.get((place - 1) >> 1), place);
            place = (place - 1) >> 1;
        }
        put(variable, place);
    }

    private void down(int from) {
        int variable = heap.get(from);
        int place = from;
        while (2 * place + 1 < heap.size()) {
            int child = 2 * place + 1;
            if (child + 1 < heap.size() && isBefore(heap.get(child + 1), heap.get(child))) {
                child++;
            }
            if (!isBefore(heap.get(child), variable)) {
                break;
            }
            put(heap.get(child), place);
            place = child;
        }
        put(variable, place);
    }

    private void put(int variable, int place) {
        heap.set(place, variable);
        places[variable] = place + 1;
    }

    private boolean isBefore(int a, int b) {
        return activity[a] > activity[b] || (activity[a] == activity[b] && a < b);
    }
}
