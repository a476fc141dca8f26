package dev.apg.resolver.version;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A set of versions as a sorted list of disjoint intervals. Exact: every version has a next one in SemVer's order, so
 * each bound can be written as "from this version on", and a set is empty only if it says so.
 *
 * <p>Stored as the versions at which membership changes: those below the first edge are out, those from it on are in,
 * those from the second edge on are out again, and so on.
 */
public final class VersionSet {
    /** The least version of all. */
    static final SemVer LEAST = SemVer.of(0, 0, 0).firstPrerelease();

    private static final VersionSet NONE = new VersionSet();
    private static final VersionSet ALL = new VersionSet(LEAST);

    /** Ascending, without repeats. */
    private final SemVer[] edges;

    private VersionSet(SemVer... edges) {
        this.edges = edges;
    }

    public static VersionSet none() {
        return NONE;
    }

    public static VersionSet all() {
        return ALL;
    }

    /** This version and every later one. */
    public static VersionSet from(SemVer first) {
        return first.equals(LEAST) ? ALL : new VersionSet(first);
    }

    /** Every version before this one. */
    public static VersionSet below(SemVer end) {
        return between(LEAST, end);
    }

    /** The versions from the first, inclusive, to the end, exclusive; none if that is no interval. */
    public static VersionSet between(SemVer first, SemVer end) {
        return first.compareTo(end) < 0 ? new VersionSet(first, end) : NONE;
    }

    int bounds() {
        return edges.length;
    }

    public boolean isEmpty() {
        return edges.length == 0;
    }

    public boolean isAll() {
        return equals(ALL);
    }

    /** Whether the version is in the set: O(log n) in the number of intervals. */
    public boolean contains(SemVer version) {
        return (edgesUpTo(version) & 1) == 1;
    }

    private int edgesUpTo(SemVer version) {
        int at = Arrays.binarySearch(edges, version);
        return at >= 0 ? at + 1 : -at - 1;
    }

    /** Whether one of its members is not a pre-release. */
    boolean containsRelease() {
        for (int i = 0; i < edges.length; i += 2) {
            SemVer end = edgeAt(i + 1);
            if (end == null || edges[i].release().compareTo(end) < 0) {
                return true;
            }
        }
        return false;
    }

    /** The least member; empty if there is none. */
    public Optional<SemVer> first() {
        return isEmpty() ? Optional.empty() : Optional.of(edges[0]);
    }

    public VersionSet complement() {
        boolean containsLeast = edges.length > 0 && edges[0].equals(LEAST);
        SemVer[] flipped = containsLeast ? Arrays.copyOfRange(edges, 1, edges.length) : new SemVer[edges.length + 1];
        if (!containsLeast) {
            flipped[0] = LEAST;
            System.arraycopy(edges, 0, flipped, 1, edges.length);
        }
        return new VersionSet(flipped);
    }

    public VersionSet union(VersionSet other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        return merge(other, 1);
    }

    public VersionSet intersection(VersionSet other) {
        return merge(other, 2);
    }

    public boolean intersects(VersionSet other) {
        return !intersection(other).isEmpty();
    }

    /** Whether every version of the other set is in this one. */
    public boolean containsAll(VersionSet other) {
        return intersection(other).equals(other);
    }

    /** Sweeps over the edges of both sets and keeps what is in at least {@code needed} of them: O(n + m). */
    private VersionSet merge(VersionSet other, int needed) {
        List<SemVer> merged = new ArrayList<>(edges.length + other.edges.length);
        int mine = 0;
        int theirs = 0;
        boolean inside = false;
        while (mine < edges.length || theirs < other.edges.length) {
            SemVer edge = earlier(edgeAt(mine), other.edgeAt(theirs));
            mine += edge.equals(edgeAt(mine)) ? 1 : 0;
            theirs += edge.equals(other.edgeAt(theirs)) ? 1 : 0;
            boolean nowInside = (mine & 1) + (theirs & 1) >= needed;
            if (nowInside != inside) {
                merged.add(edge);
                inside = nowInside;
            }
        }
        return new VersionSet(merged.toArray(SemVer[]::new));
    }

    private @Nullable SemVer edgeAt(int index) {
        return index < edges.length ? edges[index] : null;
    }

    private static SemVer earlier(@Nullable SemVer left, @Nullable SemVer right) {
        if (left == null) {
            return Objects.requireNonNull(right);
        }
        return right == null || left.compareTo(right) <= 0 ? left : right;
    }

    /**
     * The set's members in a sorted list, as index intervals.
     *
     * @param ascending versions, strictly ascending
     * @return first index inclusive, last index exclusive, and again; ascending, disjoint, none of them empty.
     *     O(i log n) for i intervals and n versions
     */
    public int[] slices(List<SemVer> ascending) {
        Slices slices = new Slices();
        for (int i = 0; i < edges.length; i += 2) {
            int first = lowerBound(ascending, edges[i]);
            int end = i + 1 < edges.length ? lowerBound(ascending, edges[i + 1]) : ascending.size();
            slices.add(first, end);
        }
        return slices.toArray();
    }

    private static int lowerBound(List<SemVer> ascending, SemVer edge) {
        int low = 0;
        int high = ascending.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending.get(middle).compareTo(edge) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof VersionSet other && Arrays.equals(edges, other.edges);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(edges);
    }

    /** As a range that admits exactly this set under {@link PrereleaseRule#INCLUDE}. */
    @Override
    public String toString() {
        if (isEmpty()) {
            return "<" + LEAST;
        }
        if (isAll()) {
            return "*";
        }
        StringJoiner text = new StringJoiner(" || ");
        for (int i = 0; i < edges.length; i += 2) {
            text.add(interval(edges[i], edgeAt(i + 1)));
        }
        return text.toString();
    }

    private static String interval(SemVer first, @Nullable SemVer end) {
        if (end == null) {
            return ">=" + first;
        }
        if (end.equals(first.successor())) {
            return first.toString();
        }
        return first.equals(LEAST) ? "<" + end : ">=" + first + " <" + end;
    }
}
