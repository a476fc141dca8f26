package dev.apg.resolver.version;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which versions a requirement or a conflict accepts: npm's range grammar, compiled once to intervals. Keeps its source
 * text, which is also its identity.
 *
 * <p>Immutable. Reading takes time linear in the text, asking about a version O(log n) in the number of intervals.
 */
public final class VersionRange {
    /** Longest accepted text, in characters. */
    public static final int MAX_LENGTH = 1024;

    /** Most alternatives ({@code ||}) of one range. */
    public static final int MAX_ALTERNATIVES = 128;

    private static final VersionRange ANY = parse("*");

    private final String text;

    /** What the bounds enclose, pre-releases at the lower ends included. */
    private final VersionSet versions;

    /** The pre-releases that npm's rule admits. */
    private final VersionSet namedPrereleases;

    private VersionRange(String text, VersionSet versions, VersionSet namedPrereleases) {
        this.text = text;
        this.versions = versions;
        this.namedPrereleases = namedPrereleases;
    }

    /**
     * Reads a range.
     *
     * @throws VersionSyntaxException if it is not one, longer than {@link #MAX_LENGTH}, or has more than
     *     {@link #MAX_ALTERNATIVES} alternatives
     */
    public static VersionRange parse(String text) {
        List<List<RangeTerm>> terms = RangeReader.read(text);
        VersionSet versions = Comparators.of(terms, PrereleaseRule.INCLUDE).versions();
        VersionSet named = namePrerelease(terms)
                ? Comparators.of(terms, PrereleaseRule.NPM).namedPrereleases()
                : VersionSet.none();
        return new VersionRange(text, versions, named);
    }

    private static boolean namePrerelease(List<List<RangeTerm>> terms) {
        for (List<RangeTerm> alternative : terms) {
            for (RangeTerm term : alternative) {
                if (term.namesPrerelease()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** {@code *}. */
    public static VersionRange any() {
        return ANY;
    }

    /** The range as it was written. */
    public String text() {
        return text;
    }

    /** How many bounds it was compiled to: what it takes in memory beside its text grows with them. */
    public int bounds() {
        return versions.bounds() + namedPrereleases.bounds();
    }

    /** Whether a pre-release is in the range under npm's rule, because a comparator names one. */
    public boolean namesPrereleases() {
        return !namedPrereleases.isEmpty();
    }

    public boolean admits(SemVer version, PrereleaseRule rule) {
        boolean onlyNamed = rule == PrereleaseRule.NPM && version.isPrerelease();
        return (onlyNamed ? namedPrereleases : versions).contains(version);
    }

    /**
     * The versions between the range's bounds, pre-releases included: what {@link #admits} says under
     * {@link PrereleaseRule#INCLUDE}. For merging ranges, in explanations above all.
     */
    public VersionSet versions() {
        return versions;
    }

    /**
     * The admitted ones of a sorted list of versions, as index intervals.
     *
     * @param ascending versions, strictly ascending
     * @return first index inclusive, last index exclusive, and again; ascending, disjoint, none of them empty.
     *     O(log n) for n versions, and under {@link PrereleaseRule#NPM} linear in those between the bounds
     */
    public int[] slices(List<SemVer> ascending, PrereleaseRule rule) {
        return switch (rule) {
            case INCLUDE -> versions.slices(ascending);
            case NPM -> npmSlices(ascending);
        };
    }

    private int[] npmSlices(List<SemVer> ascending) {
        boolean plain = namedPrereleases.isEmpty();
        int[] reach = (plain ? versions : versions.union(namedPrereleases)).slices(ascending);
        if (plain && !containsPrerelease(ascending, reach)) {
            return reach;
        }
        Slices admitted = new Slices();
        for (int i = 0; i < reach.length; i += 2) {
            for (int at = reach[i]; at < reach[i + 1]; at++) {
                if (admits(ascending.get(at), PrereleaseRule.NPM)) {
                    admitted.add(at, at + 1);
                }
            }
        }
        return admitted.toArray();
    }

    private static boolean containsPrerelease(List<SemVer> ascending, int[] slices) {
        for (int i = 0; i < slices.length; i += 2) {
            for (int at = slices[i]; at < slices[i + 1]; at++) {
                if (ascending.get(at).isPrerelease()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a version can exist that both ranges admit. Exact, where npm's own answer only compares bounds. */
    public boolean intersects(VersionRange other, PrereleaseRule rule) {
        return admitsAnyOf(other.versions, other.namedPrereleases, rule);
    }

    private boolean admitsAnyOf(VersionSet others, VersionSet otherPrereleases, PrereleaseRule rule) {
        return switch (rule) {
            case INCLUDE -> versions.intersects(others);
            case NPM ->
                versions.intersection(others).containsRelease() || namedPrereleases.intersects(otherPrereleases);
        };
    }

    /**
     * Whether the version is greater than what the range allows: npm's {@code gtr}, which compares bounds. Where no
     * pre-release is concerned and one interval is meant, that is: greater than all admitted versions. As in npm, a
     * pre-release between the bounds that the rule refuses counts as outside on either side.
     */
    public boolean endsBefore(SemVer version, PrereleaseRule rule) {
        return !admits(version, rule) && OutsideRange.endsBefore(comparators(rule), version);
    }

    /** Whether the version is less than what the range allows: npm's {@code ltr}; see {@link #endsBefore}. */
    public boolean startsAfter(SemVer version, PrereleaseRule rule) {
        return !admits(version, rule) && OutsideRange.startsAfter(comparators(rule), version);
    }

    /** Whether the least version between this range's bounds is less than the other's. */
    public boolean startsBefore(VersionRange other) {
        return versions.first()
                .flatMap(mine -> other.versions.first().filter(theirs -> mine.compareTo(theirs) < 0))
                .isPresent();
    }

    /** Its first release and all later ones; empty if it admits nothing, or starts with the first or the last of all. */
    public Optional<VersionRange> onwards() {
        return versions.first()
                .map(SemVer::release)
                .filter(first -> first.hasNext() && !first.equals(VersionSet.LEAST.release()))
                .map(first -> parse(">=" + first));
    }

    /** What one of both admits; empty if that would be too long for a range. */
    public Optional<VersionRange> or(VersionRange other) {
        String both = text + " || " + other.text;
        return both.length() <= MAX_LENGTH && both.split("\\|\\|", -1).length <= MAX_ALTERNATIVES
                ? Optional.of(parse(both))
                : Optional.empty();
    }

    /** npm's normalised form: comparators only, {@code >=1.2.0 <2.0.0-0||>=3.0.0}; {@code *} if all is admitted. */
    public String normalised(PrereleaseRule rule) {
        return comparators(rule).toString();
    }

    /** Read again instead of kept: few ask for it, and there are many ranges in memory. */
    private Comparators comparators(PrereleaseRule rule) {
        return Comparators.of(RangeReader.read(text), rule);
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof VersionRange other && text.equals(other.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
