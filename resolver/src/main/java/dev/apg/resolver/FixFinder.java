package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks for small changes of a request that make it solvable; solves again for each before it is offered. */
final class FixFinder {
    private static final int MAX_FIXES = 3;

    /** So that a large core does not cost hundreds of searches. */
    private static final int MAX_TRIALS = 40;

    private static final int MAX_REPLACEMENTS = 3;

    private final Universe universe;
    private final @Nullable ExactVersion wanted;
    private int trials;
    private long stepsLeft;

    /** @param stepBudget how many steps all trials together may take */
    FixFinder(Universe universe, @Nullable ExactVersion wanted, long stepBudget) {
        this.universe = universe;
        this.wanted = wanted;
        this.stepsLeft = stepBudget;
    }

    /** Up to three fixes, the smallest change first. */
    List<Fix> find(Request request, List<Fact> core) {
        List<Fix> fixes = new ArrayList<>();
        for (Change change : candidates(request, core)) {
            if (fixes.size() == MAX_FIXES) {
                return fixes;
            }
            fixBy(request, change).ifPresent(fixes::add);
        }
        if (fixes.isEmpty()) {
            fixes.addAll(several(request, core));
        }
        return fixes;
    }

    private boolean isSolvable(Request request) {
        return attempt(request).filter(Attempt::isSolved).isPresent();
    }

    /** Solves a changed request; empty if enough was tried. */
    private Optional<Attempt> attempt(Request request) {
        if (trials == MAX_TRIALS || stepsLeft < 1) {
            return Optional.empty();
        }
        trials++;
        Attempt attempt = Attempt.of(universe, request.withStepBudget(stepsLeft), wanted);
        stepsLeft -= attempt.steps();
        return Optional.of(attempt);
    }

    private Optional<Fix> fixBy(Request request, Change change) {
        Optional<Change> exact = change instanceof Change.SetRange open ? narrowed(request, open) : Optional.of(change);
        return exact.filter(each -> isSolvable(each.applyTo(request))).map(each -> fix(List.of(each)));
    }

    /** In place of "any version", a range in the style of the old one around the version that would be chosen. */
    private Optional<Change> narrowed(Request request, Change.SetRange open) {
        Target target = open.root().target();
        return attempt(open.applyTo(request)).filter(Attempt::isSolved).stream()
                .flatMap(attempt -> attempt.chosenByTheRule().bindings().stream())
                .filter(each -> each.need() instanceof Link.Asked(Root root)
                        && root.target().kind() == target.kind()
                        && root.target().code().equals(target.code())
                        && root.target().range().equals(open.range()))
                .findFirst()
                .flatMap(binding -> number(binding))
                .map(number -> new Change.SetRange(open.root(), around(number, target.range())));
    }

    private Optional<SemVer> number(Binding binding) {
        return switch (binding.target().kind()) {
            case CAPABILITY -> Optional.of(binding.provider().number());
            case SERVICE ->
                universe.version(binding.provider()).stream()
                        .flatMap(version -> version.provides().stream())
                        .filter(each -> each.service().equals(binding.target().code()))
                        .map(Provision::version)
                        .max(Comparator.naturalOrder());
        };
    }

    private static VersionRange around(SemVer number, VersionRange old) {
        String text = old.text().strip();
        String style = text.startsWith("~") ? "~" : text.matches("[=v]?\\d+\\.\\d+\\.\\d+.*") ? "" : "^";
        return VersionRange.parse(style + number);
    }

    /** Changes that touch a fact of the core, the smallest first. */
    private List<Change> candidates(Request request, List<Fact> core) {
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
                case Fact.Pinned(String code, SemVer number) -> changes.add(new Change.DropPin(code, number));
                case Fact.Excluded(Target exclusion) -> changes.add(new Change.DropExclusion(exclusion));
                case Fact.NotAccepted(ExactVersion _, Mark mark) -> changes.add(new Change.AcceptMark(mark));
                case Fact.Needs _, Fact.Restricts _, Fact.Conflicts _, Fact.Wanted _, Fact.OnlyOne _ -> {}
            }
        }
        if (!request.policy().prereleases()) {
            changes.add(new Change.AcceptPrereleases());
        }
        return changes.stream().sorted(Comparator.comparingInt(FixFinder::size)).toList();
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

    /** Where no single change helps: drops one fact of the core after the other, then takes back what was not needed. */
    private List<Fix> several(Request request, List<Fact> core) {
        List<Change> made = new ArrayList<>();
        List<List<Change>> instead = new ArrayList<>();
        Request changed = request;
        List<Fact> facts = core;
        while (true) {
            Request from = changed;
            List<Change> possible = candidates(from, facts).stream()
                    .filter(each -> !(each instanceof Change.SetRange) && !(each instanceof Change.ReplaceRoot))
                    .filter(each -> !(each instanceof Change.AcceptPrereleases))
                    .toList();
            if (possible.isEmpty()) {
                return List.of();
            }
            made.add(possible.getFirst());
            instead.add(possible.subList(1, possible.size()));
            changed = possible.getFirst().applyTo(changed);
            Optional<Attempt> attempt = attempt(changed);
            if (attempt.isPresent() && attempt.get().isSolved()) {
                return withAlternatives(request, made, instead);
            }
            if (attempt.isEmpty() || !attempt.get().isContradictory()) {
                return List.of();
            }
            CoreFact.Core rest = attempt.get().core(stepsLeft);
            stepsLeft -= rest.steps();
            facts = rest.facts().stream().map(CoreFact::fact).toList();
        }
    }

    /**
     * The changes that were made, without superfluous ones; then the same with one of them exchanged for another one of
     * the same size that touches the same core.
     */
    private List<Fix> withAlternatives(Request request, List<Change> made, List<List<Change>> instead) {
        List<Change> needed = withoutSuperfluous(request, made);
        List<Fix> fixes = new ArrayList<>();
        fixes.add(fix(needed));
        for (int i = 0; i < made.size(); i++) {
            int place = needed.indexOf(made.get(i));
            for (Change other : place < 0 ? List.<Change>of() : instead.get(i)) {
                if (fixes.size() == MAX_FIXES) {
                    return fixes;
                }
                List<Change> exchanged = new ArrayList<>(needed);
                exchanged.set(place, other);
                if (size(other) == size(made.get(i))
                        && !needed.contains(other)
                        && isSolvable(fix(exchanged).applyTo(request))
                        && withoutSuperfluous(request, exchanged).size() == exchanged.size()
                        // Otherwise not all of this was tried.
                        && trials < MAX_TRIALS
                        && stepsLeft > 0) {
                    fixes.add(fix(exchanged));
                }
            }
        }
        return fixes;
    }

    private List<Change> withoutSuperfluous(Request request, List<Change> made) {
        List<Change> kept = new ArrayList<>(made);
        for (Change each : made) {
            List<Change> fewer = new ArrayList<>(kept);
            fewer.remove(each);
            if (!fewer.isEmpty() && isSolvable(fix(fewer).applyTo(request))) {
                kept = fewer;
            }
        }
        return kept;
    }

    private static Fix fix(List<Change> changes) {
        List<String> parts = changes.stream().map(FixFinder::sentence).toList();
        String text = Phrases.join(parts, "and");
        return new Fix(changes, Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".");
    }

    private static String sentence(Change change) {
        return switch (change) {
            case Change.SetRange(Root root, VersionRange range) -> {
                Target target = root.target();
                Target changed = new Target(target.kind(), target.code(), range);
                yield "ask for " + Phrases.target(changed) + " instead of "
                        + target.range().text();
            }
            case Change.DropRoot(Root root) -> "do not ask for " + Phrases.target(root.target());
            case Change.ReplaceRoot(Root root, Root by) ->
                "ask for " + Phrases.target(by.target()) + " instead of " + Phrases.target(root.target());
            case Change.DropPin(String code, SemVer number) -> "do not pin " + code + " to " + number;
            case Change.DropExclusion(Target exclusion) -> "do not exclude " + Phrases.target(exclusion);
            case Change.AcceptPrereleases() -> "accept pre-releases";
            case Change.AcceptMark(Mark mark) -> "accept versions that are " + mark.word();
        };
    }
}
