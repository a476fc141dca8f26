package dev.apg.bench;

/**
 * What a number should be: a budget of the design or a target of an issue.
 *
 * @param of which of a sample's two numbers
 * @param bound in the sample's unit
 */
public record Target(Number of, Side side, double bound) {
    /** Which number of a row. */
    enum Number {
        MEDIAN,
        P99
    }

    /** On which side of the bound it should be. */
    enum Side {
        AT_LEAST,
        AT_MOST
    }

    public static Target atLeast(double bound) {
        return new Target(Number.MEDIAN, Side.AT_LEAST, bound);
    }

    public static Target atMost(double bound) {
        return new Target(Number.MEDIAN, Side.AT_MOST, bound);
    }

    public static Target p99AtMost(double bound) {
        return new Target(Number.P99, Side.AT_MOST, bound);
    }

    /** For example {@code p99 ≤ 10: met}; the number that there were too few calls for is not a number. */
    String verdict(double median, double p99) {
        double value = of == Number.MEDIAN ? median : p99;
        boolean met = side == Side.AT_LEAST ? value >= bound : value <= bound;
        String word = Double.isNaN(value) ? "not known" : met ? "met" : "**missed**";
        return "%s%s %s: %s"
                .formatted(
                        of == Number.P99 ? "p99 " : "", side == Side.AT_LEAST ? "≥" : "≤", Table.digits(bound), word);
    }
}
