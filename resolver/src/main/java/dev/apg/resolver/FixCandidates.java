package dev.apg.resolver;

import dev.apg.resolver.version.VersionRange;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The changes of a request that could mend a contradiction: each touches one of its facts. */
final class FixCandidates {
    private static final int MAX_REPLACEMENTS = 3;

    private final Universe universe;

    FixCandidates(Universe universe) {
        this.universe = universe;
    }

    /** The smallest first. A range is opened altogether; {@link FixRanges} narrows what is found with it. */
    List<Change> of(Request request, List<Fact> core) {
        Set<Change> changes = new LinkedHashSet<>();
        for (Fact fact : core) {
            switch (fact) {
                case Fact.Asked(Root root) -> {
                    if (!root.target().range().equals(VersionRange.any())) {
                        changes.add(new Change.SetRange(root, VersionRange.any()));
                    }
                    replacements(request, root).forEach(changes::add);
                    changes.add(new Change.DropRoot(root));
                }
                case Fact.Pinned(String code, var number) -> changes.add(new Change.DropPin(code, number));
                case Fact.Excluded(Target exclusion) -> changes.add(new Change.DropExclusion(exclusion));
                case Fact.NotAccepted(ExactVersion _, Mark mark) -> changes.add(new Change.AcceptMark(mark));
                case Fact.Needs _, Fact.Restricts _, Fact.Conflicts _, Fact.Wanted _, Fact.OnlyOne _ -> {}
            }
        }
        if (!request.policy().prereleases()) {
            changes.add(new Change.AcceptPrereleases());
        }
        return changes.stream()
                .sorted(Comparator.comparingInt(FixCandidates::size))
                .toList();
    }

    /** How much a change asks of whoever makes it; only the order means something. */
    static int size(Change change) {
        return switch (change) {
            case Change.SetRange _ -> 1;
            case Change.DropPin _ -> 2;
            case Change.DropExclusion _ -> 3;
            case Change.AcceptPrereleases _ -> 4;
            case Change.ReplaceRoot _ -> 5;
            case Change.AcceptMark _ -> 6;
            case Change.DropRoot _ -> 7;
        };
    }

    /** Other capabilities that provide a service which the member provides. */
    private List<Change> replacements(Request request, Root root) {
        if (root.target().kind() != Target.Kind.CAPABILITY) {
            return List.of();
        }
        String code = root.target().code();
        Set<String> asked =
                request.roots().stream().map(each -> each.target().code()).collect(Collectors.toSet());
        return universe.versions(code).stream()
                .flatMap(version -> version.provides().stream())
                .map(Provision::service)
                .distinct()
                .flatMap(service -> universe.providers(service).stream())
                .filter(other -> !asked.contains(other))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .limit(MAX_REPLACEMENTS)
                .map(other -> (Change) new Change.ReplaceRoot(root, Root.capability(other, "*")))
                .toList();
    }
}
