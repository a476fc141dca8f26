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
     * exist; pre-releases in a gap are overlooked if the set holds none.
     *
     * @param versions positions in {@code existing}, not empty
     */
    static String versions(List<SemVer> existing, BitSet versions) {
        boolean overlook = versions.stream().noneMatch(i -> existing.get(i).isPrerelease());
        List<String> runs = new ArrayList<>();
        int at = versions.nextSetBit(0);
        while (at >= 0) {
            int last = at;
            int next = next(existing, last, overlook);
            while (next < existing.size() && versions.get(next)) {
                last = next;
                next = next(existing, last, overlook);
            }
            boolean toEnd = next >= existing.size();
            boolean fromStart = isFirst(existing, at, overlook);
            if (at == last) {
                runs.add(existing.get(at).toString());
            } else if (toEnd && !fromStart && runs.isEmpty()) {
                runs.add("from " + existing.get(at) + " on");
            } else {
                runs.add(existing.get(at) + " to " + existing.get(last));
            }
            at = versions.nextSetBit(last + 1);
        }
        return join(runs, "and");
    }

    private static int next(List<SemVer> existing, int at, boolean overlook) {
        int next = at + 1;
        while (overlook && next < existing.size() && existing.get(next).isPrerelease()) {
            next++;
        }
        return next;
    }

    private static boolean isFirst(List<SemVer> existing, int at, boolean overlook) {
        for (int i = 0; i < at; i++) {
            if (!overlook || !existing.get(i).isPrerelease()) {
                return false;
            }
        }
        return true;
    }
}
