package dev.apg.resolver;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes of one root, of which at most one is made: a later one takes the place of an earlier one. */
final class RootChanges {
    private RootChanges() {}

    /** A change of what an earlier change made of a root, as a change of the root that the request has. */
    static Change ofTheRequest(List<Change> made, Change change) {
        Root touched = touched(change);
        return made.stream()
                .filter(earlier -> touched != null && Objects.equals(touched, outcome(earlier)))
                .findFirst()
                .map(earlier -> ofRoot(change, earlier))
                .orElse(change);
    }

    private static Change ofRoot(Change change, Change earlier) {
        Root root = touched(earlier);
        return root == null
                ? change
                : switch (change) {
                    case Change.SetRange(Root _, var range) -> new Change.SetRange(root, range);
                    case Change.ReplaceRoot(Root _, Root by) -> new Change.ReplaceRoot(root, by);
                    case Change.DropRoot _ -> new Change.DropRoot(root);
                    case Change.DropPin _,
                            Change.SetPin _,
                            Change.DropExclusion _,
                            Change.AcceptPrereleases _,
                            Change.AcceptMark _ -> change;
                };
    }

    /** The root that a change is of; null if it is of something else. */
    static @Nullable Root touched(Change change) {
        return switch (change) {
            case Change.SetRange(Root root, var _) -> root;
            case Change.ReplaceRoot(Root root, Root _) -> root;
            case Change.DropRoot(Root root) -> root;
            case Change.DropPin _,
                    Change.SetPin _,
                    Change.DropExclusion _,
                    Change.AcceptPrereleases _,
                    Change.AcceptMark _ -> null;
        };
    }

    /** What a change makes of a root; null if nothing is left of it, or it is no change of a root. */
    static @Nullable Root outcome(Change change) {
        return switch (change) {
            case Change.SetRange(Root root, var range) -> root.in(range);
            case Change.ReplaceRoot(Root _, Root by) -> by;
            case Change.DropRoot _,
                    Change.DropPin _,
                    Change.SetPin _,
                    Change.DropExclusion _,
                    Change.AcceptPrereleases _,
                    Change.AcceptMark _ -> null;
        };
    }

    static boolean areOfOneRoot(Change one, Change other) {
        Root root = touched(one);
        return root != null && root.equals(touched(other));
    }
}
