package dev.apg.resolver.version;

import java.util.ArrayList;
import java.util.List;

/**
 * A range that keeps what its author meant and is evaluated by hand: no intervals, no text to read, nothing shared with
 * the code under test but the order of versions. Wildcards are null.
 */
record NaiveRange(List<List<Term>> alternatives) {
    record Term(String operator, Long major, Long minor, Long patch, String prerelease) {
        boolean isFull() {
            return major != null && minor != null && patch != null;
        }

        String text() {
            if (major == null) {
                return operator + "*";
            }
            if (minor == null) {
                return operator + major;
            }
            if (patch == null) {
                return operator + major + "." + minor + ".x";
            }
            return operator + major + "." + minor + "." + patch + (prerelease.isEmpty() ? "" : "-" + prerelease);
        }

        private SemVer bound() {
            return SemVer.parse(major + "." + minor + "." + patch + (prerelease.isEmpty() ? "" : "-" + prerelease));
        }

        /** Compares the version's numbers with the numbers that are given; -1: below all that they cover. */
        private int numbersAgainstGiven(SemVer version) {
            int order = Long.compare(version.major(), major);
            if (order == 0 && minor != null) {
                order = Long.compare(version.minor(), minor);
            }
            if (order == 0 && minor != null && patch != null) {
                order = Long.compare(version.patch(), patch);
            }
            return order;
        }

        /** What npm reads as "anything": it drops such a term from the list. */
        boolean saysNothing() {
            return major == null ? !operator.equals("<") && !operator.equals(">") : operator.equals(">=") && isZero();
        }

        private boolean isZero() {
            return major == 0 && (minor == null || minor == 0) && (patch == null || patch == 0) && prerelease.isEmpty();
        }

        boolean admits(SemVer version, PrereleaseRule rule) {
            if (rule == PrereleaseRule.NPM
                    && major != null
                    && isZero()
                    && version.isPrerelease()
                    && operator.matches("[~^]|>=")
                    && numbersAgainstGiven(version) == 0) {
                // For the same reason a lower end of 0.0.0 does not shut out the pre-releases of 0.0.0.
                return true;
            }
            if (major == null) {
                return !operator.equals("<") && !operator.equals(">");
            }
            if (rule == PrereleaseRule.NPM && isPrereleaseOfLowerEnd(version)) {
                return false;
            }
            int given = numbersAgainstGiven(version);
            int exact = isFull() ? version.compareTo(bound()) : given;
            return switch (operator) {
                case "" -> exact == 0;
                case "<" -> exact < 0;
                case "<=" -> exact <= 0;
                case ">" -> exact > 0;
                case ">=" -> exact >= 0;
                case "~" -> exact >= 0 && version.major() == major && (minor == null || version.minor() == minor);
                case "^" -> exact >= 0 && caretPrefixHolds(version);
                default -> throw new IllegalStateException(operator);
            };
        }

        /**
         * Whether the version is a pre-release of the release that npm completes a partial term to: {@code >=2} means
         * {@code >=2.0.0} and {@code >2} means {@code >=3.0.0}, whatever pre-releases other terms name.
         */
        private boolean isPrereleaseOfLowerEnd(SemVer version) {
            if (isFull() || operator.startsWith("<") || !version.isPrerelease()) {
                return false;
            }
            boolean next = operator.equals(">");
            SemVer lowerEnd = minor == null
                    ? SemVer.of(major + (next ? 1 : 0), 0, 0)
                    : SemVer.of(major, minor + (next ? 1 : 0), 0);
            boolean dropped = operator.isEmpty() && isZero();
            return !dropped && version.release().equals(lowerEnd);
        }

        private boolean caretPrefixHolds(SemVer version) {
            if (version.major() != major) {
                return false;
            }
            if (major > 0 || minor == null) {
                return true;
            }
            if (version.minor() != minor) {
                return false;
            }
            return minor > 0 || patch == null || version.patch() == patch;
        }
    }

    /**
     * Versions around every bound, among which is the least member of any set that such bounds enclose: the bound, the
     * version after it, its first pre-release, its release, and the same of the next major, minor and patch.
     */
    List<SemVer> bounds() {
        List<SemVer> bounds = new ArrayList<>(List.of(SemVer.parse("0.0.0-0"), SemVer.of(0, 0, 0)));
        for (Term term : alternatives.stream().flatMap(List::stream).toList()) {
            if (term.major == null) {
                continue;
            }
            long minor = term.minor == null ? 0 : term.minor;
            long patch = term.minor == null || term.patch == null ? 0 : term.patch;
            SemVer given = term.isFull() ? term.bound() : SemVer.of(term.major, minor, patch);
            for (SemVer corner : List.of(
                    given,
                    SemVer.of(term.major + 1, 0, 0),
                    SemVer.of(term.major, minor + 1, 0),
                    SemVer.of(term.major, minor, patch + 1))) {
                SemVer next = corner.successor();
                bounds.addAll(List.of(corner, corner.firstPrerelease(), corner.release(), next, next.release()));
            }
        }
        return bounds;
    }

    String text() {
        List<String> texts = new ArrayList<>();
        for (List<Term> alternative : alternatives) {
            texts.add(String.join(" ", alternative.stream().map(Term::text).toList()));
        }
        return String.join(" || ", texts);
    }

    boolean admits(SemVer version, PrereleaseRule rule) {
        boolean anything =
                alternatives.stream().anyMatch(terms -> terms.stream().allMatch(Term::saysNothing));
        if (anything && rule == PrereleaseRule.NPM) {
            // npm forgets the other alternatives, and with them the pre-releases that they name.
            return !version.isPrerelease();
        }
        return alternatives.stream().anyMatch(terms -> admits(terms, version, rule));
    }

    private static boolean admits(List<Term> terms, SemVer version, PrereleaseRule rule) {
        if (!terms.stream().allMatch(term -> term.admits(version, rule))) {
            return false;
        }
        return rule == PrereleaseRule.INCLUDE
                || !version.isPrerelease()
                || terms.stream().anyMatch(term -> namesPrereleaseOf(term, version));
    }

    private static boolean namesPrereleaseOf(Term term, SemVer version) {
        return term.isFull()
                && !term.prerelease.isEmpty()
                && term.major == version.major()
                && term.minor == version.minor()
                && term.patch == version.patch();
    }
}
