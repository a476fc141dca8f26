package dev.apg.resolver;

import dev.apg.resolver.engine.Interruption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Where no single change helps: the combination that was found, without what is not needed of it, and some like it. */
final class CombinedFixes {
    /** Exchanges that are tried: to find out whether one is needed looks at all other changes. */
    private static final int MOST_EXCHANGES = 20;

    private final Request request;
    private final Trials trials;
    private final FixCandidates candidates;
    private final FixRanges ranges;
    private final Contradictions contradictions;
    private final int below;

    /**
     * @param contradictions takes what is found on the way
     * @param below the size that a fix has to stay below to be of interest
     */
    CombinedFixes(
            Request request,
            Trials trials,
            FixCandidates candidates,
            FixRanges ranges,
            Contradictions contradictions,
            int below) {
        this.request = request;
        this.trials = trials;
        this.candidates = candidates;
        this.ranges = ranges;
        this.contradictions = contradictions;
        this.below = below;
    }

    /** Up to three fixes; none of them leaves nothing that is asked for. */
    List<Fix> find(List<Fact> core) {
        return new CombinationSearch(request, trials, candidates, contradictions, below)
                .find(core)
                .map(this::withAlternatives)
                .orElse(List.of());
    }

    /** The changes that are needed, and the same with one of them exchanged for another one that touches the same core. */
    private List<Fix> withAlternatives(List<CombinationSearch.Made> made) {
        List<Change> needed = withoutSuperfluous(CombinationSearch.changes(made));
        List<Fix> fixes = new ArrayList<>();
        fixes.add(exact(needed));
        for (Exchange exchange : exchanges(made, needed)) {
            if (fixes.size() == FixFinder.MAX_FIXES || trials.isSpent()) {
                break;
            }
            List<Change> exchanged = new ArrayList<>(needed);
            exchanged.set(exchange.place(), exchange.by());
            if (!changed(exchanged).roots().isEmpty()
                    && trials.isSolvable(changed(exchanged))
                    && withoutSuperfluous(exchanged).size() == exchanged.size()
                    // Otherwise not all of this was tried.
                    && !trials.isSpent()) {
                Fix fix = exact(exchanged);
                if (!fixes.contains(fix)) {
                    fixes.add(fix);
                }
            }
        }
        return fixes;
    }

    /** What something else asks for anyway is not asked for once more instead of a root, which a draft could not hold. */
    private List<Change> askingOnce(List<Change> changes) {
        List<Change> once = new ArrayList<>(changes);
        for (int i = 0; i < once.size(); i++) {
            if (once.get(i) instanceof Change.ReplaceRoot(Root root, Root by)
                    && changed(once).roots().stream()
                                    .filter(other -> isSame(other.target(), by.target()))
                                    .count()
                            > 1) {
                once.set(i, new Change.DropRoot(root));
            }
        }
        return once;
    }

    private static boolean isSame(Target one, Target other) {
        return one.kind() == other.kind() && one.code().equals(other.code());
    }

    private record Exchange(int place, Change by, int growth) {}

    /** The smallest first. */
    private List<Exchange> exchanges(List<CombinationSearch.Made> made, List<Change> needed) {
        List<Exchange> exchanges = new ArrayList<>();
        for (CombinationSearch.Made each : made) {
            int place = needed.indexOf(each.change());
            for (Change other : place < 0 ? List.<Change>of() : each.instead()) {
                if (!needed.contains(other)) {
                    int growth = size(other) - size(each.change());
                    exchanges.add(new Exchange(place, other, growth));
                }
            }
        }
        return exchanges.stream()
                .sorted(Comparator.comparingInt(Exchange::growth))
                .limit(MOST_EXCHANGES)
                .toList();
    }

    private int size(Change change) {
        return FixCandidates.size(change, request.policy());
    }

    /** With ranges as narrow as what would be chosen; as they were found if enough was tried. */
    private Fix exact(List<Change> changes) {
        List<Change> once = askingOnce(changes);
        List<Change> exact = ranges.narrowed(request, once)
                .filter(narrowed -> trials.isSolvable(changed(narrowed)))
                // A range around a pre-release takes it without the policy's consent.
                .map(narrowed -> askingOnce(withoutSuperfluous(narrowed)))
                .orElse(once);
        return FixWords.fix(exact, request);
    }

    private List<Change> withoutSuperfluous(List<Change> changes) {
        return withoutSuperfluous(changes, fewer -> {
            Request without = changed(fewer);
            Interruption.check();
            // Mostly each change mends a contradiction that no other one touches; then nobody has to search.
            return !contradictions.standIn(without) && trials.isSolvable(without);
        });
    }

    /** Changes that make a request solvable, without those that it is solvable without. */
    static List<Change> withoutSuperfluous(List<Change> changes, Predicate<List<Change>> solve) {
        List<Change> kept = new ArrayList<>(changes);
        for (Change each : changes) {
            List<Change> fewer = new ArrayList<>(kept);
            fewer.remove(each);
            if (!fewer.isEmpty() && solve.test(fewer)) {
                kept = fewer;
            }
        }
        return kept;
    }

    private Request changed(List<Change> changes) {
        return Change.applyAll(changes, request);
    }
}
