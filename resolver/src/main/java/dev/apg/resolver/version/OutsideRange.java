package dev.apg.resolver.version;

import dev.apg.resolver.version.RangeComparator.Operator;
import java.util.List;

/**
 * npm's {@code gtr} and {@code ltr}: on which side of a range does a version lie that the range does not admit? npm
 * answers by comparing the version with the outermost comparators, and so does this.
 */
final class OutsideRange {
    private static final RangeComparator FROM_ZERO =
            new RangeComparator(Operator.GREATER_OR_EQUAL, VersionSet.LEAST.release());

    private OutsideRange() {}

    /** Whether the version, which the range does not admit, is greater than all alternatives. */
    static boolean endsBefore(Comparators range, SemVer version) {
        return range.alternatives().stream().allMatch(alternative -> isOutside(alternative, version, 1));
    }

    /** Whether the version, which the range does not admit, is less than all alternatives. */
    static boolean startsAfter(Comparators range, SemVer version) {
        return range.alternatives().stream().allMatch(alternative -> isOutside(alternative, version, -1));
    }

    /**
     * @param direction 1: beyond the upper end; -1: beyond the lower end, with all orders reversed
     */
    private static boolean isOutside(List<RangeComparator> alternative, SemVer version, int direction) {
        List<RangeComparator> comparators = alternative.isEmpty() ? List.of(FROM_ZERO) : alternative;
        RangeComparator far = comparators.getFirst();
        RangeComparator near = comparators.getFirst();
        for (RangeComparator comparator : comparators) {
            if (direction * comparator.bound().compareTo(far.bound()) > 0) {
                far = comparator;
            } else if (direction * comparator.bound().compareTo(near.bound()) < 0) {
                near = comparator;
            }
        }
        if (isOpen(far.operator(), direction)) {
            return false;
        }
        int order = direction * version.compareTo(near.bound());
        if (isOpen(near.operator(), direction) && near.operator().includesBound()) {
            return order >= 0;
        }
        return order > 0 || !(near.operator() == Operator.EQUAL || isOpen(near.operator(), direction));
    }

    /** Whether the comparator goes on for ever in that direction. */
    private static boolean isOpen(Operator operator, int direction) {
        return direction > 0 ? operator.isLower() : operator.isUpper();
    }
}
