package dev.apg.resolver.version;

import dev.apg.resolver.version.RangeComparator.Operator;
import java.util.function.Consumer;

/** One part of a range as it was written. */
sealed interface RangeTerm {
    /** Hands over the comparators that it stands for; none if it admits everything. */
    void expand(PrereleaseRule rule, Consumer<RangeComparator> comparators);

    /** Whether it names a pre-release. */
    boolean namesPrerelease();

    /**
     * A version of which the end may be missing or a wildcard, {@code 1.2.x}.
     *
     * @param major number, or {@link #ANY}; likewise the other two
     * @param prerelease empty if there is none
     */
    record Partial(long major, long minor, long patch, String prerelease) {
        static final long ANY = -1;

        boolean isFull() {
            return major != ANY && minor != ANY && patch != ANY;
        }

        /** {@code 1.x.3}: a number after a wildcard has no meaning. */
        boolean hasNumberAfterWildcard() {
            return (major == ANY && minor != ANY) || (minor == ANY && patch != ANY);
        }

        boolean hasNumber(long number) {
            return major == number || minor == number || patch == number;
        }

        boolean namesPrerelease() {
            return isFull() && !prerelease.isEmpty();
        }

        SemVer full() {
            return SemVer.trusted(major, minor, patch, prerelease, "");
        }

        /** The least version that it covers, wildcards read as zero. */
        SemVer low(PrereleaseRule rule) {
            return release(major, minor == ANY ? 0 : minor, minor == ANY || patch == ANY ? 0 : patch, rule);
        }

        /** The release after all that it covers, and with it its pre-releases; one of the first two is a number. */
        SemVer next(PrereleaseRule rule) {
            return minor == ANY ? release(major + 1, 0, 0, rule) : release(major, minor + 1, 0, rule);
        }

        /** A lower end takes its pre-releases in or leaves them out, an upper end always leaves them out. */
        private static SemVer release(long major, long minor, long patch, PrereleaseRule rule) {
            return SemVer.trusted(major, minor, patch, rule == PrereleaseRule.INCLUDE ? "0" : "", "");
        }
    }

    private static RangeComparator comparator(Operator operator, SemVer bound) {
        return new RangeComparator(operator, bound);
    }

    private static RangeComparator before(long major, long minor, long patch) {
        return comparator(Operator.LESS, SemVer.trusted(major, minor, patch, "0", ""));
    }

    /** {@code >=1.2}, {@code 1.x}, {@code 1.2.3}. */
    record Comparison(Operator operator, Partial version) implements RangeTerm {
        @Override
        public void expand(PrereleaseRule rule, Consumer<RangeComparator> comparators) {
            if (version.isFull()) {
                comparators.accept(comparator(operator, version.full()));
                return;
            }
            if (version.major() == Partial.ANY) {
                if (operator == Operator.LESS || operator == Operator.GREATER) {
                    comparators.accept(comparator(Operator.LESS, VersionSet.LEAST));
                }
                return;
            }
            switch (operator) {
                case EQUAL -> {
                    comparators.accept(comparator(Operator.GREATER_OR_EQUAL, version.low(rule)));
                    comparators.accept(comparator(Operator.LESS, version.next(PrereleaseRule.INCLUDE)));
                }
                case LESS -> comparators.accept(comparator(Operator.LESS, version.low(PrereleaseRule.INCLUDE)));
                case LESS_OR_EQUAL ->
                    comparators.accept(comparator(Operator.LESS, version.next(PrereleaseRule.INCLUDE)));
                case GREATER -> comparators.accept(comparator(Operator.GREATER_OR_EQUAL, version.next(rule)));
                case GREATER_OR_EQUAL -> comparators.accept(comparator(Operator.GREATER_OR_EQUAL, version.low(rule)));
            }
        }

        @Override
        public boolean namesPrerelease() {
            return version.namesPrerelease();
        }
    }

    /** {@code ~1.2.3}: changes of the patch number only, or of the minor number if no more than the major is given. */
    record Tilde(Partial version) implements RangeTerm {
        @Override
        public void expand(PrereleaseRule rule, Consumer<RangeComparator> comparators) {
            if (version.major() == Partial.ANY) {
                return;
            }
            SemVer low = version.isFull() ? version.full() : version.low(rule);
            comparators.accept(comparator(Operator.GREATER_OR_EQUAL, low));
            comparators.accept(comparator(Operator.LESS, version.next(PrereleaseRule.INCLUDE)));
        }

        @Override
        public boolean namesPrerelease() {
            return version.namesPrerelease();
        }
    }

    /** {@code ^1.2.3}: changes that leave the first number other than zero as it is. */
    record Caret(Partial version) implements RangeTerm {
        @Override
        public void expand(PrereleaseRule rule, Consumer<RangeComparator> comparators) {
            if (version.major() == Partial.ANY) {
                return;
            }
            SemVer low = version.isFull() ? version.full() : version.low(rule);
            comparators.accept(comparator(Operator.GREATER_OR_EQUAL, low));
            comparators.accept(end());
        }

        private RangeComparator end() {
            if (version.major() > 0 || version.minor() == Partial.ANY) {
                return before(version.major() + 1, 0, 0);
            }
            if (version.minor() > 0 || version.patch() == Partial.ANY) {
                return before(0, version.minor() + 1, 0);
            }
            return before(0, 0, version.patch() + 1);
        }

        @Override
        public boolean namesPrerelease() {
            return version.namesPrerelease();
        }
    }

    /** {@code 1.2 - 2.3.4}: both ends inclusive. */
    record Hyphen(Partial low, Partial high) implements RangeTerm {
        @Override
        public void expand(PrereleaseRule rule, Consumer<RangeComparator> comparators) {
            if (low.major() != Partial.ANY) {
                SemVer first = low.namesPrerelease() ? low.full() : low.low(rule);
                comparators.accept(comparator(Operator.GREATER_OR_EQUAL, first));
            }
            if (high.major() == Partial.ANY) {
                return;
            }
            if (!high.isFull()) {
                comparators.accept(comparator(Operator.LESS, high.next(PrereleaseRule.INCLUDE)));
            } else if (high.namesPrerelease() || rule == PrereleaseRule.NPM) {
                comparators.accept(comparator(Operator.LESS_OR_EQUAL, high.full()));
            } else {
                comparators.accept(before(high.major(), high.minor(), high.patch() + 1));
            }
        }

        @Override
        public boolean namesPrerelease() {
            return low.namesPrerelease() || high.namesPrerelease();
        }
    }
}
