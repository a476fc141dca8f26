package dev.apg.resolver.version;

import dev.apg.resolver.version.RangeComparator.Operator;
import java.util.List;

/**
 * npm's questions that compare the bounds of comparators one by one. Their answers differ from those of the exact
 * {@link VersionSet} in corners that users of npm know, and they must be npm's.
 */
final class RangeQuestions {
    private static final RangeComparator FROM_ZERO =
            new RangeComparator(Operator.GREATER_OR_EQUAL, VersionSet.LEAST.release());

    private RangeQuestions() {}

    static boolean intersect(Comparators left, Comparators right) {
        PrereleaseRule rule = left.rule();
        return left.alternatives().stream()
                .filter(mine -> isSatisfiable(mine, rule))
                .anyMatch(mine -> right.alternatives().stream()
                        .filter(theirs -> isSatisfiable(theirs, rule))
                        .anyMatch(theirs -> allMeet(mine, theirs, rule)));
    }

    private static boolean isSatisfiable(List<RangeComparator> alternative, PrereleaseRule rule) {
        for (int i = 0; i < alternative.size(); i++) {
            for (int k = i + 1; k < alternative.size(); k++) {
                if (!meet(alternative.get(i), alternative.get(k), rule)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean allMeet(List<RangeComparator> mine, List<RangeComparator> theirs, PrereleaseRule rule) {
        return mine.stream().allMatch(left -> theirs.stream().allMatch(right -> meet(left, right, rule)));
    }

    private static boolean meet(RangeComparator left, RangeComparator right, PrereleaseRule rule) {
        if (left.operator() == Operator.EQUAL) {
            return admits(right, left.bound(), rule);
        }
        if (right.operator() == Operator.EQUAL) {
            return admits(left, right.bound(), rule);
        }
        if (isBelowZero(left, rule) || isBelowZero(right, rule)) {
            return false;
        }
        if (left.operator().isLower() == right.operator().isLower()) {
            return true;
        }
        RangeComparator lower = left.operator().isLower() ? left : right;
        RangeComparator upper = left.operator().isLower() ? right : left;
        int order = lower.bound().compareTo(upper.bound());
        return order < 0
                || (order == 0
                        && lower.operator().includesBound()
                        && upper.operator().includesBound());
    }

    /** One comparator taken as a range of its own. */
    private static boolean admits(RangeComparator comparator, SemVer version, PrereleaseRule rule) {
        return comparator.admits(version)
                && (rule == PrereleaseRule.INCLUDE
                        || !version.isPrerelease()
                        || (comparator.bound().isPrerelease()
                                && comparator.bound().hasNumbersOf(version)));
    }

    private static boolean isBelowZero(RangeComparator comparator, PrereleaseRule rule) {
        return switch (rule) {
            case INCLUDE -> comparator.admitsNothing();
            case NPM ->
                comparator.operator() == Operator.LESS && comparator.bound().hasNumbersOf(VersionSet.LEAST);
        };
    }

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
