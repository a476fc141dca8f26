package dev.apg.bench;

import org.jspecify.annotations.Nullable;

/**
 * What one round found of one number.
 *
 * @param what a row of the table, for example {@code resolve 100 roots, 10000 capabilities}
 * @param unit of the two numbers, for example {@code ms}
 * @param median over the calls of the round, or the one value if it was taken once
 * @param p99 over the calls of the round; null if there were too few to tell
 * @param target what it should be; null if nobody said
 * @param note what a reader must know to judge the number; empty if nothing
 */
public record Sample(
        String what,
        String unit,
        double median,
        @Nullable Double p99,
        @Nullable Target target,
        String note) {
    /** A value that a round takes once. */
    public static Sample single(String what, String unit, double value) {
        return new Sample(what, unit, value, null, null, "");
    }

    /** The median and the p99 of the calls of a round. */
    public static Sample of(String what, String unit, double median, @Nullable Double p99) {
        return new Sample(what, unit, median, p99, null, "");
    }

    public Sample withTarget(Target wanted) {
        return new Sample(what, unit, median, p99, wanted, note);
    }

    public Sample withNote(String told) {
        return new Sample(what, unit, median, p99, target, told);
    }
}
