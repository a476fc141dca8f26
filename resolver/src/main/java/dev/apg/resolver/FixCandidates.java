package dev.apg.resolver;

import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The changes of a request that could mend a contradiction: each touches one of its facts. */
final class FixCandidates {
    private static final int MAX_REPLACEMENTS = 3;

    /** Of providers, that are looked at for pre-releases of a service. */
    private static final int MOST_VERSIONS = 200;

    /** What an older version asks more than a newer one: to give up a pin is less. */
    private static final int STEP_BACK = 2;

    private final Universe universe;
    private final Matching matching;

    FixCandidates(Universe universe) {
        this.universe = universe;
        this.matching = new Matching(universe);
    }

    /** The smallest first. A range is opened; {@link FixRanges} narrows what is found with it. */
    List<Change> of(Request request, List<Fact> core) {
        Set<Change> changes = new LinkedHashSet<>();
        for (Fact fact : core) {
            switch (fact) {
                case Fact.Asked(Root root) -> {
                    openings(root).forEach(changes::add);
                    prerelease(request, root, core).ifPresent(changes::add);
                    replacements(request, root).forEach(changes::add);
                    changes.add(new Change.DropRoot(root));
                }
                case Fact.Pinned(String code, var number) -> changes.add(new Change.DropPin(code, number));
                case Fact.Excluded(Target exclusion) -> changes.add(new Change.DropExclusion(exclusion));
                case Fact.NotAccepted(ExactVersion _, Mark mark) -> changes.add(new Change.AcceptMark(mark));
                case Fact.Needs _, Fact.Restricts _, Fact.Conflicts _, Fact.Wanted _, Fact.OnlyOne _ -> {}
            }
        }
        if (!request.policy().prereleases() && core.stream().anyMatch(this::isAboutPrereleases)) {
            changes.add(new Change.AcceptPrereleases());
        }
        return changes.stream()
                .sorted(Comparator.comparingInt((Change change) -> size(change, request.policy()))
                        .thenComparing(change -> FixOrder.isOfPrevious(change, request)))
                .toList();
    }

    /** A root in the ranges of {@link FixRanges#openings}, as far as there are versions that the one before does not have. */
    private List<Change> openings(Root root) {
        List<Change> changes = new ArrayList<>();
        VersionRange last = root.target().range();
        for (VersionRange range : FixRanges.openings(last)) {
            if (hasMore(root.target(), range, last)) {
                changes.add(new Change.SetRange(root, range));
                last = range;
            }
        }
        return changes;
    }

    /** Pre-releases included: another change may accept them. */
    private boolean hasMore(Target target, VersionRange range, VersionRange than) {
        return switch (target.kind()) {
            case CAPABILITY ->
                universe.numbers(target.code()).reversed().stream()
                        .anyMatch(number -> range.admits(number, PrereleaseRule.INCLUDE)
                                && !than.admits(number, PrereleaseRule.INCLUDE));
            case SERVICE -> true;
        };
    }

    /**
     * Asking for a pre-release by name, which no other range takes: that of the pin or the question, else the newest that the
     * root would take if pre-releases were accepted, else the newest of all.
     */
    private Optional<Change> prerelease(Request request, Root root, List<Fact> core) {
        Target target = root.target();
        if (request.policy().prereleases()) {
            return Optional.empty();
        }
        List<SemVer> hidden = numbers(target).stream()
                .filter(SemVer::isPrerelease)
                .filter(number -> !target.range().admits(number, PrereleaseRule.NPM))
                .toList();
        Predicate<SemVer> isMeant = number -> target.kind() == Target.Kind.CAPABILITY
                && (number.equals(request.pins().get(target.code()))
                        || core.contains(new Fact.Wanted(new ExactVersion(target.code(), number))));
        return newest(hidden, isMeant)
                .or(() -> newest(hidden, number -> target.range().admits(number, PrereleaseRule.INCLUDE)))
                .or(() -> newest(hidden, _ -> true))
                .map(number -> new Change.SetRange(root, FixRanges.around(number, target.range())));
    }

    /** In which the target can be had, in ascending order: of a service, those of some of its providers. */
    private List<SemVer> numbers(Target target) {
        return switch (target.kind()) {
            case CAPABILITY -> universe.numbers(target.code());
            case SERVICE ->
                universe.providers(target.code()).stream()
                        .flatMap(provider -> universe.numbers(provider).reversed().stream()
                                .map(number -> new ExactVersion(provider, number)))
                        .limit(MOST_VERSIONS)
                        .flatMap(version -> universe.version(version).stream())
                        .flatMap(version -> version.provides().stream())
                        .filter(provision -> provision.service().equals(target.code()))
                        .map(Provision::version)
                        .sorted()
                        .distinct()
                        .toList();
        };
    }

    private static Optional<SemVer> newest(List<SemVer> ascending, Predicate<SemVer> which) {
        return ascending.reversed().stream().filter(which).findFirst();
    }

    /** Whether a fact says something else where pre-releases are taken; if none does, the contradiction stays. */
    private boolean isAboutPrereleases(Fact fact) {
        return switch (fact) {
            case Fact.Asked(Root root) -> hidesPrereleases(root.target());
            case Fact.Needs(ExactVersion _, Requirement requirement) ->
                requirement.anyOf().stream().anyMatch(this::hidesPrereleases);
            case Fact.Restricts(ExactVersion _, Requirement requirement) ->
                requirement.anyOf().stream().anyMatch(this::hidesPrereleases);
            case Fact.Pinned _, Fact.Excluded _, Fact.NotAccepted _, Fact.Conflicts _, Fact.Wanted _, Fact.OnlyOne _ ->
                false;
        };
    }

    private boolean hidesPrereleases(Target target) {
        return count(target, PrereleaseRule.NPM) != count(target, PrereleaseRule.INCLUDE);
    }

    private int count(Target target, PrereleaseRule rule) {
        int[] count = {0};
        boolean service = target.kind() == Target.Kind.SERVICE;
        int code = universe.symbols.names.known(target.code());
        matching.each(service, code, target.range(), rule, (_, first, last) -> count[0] += last - first + 1);
        return count[0];
    }

    /**
     * How much a change asks of whoever makes it; only the order means something.
     *
     * @param policy of the request that is to be changed
     */
    static int size(Change change, Policy policy) {
        return switch (change) {
            case Change.SetRange(Root root, VersionRange range) ->
                (range.namesPrereleases() && !policy.prereleases() && !FixRanges.isOpening(root, range) ? 4 : 1)
                        + (range.startsBefore(root.target().range()) ? STEP_BACK : 0);
            case Change.DropPin _, Change.SetPin _ -> 2;
            case Change.DropExclusion _ -> 3;
            case Change.AcceptPrereleases _ -> 5;
            case Change.ReplaceRoot _ -> 6;
            // Deprecated versions still work, and are accepted where a policy says nothing of them.
            case Change.AcceptMark(Mark mark) -> mark == Mark.DEPRECATED ? 5 : 7;
            case Change.DropRoot _ -> 8;
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
        return universe.services(code).stream()
                .flatMap(service -> universe.providers(service).stream())
                .filter(other -> !asked.contains(other))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .limit(MAX_REPLACEMENTS)
                .map(other -> (Change) new Change.ReplaceRoot(root, Root.capability(other, "*")))
                .toList();
    }
}
