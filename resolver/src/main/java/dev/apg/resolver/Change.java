package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One change of a request. */
public sealed interface Change {
    /** A change that lets other versions in and gives nothing up: what the steps of a plan are made of. */
    sealed interface Setting extends Change {}

    /** Ask for a root in another range. */
    record SetRange(Root root, VersionRange range) implements Setting {}

    /** Do not ask for a root. */
    record DropRoot(Root root) implements Change {}

    /** Ask for another capability that provides what this member was to provide. */
    record ReplaceRoot(Root root, Root by) implements Change {}

    record DropPin(String code, SemVer number) implements Change {}

    /** Take exactly this version, in place of whatever pin there is. */
    record SetPin(String code, SemVer number) implements Setting {}

    record DropExclusion(Target exclusion) implements Change {}

    /** Take pre-releases where no range names one. */
    record AcceptPrereleases() implements Change {}

    /** Take versions that have this mark. */
    record AcceptMark(Mark mark) implements Change {}

    /** The request with these changes made, in order; takes time for each change and each root, not for each pair of them. */
    static Request applyAll(List<? extends Change> changes, Request request) {
        // From the last change to the first: what a root becomes is then known of whatever a change makes of it, and of
        // several changes of a pin the last one is met first.
        Map<Root, Optional<Root>> becomes = new HashMap<>();
        Map<String, Optional<SemVer>> pinned = new HashMap<>();
        Set<Target> allowed = new HashSet<>();
        Policy policy = request.policy();
        for (Change change : changes.reversed()) {
            switch (change) {
                case SetRange(Root root, VersionRange range) -> becomes.put(root, last(becomes, root.in(range)));
                case ReplaceRoot(Root root, Root by) -> becomes.put(root, last(becomes, by));
                case DropRoot(Root root) -> becomes.put(root, Optional.empty());
                case DropPin(String code, SemVer _) -> pinned.putIfAbsent(code, Optional.empty());
                case SetPin(String code, SemVer number) -> pinned.putIfAbsent(code, Optional.of(number));
                case DropExclusion(Target exclusion) -> allowed.add(exclusion);
                case AcceptPrereleases() -> policy = policy.withPrereleases();
                case AcceptMark(Mark mark) -> policy = policy.accepting(mark);
            }
        }
        Map<String, SemVer> pins = new LinkedHashMap<>(request.pins());
        pinned.forEach((code, number) -> number.ifPresentOrElse(last -> pins.put(code, last), () -> pins.remove(code)));
        return request.withRoots(request.roots().stream()
                        .flatMap(root -> last(becomes, root).stream())
                        .toList())
                .withPins(pins)
                .withExclusions(request.exclusions().stream()
                        .filter(each -> !allowed.contains(each))
                        .toList())
                .withPolicy(policy);
    }

    private static Optional<Root> last(Map<Root, Optional<Root>> becomes, Root root) {
        return becomes.getOrDefault(root, Optional.of(root));
    }

    /** The request with this change made. */
    default Request applyTo(Request request) {
        return applyAll(List.of(this), request);
    }
}
