package dev.apg.server.search;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/** Numbers the values of one facet, so that counting is an addition in an array. Only ever grows. */
final class FacetValues {
    private final ConcurrentHashMap<String, Integer> numbers = new ConcurrentHashMap<>();
    private volatile String[] values = new String[0];

    int number(String value) {
        Integer known = numbers.get(value);
        return known != null ? known : add(value);
    }

    private synchronized int add(String value) {
        Integer known = numbers.get(value);
        if (known != null) {
            return known;
        }
        int number = values.length;
        String[] longer = Arrays.copyOf(values, number + 1);
        longer[number] = value;
        values = longer;
        numbers.put(value, number);
        return number;
    }

    /** The number of a value, or -1 if no document ever had it. */
    int known(String value) {
        Integer known = numbers.get(value);
        return known != null ? known : -1;
    }

    int size() {
        return values.length;
    }

    String value(int number) {
        return values[number];
    }
}
