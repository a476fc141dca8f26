package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks for small changes of a request that make it solvable; solves again for each before it is offered. */
final class FixFinder {
    static final int MAX_FIXES = 3;

    /** Changes that are tried before it is asked whether any can be enough. */
    private static final int HOPEFUL = 2;

    /** Two ranges: what a combination of changes has at least. */
    private static final int SMALLEST_COMBINED = 2;

    private static final int MOST_BESIDE = 3;

    private final Universe universe;
    private final @Nullable ExactVersion wanted;
    private final Trials trials;
    private final FixCandidates candidates;
    private final FixRanges ranges;

    /** @param stepBudget how many steps all trials together may take */
    FixFinder(Universe universe, @Nullable ExactVersion wanted, long stepBudget) {
        this.universe = universe;
        this.wanted = wanted;
        this.trials = new Trials(universe, wanted, stepBudget);
        this.candidates = new FixCandidates(universe);
        this.ranges = new FixRanges(universe, trials);
    }

    /** @param further what else was found to stand in the way */
    record Found(List<Fix> fixes, Explanation.Further further) {}

    /**
     * Up to three fixes, the smallest change first. Where no single change helps, or only a large one, also several together;
     * only where nothing else was found, one that leaves nothing that is asked for, and it says so.
     */
    Found find(Request given, List<Fact> core) {
        // What is asked for twice is given up at once.
        Request request = given.withRoots(given.roots().stream().distinct().toList());
        List<Fix> fixes = single(request, core);
        int smallest = fixes.stream()
                .mapToInt(fix -> FixOrder.size(fix.changes(), request))
                .min()
                .orElse(Integer.MAX_VALUE);
        var contradictions = new Contradictions();
        if (smallest > SMALLEST_COMBINED) {
            fixes.addAll(new CombinedFixes(request, trials, candidates, ranges, contradictions, smallest).find(core));
        }
        if (fixes.isEmpty()) {
            droppingMost(request).ifPresent(fixes::add);
        }
        Explanation.Further further = contradictions.further();
        fixes.sort(FixOrder.smallestFirst(request));
        Set<Outcome> outcomes = new HashSet<>();
        return new Found(
                fixes.stream()
                        .filter(fix -> outcomes.add(Outcome.of(fix.applyTo(request))))
                        .filter(fix -> wanted == null || trials.isNeeded(wanted, fix.applyTo(request)))
                        .limit(MAX_FIXES)
                        .toList(),
                further.count() == 0 && fixes.stream().allMatch(FixFinder::onlyDrops)
                        ? besideTheCore(request, core)
                        : further);
    }

    /** What a fix makes of a request: several lead to the same where roots are about the same capability. */
    private record Outcome(Set<Root> roots, Map<String, SemVer> pins, Set<Target> exclusions, Policy policy) {
        static Outcome of(Request request) {
            return new Outcome(
                    Set.copyOf(request.roots()), request.pins(), Set.copyOf(request.exclusions()), request.policy());
        }
    }

    /** Fixes of one change. */
    private List<Fix> single(Request request, List<Fact> core) {
        List<Fix> fixes = new ArrayList<>();
        List<Change> possible = candidates.of(request, core);
        int failed = 0;
        for (Change change : possible) {
            // Mostly one of the first helps; whether any can is asked when they have not.
            if (fixes.size() == MAX_FIXES || (failed == HOPEFUL && fixes.isEmpty() && !mayMend(request, possible))) {
                break;
            }
            if (!isWiderThanNeeded(change, fixes)
                    && !change.applyTo(request).roots().isEmpty()) {
                Optional<Fix> mending =
                        mending(request, List.of(change)).map(changes -> FixWords.fix(changes, request));
                mending.filter(fix -> !fixes.contains(fix)).ifPresent(fixes::add);
                failed += mending.isPresent() ? 0 : 1;
            }
        }
        return fixes;
    }

    private static boolean isWiderThanNeeded(Change change, List<Fix> fixes) {
        return change instanceof Change.SetRange(Root root, VersionRange range)
                && range.equals(VersionRange.any())
                && fixes.stream()
                        .anyMatch(fix -> fix.changes().getFirst() instanceof Change.SetRange(Root other, VersionRange _)
                                && other.equals(root));
    }

    private static boolean onlyDrops(Fix fix) {
        return fix.changes().stream().allMatch(Change.DropRoot.class::isInstance);
    }

    /**
     * Where members can only be dropped, what their versions say is in the way, and somebody may publish others: what would
     * stand in the way of these members then.
     */
    private Explanation.Further besideTheCore(Request request, List<Fact> core) {
        var contradictions = new Contradictions();
        Universe mended = universe;
        List<Fact> facts = core;
        for (int i = 0; i < MOST_BESIDE; i++) {
            Optional<Universe> next = Retraction.of(facts, mended);
            Optional<Attempt> attempt = next.flatMap(other -> trials.attempt(other, request));
            if (next.isEmpty() || attempt.filter(Attempt::isContradictory).isEmpty()) {
                break;
            }
            CoreFact.Core another = trials.core(attempt.get());
            contradictions.tell(attempt.get(), another);
            mended = next.get();
            facts = another.facts().stream().map(CoreFact::fact).toList();
        }
        return contradictions.further();
    }

    /**
     * Whether one change of this core can be enough. It cannot where a contradiction is left after everything in the core was
     * given up, and then nobody has to try them all.
     */
    private boolean mayMend(Request request, List<Change> possible) {
        Request without = request;
        for (Change change : possible) {
            boolean asksForOther = change instanceof Change.SetRange || change instanceof Change.ReplaceRoot;
            without = asksForOther ? without : change.applyTo(without);
        }
        return trials.attempt(without).filter(Attempt::isContradictory).isEmpty();
    }

    private Optional<List<Change>> mending(Request request, List<Change> changes) {
        return ranges.narrowed(request, changes)
                .filter(narrowed -> trials.isSolvable(Change.applyAll(narrowed, request)));
    }

    /** Asks for nothing, and then again for each that does not stand in the way. */
    private Optional<Fix> droppingMost(Request request) {
        List<Change> dropped = new ArrayList<>();
        request.roots().stream()
                .distinct()
                .sorted(Comparator.comparing(Root::target, Encoding.BY_CODE))
                .forEach(root -> dropped.add(new Change.DropRoot(root)));
        // Without a trial for each, what is not in the way would be dropped with the rest.
        trials.allow(dropped.size() + 2);
        if (dropped.isEmpty() || !trials.isSolvable(Change.applyAll(dropped, request))) {
            return Optional.empty();
        }
        List<Change> needed =
                CombinedFixes.withoutSuperfluous(dropped, fewer -> trials.isSolvable(Change.applyAll(fewer, request)));
        return trials.isSpent() ? Optional.empty() : Optional.of(FixWords.fix(needed, request));
    }
}
