package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Words for targets and sets of versions. */
final class Phrases {
    private Phrases() {}

    /** For example {@code redis ^7.0.0 or the service cart-store ^1.0.0}. */
    static String targets(List<Target> anyOf) {
        return join(anyOf.stream().map(Phrases::target).toList(), "or");
    }

    static String target(Target target) {
        String name = switch (target.kind()) {
            case CAPABILITY -> target.code();
            case SERVICE -> "the service " + target.code();
        };
        return target.range().equals(VersionRange.any())
                ? name
                : name + " " + target.range().text();
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String join(List<String> parts, String last) {
        if (parts.size() < 2) {
            return String.join("", parts);
        }
        int end = parts.size() - 1;
        return String.join(", ", parts.subList(0, end)) + " " + last + " " + parts.get(end);
    }

    /**
     * A set of versions of a capability in words, short where the versions are next to each other among those that
     * exist: {@code 1.0.0, 1.2.0 to 1.5.0 or 2.0.0 or newer}.
     *
     * @param versions positions in {@code existing}, not empty
     * @param last the word before the last part, {@code or} or {@code and}
     */
    static String versions(List<SemVer> existing, BitSet versions, String last) {
        List<String> parts = new ArrayList<>();
        for (Run run : runs(existing, versions)) {
            if (run.size == 1) {
                parts.add(existing.get(run.first).toString());
            } else if (run.toEnd && !run.fromStart) {
                parts.add(existing.get(run.first) + " " + last + " newer");
            } else if (run.fromStart && !run.toEnd) {
                parts.add(existing.get(run.last) + " " + last + " older");
            } else if (run.size == 2) {
                parts.add(existing.get(run.first).toString());
                parts.add(existing.get(run.last).toString());
            } else {
                parts.add(existing.get(run.first) + " to " + existing.get(run.last));
            }
        }
        return join(parts, last);
    }

    /**
     * Versions that are next to each other.
     *
     * @param size how many of the set are in the run
     */
    record Run(int first, int last, int size, boolean fromStart, boolean toEnd) {}

    /** The runs of a set of versions; pre-releases in a gap are overlooked if the set holds none. */
    static List<Run> runs(List<SemVer> existing, BitSet versions) {
        boolean overlook = versions.stream().noneMatch(i -> existing.get(i).isPrerelease());
        int start = next(existing, -1, overlook);
        List<Run> runs = new ArrayList<>();
        int at = versions.nextSetBit(0);
        while (at >= 0) {
            int last = at;
            int size = 1;
            int next = next(existing, last, overlook);
            while (next < existing.size() && versions.get(next)) {
                last = next;
                size++;
                next = next(existing, last, overlook);
            }
            runs.add(new Run(at, last, size, at == start, next >= existing.size()));
            at = versions.nextSetBit(last + 1);
        }
        return runs;
    }

    /** Whether a set holds all versions that exist, pre-releases aside. */
    static boolean isEvery(List<SemVer> existing, BitSet versions) {
        List<Run> runs = runs(existing, versions);
        return runs.size() == 1 && runs.getFirst().fromStart && runs.getFirst().toEnd;
    }

    private static int next(List<SemVer> existing, int at, boolean overlook) {
        int next = at + 1;
        while (overlook && next < existing.size() && existing.get(next).isPrerelease()) {
            next++;
        }
        return next;
    }
}
