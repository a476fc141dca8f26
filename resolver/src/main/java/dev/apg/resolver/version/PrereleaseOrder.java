package dev.apg.resolver.version;

/**
 * Compares pre-releases without taking their text apart: versions are sorted by the million, and each comparison would
 * otherwise leave two arrays of strings behind.
 */
final class PrereleaseOrder {
    private PrereleaseOrder() {}

    /** Compares two dot-separated lists of valid identifiers; the empty one, a release, is the greatest. */
    static int compare(String left, String right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(left.isEmpty(), right.isEmpty());
        }
        int l = 0;
        int r = 0;
        while (l < left.length() && r < right.length()) {
            int leftEnd = identifierEnd(left, l);
            int rightEnd = identifierEnd(right, r);
            int order = compareIdentifiers(left, l, leftEnd, right, r, rightEnd);
            if (order != 0) {
                return order;
            }
            l = leftEnd + 1;
            r = rightEnd + 1;
        }
        // Equal so far: the list with more identifiers is the greater one.
        return Boolean.compare(l < left.length(), r < right.length());
    }

    private static int identifierEnd(String text, int start) {
        int dot = text.indexOf('.', start);
        return dot < 0 ? text.length() : dot;
    }

    private static int compareIdentifiers(String left, int l, int leftEnd, String right, int r, int rightEnd) {
        boolean leftNumeric = isNumeric(left, l, leftEnd);
        boolean rightNumeric = isNumeric(right, r, rightEnd);
        if (leftNumeric != rightNumeric) {
            return leftNumeric ? -1 : 1;
        }
        int leftLength = leftEnd - l;
        int rightLength = rightEnd - r;
        if (leftNumeric && leftLength != rightLength) {
            // No leading zeros, so the longer number is the greater one, of whatever size.
            return Integer.compare(leftLength, rightLength);
        }
        int common = Math.min(leftLength, rightLength);
        for (int i = 0; i < common; i++) {
            int order = Character.compare(left.charAt(l + i), right.charAt(r + i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(leftLength, rightLength);
    }

    private static boolean isNumeric(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }
}
