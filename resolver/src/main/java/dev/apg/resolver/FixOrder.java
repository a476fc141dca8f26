package dev.apg.resolver;

import dev.apg.resolver.version.VersionRange;
import java.util.Comparator;
import java.util.List;

/** Which of several fixes asks for less. */
final class FixOrder {
    private FixOrder() {}

    /** By size; of equals, those come first that touch what is newly asked for rather than what the previous lock has already. */
    static Comparator<Fix> smallestFirst(Request request) {
        return Comparator.comparingInt((Fix fix) -> size(fix.changes(), request))
                .thenComparing(fix -> fix.changes().stream()
                        .filter(change -> isOfPrevious(change, request))
                        .count());
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
}
