package dev.apg.resolver.version;

import dev.apg.resolver.version.RangeComparator.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * A range as comparators: alternatives, each a list of comparators that must hold together; an empty list admits
 * everything. This is npm's normalised form, and what its less simple questions are asked of.
 */
record Comparators(List<List<RangeComparator>> alternatives, PrereleaseRule rule) {
    static Comparators of(List<List<RangeTerm>> terms, PrereleaseRule rule) {
        List<List<RangeComparator>> alternatives = new ArrayList<>();
        for (List<RangeTerm> alternative : terms) {
            List<RangeComparator> comparators = expand(alternative, rule);
            if (comparators.isEmpty()) {
                return new Comparators(List.of(List.of()), rule);
            }
            alternatives.add(comparators);
        }
        return new Comparators(withoutImpossible(alternatives), rule);
    }

    private static List<RangeComparator> expand(List<RangeTerm> terms, PrereleaseRule rule) {
        List<RangeComparator> comparators = new ArrayList<>();
        for (RangeTerm term : terms) {
            term.expand(rule, comparator -> {
                if (!admitsEverything(comparator, rule) && !comparators.contains(comparator)) {
                    comparators.add(comparator);
                }
            });
        }
        for (RangeComparator comparator : comparators) {
            if (comparator.admitsNothing()) {
                return List.of(comparator);
            }
        }
        return List.copyOf(comparators);
    }

    private static boolean admitsEverything(RangeComparator comparator, PrereleaseRule rule) {
        SemVer least = switch (rule) {
            case NPM -> VersionSet.LEAST.release();
            case INCLUDE -> VersionSet.LEAST;
        };
        return comparator.operator() == Operator.GREATER_OR_EQUAL
                && comparator.bound().equals(least);
    }

    private static List<List<RangeComparator>> withoutImpossible(List<List<RangeComparator>> alternatives) {
        if (alternatives.size() == 1) {
            return alternatives;
        }
        List<List<RangeComparator>> possible = alternatives.stream()
                .filter(alternative -> !alternative.getFirst().admitsNothing())
                .toList();
        return possible.isEmpty() ? List.of(alternatives.getFirst()) : possible;
    }

    /** The versions that the comparators admit, without regard to the pre-release rule. */
    VersionSet versions() {
        VersionSet union = VersionSet.none();
        for (List<RangeComparator> alternative : alternatives) {
            union = union.union(intersectionOf(alternative));
        }
        return union;
    }

    /** The pre-releases that npm's rule admits: within the bounds, and of a version whose pre-release is named. */
    VersionSet namedPrereleases() {
        VersionSet union = VersionSet.none();
        for (List<RangeComparator> alternative : alternatives) {
            VersionSet versions = intersectionOf(alternative);
            for (RangeComparator comparator : alternative) {
                SemVer bound = comparator.bound();
                if (bound.isPrerelease()) {
                    VersionSet siblings = VersionSet.between(bound.firstPrerelease(), bound.release());
                    union = union.union(siblings.intersection(versions));
                }
            }
        }
        return union;
    }

    private static VersionSet intersectionOf(List<RangeComparator> alternative) {
        SemVer first = VersionSet.LEAST;
        SemVer end = null;
        for (RangeComparator comparator : alternative) {
            SemVer itsFirst = comparator.first();
            SemVer itsEnd = comparator.end();
            first = itsFirst.compareTo(first) > 0 ? itsFirst : first;
            end = end == null || (itsEnd != null && itsEnd.compareTo(end) < 0) ? itsEnd : end;
        }
        return end == null ? VersionSet.from(first) : VersionSet.between(first, end);
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner("||");
        for (List<RangeComparator> alternative : alternatives) {
            StringJoiner all = new StringJoiner(" ").setEmptyValue("*");
            alternative.forEach(comparator -> all.add(comparator.toString()));
            text.add(all.toString());
        }
        return text.toString();
    }
}
