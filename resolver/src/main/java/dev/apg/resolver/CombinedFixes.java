package dev.apg.resolver;

import dev.apg.resolver.engine.Interruption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where no single change helps: mends one contradiction after the other, each by the smallest change that mends it taken by
 * itself, until none is left; then takes back what was not needed.
 */
final class CombinedFixes {
    /**
     * Searches for each contradiction: to mend it, to solve the whole again, to find out twice whether its change can be
     * spared, and as many for alternatives.
     */
    private static final int TRIALS_EACH = 8;

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

    /** @param instead what might mend the same contradiction, not smaller than the change */
    private record Made(Change change, List<Change> instead) {}

    /** Up to three fixes; none of them leaves nothing that is asked for. */
    List<Fix> find(List<Fact> core) {
        List<Made> made = new ArrayList<>();
        Set<Change> chosen = new HashSet<>();
        List<Fact> facts = core;
        while (true) {
            trials.allow(TRIALS_EACH);
            Optional<Made> next = next(made, chosen, facts);
            if (next.isEmpty()) {
                return List.of();
            }
            chosen.add(next.get().change());
            add(made, next.get());
            if (FixOrder.size(changes(made), request) >= below) {
                return List.of();
            }
            Optional<Attempt> attempt = trials.attempt(changed(changes(made)));
            if (attempt.isPresent() && attempt.get().isSolved()) {
                return withAlternatives(made);
            }
            if (attempt.isEmpty() || !attempt.get().isContradictory()) {
                return List.of();
            }
            CoreFact.Core another = trials.core(attempt.get());
            contradictions.tell(attempt.get(), another);
            facts = another.facts().stream().map(CoreFact::fact).toList();
        }
    }

    /** The smallest change that mends the contradiction; where none does that alone, one that gives something up. */
    private Optional<Made> next(List<Made> made, Set<Change> chosen, List<Fact> facts) {
        Request from = changed(changes(made));
        contradictions.add(facts, from.policy());
        Request alone = only(from, facts);
        List<Change> possible = candidates.of(from, facts).stream()
                .filter(each -> size(each) < below)
                .filter(each -> !chosen.contains(ofTheRequest(made, each)))
                .filter(each -> !each.applyTo(from).roots().isEmpty())
                .toList();
        return possible.stream()
                .filter(each -> trials.isSolvable(each.applyTo(alone)))
                .findFirst()
                .or(() -> possible.stream()
                        .filter(CombinedFixes::givesSomethingUp)
                        .findFirst())
                .map(each -> new Made(
                        ofTheRequest(made, each),
                        possible.subList(possible.indexOf(each) + 1, possible.size()).stream()
                                // Exchanging what others build on would be another search.
                                .filter(other -> other.equals(ofTheRequest(made, other)))
                                .toList()));
    }

    private static boolean givesSomethingUp(Change change) {
        return switch (change) {
            case Change.DropRoot _, Change.DropPin _, Change.DropExclusion _, Change.AcceptMark _ -> true;
            case Change.SetRange _, Change.ReplaceRoot _, Change.SetPin _, Change.AcceptPrereleases _ -> false;
        };
    }

    /** The part of a request that a contradiction speaks of. */
    private static Request only(Request request, List<Fact> facts) {
        Set<Fact> core = Set.copyOf(facts);
        return request.withRoots(request.roots().stream()
                        .filter(root -> core.contains(new Fact.Asked(root)))
                        .toList())
                .withExclusions(request.exclusions().stream()
                        .filter(exclusion -> core.contains(new Fact.Excluded(exclusion)))
                        .toList())
                .withPins(request.pins().entrySet().stream()
                        .filter(pin -> core.contains(new Fact.Pinned(pin.getKey(), pin.getValue())))
                        .collect(Collectors.toMap(pin -> pin.getKey(), pin -> pin.getValue())));
    }

    /** A change of what an earlier change made of a root, as a change of the root that the request has. */
    private static Change ofTheRequest(List<Made> made, Change change) {
        Root touched = touched(change);
        return made.stream()
                .map(Made::change)
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

    private static @Nullable Root touched(Change change) {
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

    private static @Nullable Root outcome(Change change) {
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

    /** In place of an earlier change of the same root, if there is one. */
    private static void add(List<Made> made, Made next) {
        Root root = touched(next.change());
        for (int i = 0; i < made.size(); i++) {
            if (root != null && Objects.equals(root, touched(made.get(i).change()))) {
                made.set(i, next);
                return;
            }
        }
        made.add(next);
    }

    /** The changes that are needed, and the same with one of them exchanged for another one that touches the same core. */
    private List<Fix> withAlternatives(List<Made> made) {
        List<Change> needed = withoutSuperfluous(changes(made));
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
    private List<Exchange> exchanges(List<Made> made, List<Change> needed) {
        List<Exchange> exchanges = new ArrayList<>();
        for (Made each : made) {
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

    private static List<Change> changes(List<Made> made) {
        return made.stream().map(Made::change).toList();
    }
}
