package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One change of a request. */
public sealed interface Change {
    /** Ask for a root in another range. */
    record SetRange(Root root, VersionRange range) implements Change {}

    /** Do not ask for a root. */
    record DropRoot(Root root) implements Change {}

    /** Ask for another capability that provides what this member was to provide. */
    record ReplaceRoot(Root root, Root by) implements Change {}

    record DropPin(String code, SemVer number) implements Change {}

    record DropExclusion(Target exclusion) implements Change {}

    /** Take pre-releases where no range names one. */
    record AcceptPrereleases() implements Change {}

    /** Take versions that have this mark. */
    record AcceptMark(Mark mark) implements Change {}

    /** The request with these changes made, in order. */
    static Request applyAll(List<Change> changes, Request request) {
        Request changed = request;
        for (Change change : changes) {
            changed = change.applyTo(changed);
        }
        return changed;
    }

    /** The request with this change made. */
    default Request applyTo(Request request) {
        return switch (this) {
            case SetRange(Root root, VersionRange range) ->
                replace(
                        request,
                        root,
                        new Root(new Target(root.target().kind(), root.target().code(), range)));
            case ReplaceRoot(Root root, Root by) -> replace(request, root, by);
            case DropRoot(Root root) ->
                request.withRoots(request.roots().stream()
                        .filter(each -> !each.equals(root))
                        .toList());
            case DropPin(String code, SemVer _) -> {
                Map<String, SemVer> pins = new LinkedHashMap<>(request.pins());
                pins.remove(code);
                yield request.withPins(pins);
            }
            case DropExclusion(Target exclusion) ->
                request.withExclusions(request.exclusions().stream()
                        .filter(each -> !each.equals(exclusion))
                        .toList());
            case AcceptPrereleases() -> request.withPolicy(Policy::withPrereleases);
            case AcceptMark(Mark mark) -> request.withPolicy(policy -> policy.accepting(mark));
        };
    }

    private static Request replace(Request request, Root root, Root by) {
        return request.withRoots(request.roots().stream()
                .map(each -> each.equals(root) ? by : each)
                .toList());
    }
}
