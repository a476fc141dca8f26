package dev.apg.resolver;

import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.Comparator;
import java.util.List;

/** Which of several fixes asks for less. */
final class FixOrder {
    /** What an older version asks more than a newer one: to give up a pin is less. */
    static final int STEP_BACK = 2;

    private FixOrder() {}

    /**
     * By size, to which each range adds that takes an older version; of equals, those come first that touch what is newly asked
     * for rather than what the previous lock has already.
     */
    static Comparator<Fix> smallestFirst(Request request) {
        return Comparator.comparingLong((Fix fix) -> weight(fix, request))
                .thenComparing(fix -> fix.changes().stream()
                        .filter(change -> isOfPrevious(change, request))
                        .count());
    }

    static long weight(Fix fix, Request request) {
        return size(fix.changes(), request) + STEP_BACK * stepsBack(fix);
    }

    private static long stepsBack(Fix fix) {
        return fix.changes().stream().filter(FixOrder::stepsBack).count();
    }

    static int size(List<Change> changes, Request request) {
        // Where all pre-releases are accepted, it is no more to name one.
        Policy policy = changes.contains(new Change.AcceptPrereleases())
                ? request.policy().withPrereleases()
                : request.policy();
        return changes.stream()
                .mapToInt(change -> FixCandidates.size(change, policy))
                .sum();
    }

    /** Whether a change is about a capability that the previous lock has. */
    static boolean isOfPrevious(Change change, Request request) {
        return switch (change) {
            case Change.SetRange(Root root, VersionRange _) -> isOfPrevious(root, request);
            case Change.DropRoot(Root root) -> isOfPrevious(root, request);
            case Change.ReplaceRoot(Root root, Root _) -> isOfPrevious(root, request);
            case Change.DropPin _,
                    Change.SetPin _,
                    Change.DropExclusion _,
                    Change.AcceptPrereleases _,
                    Change.AcceptMark _ -> false;
        };
    }

    private static boolean isOfPrevious(Root root, Request request) {
        return root.target().kind() == Target.Kind.CAPABILITY
                && request.previous().containsKey(root.target().code());
    }

    /** Whether the new range starts where the old one had not begun. */
    private static boolean stepsBack(Change change) {
        return change instanceof Change.SetRange(Root root, VersionRange range)
                && FixRanges.start(range)
                        .filter((SemVer start) -> root.target().range().startsAfter(start, PrereleaseRule.INCLUDE))
                        .isPresent();
    }
}
