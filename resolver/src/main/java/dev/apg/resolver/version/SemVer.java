package dev.apg.resolver.version;

import org.jspecify.annotations.Nullable;

/**
 * A version number of SemVer 2.0.
 *
 * <p>Build metadata is kept for display and is not identity: it takes no part in {@link #equals}, {@link #compareTo}
 * and {@link #toString}.
 *
 * <p>A million of these live in one snapshot. A plain release, by far the most frequent, is therefore one object of 24
 * bytes whose order is one comparison of two {@code long}s.
 */
public final class SemVer implements Comparable<SemVer> {
    /** Longest accepted text, in characters. */
    public static final int MAX_LENGTH = 256;

    /** Greatest major, minor and patch number: 2^53 - 1, the limit of npm and of every JSON reader. */
    public static final long MAX_NUMBER = (1L << 53) - 1;

    private static final int PACKED_BITS = 21;
    private static final long PACKED_MAX = (1L << PACKED_BITS) - 1;
    private static final long NOT_PACKED = -1;

    /** Major, minor and patch in 21 bits each, or {@link #NOT_PACKED} if one of them does not fit. */
    private final long packed;

    /** What a plain release does not have. */
    private final @Nullable Rest rest;

    /** The numbers are repeated here because {@code packed} may not hold them; empty text means absent. */
    private record Rest(long major, long minor, long patch, String prerelease, String build) {}

    private SemVer(long major, long minor, long patch, String prerelease, String build) {
        boolean fits = major <= PACKED_MAX && minor <= PACKED_MAX && patch <= PACKED_MAX;
        this.packed = fits ? (major << (2 * PACKED_BITS)) | (minor << PACKED_BITS) | patch : NOT_PACKED;
        this.rest = fits && prerelease.isEmpty() && build.isEmpty()
                ? null
                : new Rest(major, minor, patch, prerelease, build);
    }

    /**
     * Reads a version exactly as SemVer 2.0 defines it: {@code 1.2.3}, {@code 1.2.3-rc.1+build.5}.
     *
     * @throws VersionSyntaxException if it is not one, longer than {@link #MAX_LENGTH}, or has a number above
     *     {@link #MAX_NUMBER}
     */
    public static SemVer parse(String text) {
        return new VersionReader("version", text).version();
    }

    /**
     * Reads a version as npm and people write it: like {@link #parse}, but blanks around it and one leading {@code v}
     * are ignored.
     *
     * @throws VersionSyntaxException as {@link #parse} does
     */
    public static SemVer parseRelaxed(String text) {
        return new VersionReader("version", text).relaxedVersion();
    }

    /**
     * A release without pre-release identifiers.
     *
     * @throws IllegalArgumentException if a number is negative or above {@link #MAX_NUMBER}
     */
    public static SemVer of(long major, long minor, long patch) {
        requireNumber(major);
        requireNumber(minor);
        requireNumber(patch);
        return new SemVer(major, minor, patch, "", "");
    }

    private static void requireNumber(long number) {
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("version number: %d (expected: 0 to %d)".formatted(number, MAX_NUMBER));
        }
    }

    /** For parts that were checked already; a bound may be one above {@link #MAX_NUMBER}. */
    static SemVer trusted(long major, long minor, long patch, String prerelease, String build) {
        return new SemVer(major, minor, patch, prerelease, build);
    }

    public long major() {
        return rest == null ? packed >>> (2 * PACKED_BITS) : rest.major;
    }

    public long minor() {
        return rest == null ? (packed >>> PACKED_BITS) & PACKED_MAX : rest.minor;
    }

    public long patch() {
        return rest == null ? packed & PACKED_MAX : rest.patch;
    }

    /** The pre-release identifiers joined by dots, {@code rc.1}; empty for a release. */
    public String prerelease() {
        return rest == null ? "" : rest.prerelease;
    }

    /** The build metadata without its plus sign; empty if there is none. */
    public String build() {
        return rest == null ? "" : rest.build;
    }

    public boolean isPrerelease() {
        return rest != null && !rest.prerelease.isEmpty();
    }

    /** Whether major, minor and patch are those of the other version, whatever the pre-release. */
    boolean hasNumbersOf(SemVer other) {
        return packed != NOT_PACKED && other.packed != NOT_PACKED
                ? packed == other.packed
                : major() == other.major() && minor() == other.minor() && patch() == other.patch();
    }

    /** Whether each of its numbers can be counted up, which the end of a range like {@code ^} does. */
    public boolean hasNext() {
        return major() < MAX_NUMBER && minor() < MAX_NUMBER && patch() < MAX_NUMBER;
    }

    /** The least version with these numbers: pre-release {@code 0} precedes every other identifier. */
    SemVer firstPrerelease() {
        return new SemVer(major(), minor(), patch(), "0", "");
    }

    /** The release that this pre-release leads to; a release itself. */
    SemVer release() {
        return isPrerelease() ? new SemVer(major(), minor(), patch(), "", "") : this;
    }

    /**
     * The least version above this one. After a release that is the first pre-release of the next patch, after a
     * pre-release the same with one more identifier {@code 0}: nothing fits in between.
     */
    SemVer successor() {
        return isPrerelease()
                ? new SemVer(major(), minor(), patch(), prerelease() + ".0", "")
                : new SemVer(major(), minor(), patch() + 1, "0", "");
    }

    /** Precedence of SemVer 2.0: numbers, then a pre-release before its release, then identifier by identifier. */
    @Override
    public int compareTo(SemVer other) {
        int numbers = packed != NOT_PACKED && other.packed != NOT_PACKED
                ? Long.compare(packed, other.packed)
                : compareNumbers(other);
        if (numbers != 0 || (rest == null && other.rest == null)) {
            return numbers;
        }
        return PrereleaseOrder.compare(prerelease(), other.prerelease());
    }

    private int compareNumbers(SemVer other) {
        int order = Long.compare(major(), other.major());
        if (order == 0) {
            order = Long.compare(minor(), other.minor());
        }
        return order == 0 ? Long.compare(patch(), other.patch()) : order;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof SemVer other
                && hasNumbersOf(other)
                && prerelease().equals(other.prerelease());
    }

    @Override
    public int hashCode() {
        long numbers =
                packed != NOT_PACKED ? packed : major() ^ Long.rotateLeft(minor(), 21) ^ Long.rotateLeft(patch(), 42);
        return 31 * Long.hashCode(numbers) + prerelease().hashCode();
    }

    /** The number without build metadata: equal versions print the same. */
    @Override
    public String toString() {
        String numbers = major() + "." + minor() + "." + patch();
        return isPrerelease() ? numbers + "-" + prerelease() : numbers;
    }

    /** The number with its build metadata, as it was published. */
    public String toDisplayString() {
        return build().isEmpty() ? toString() : this + "+" + build();
    }
}
