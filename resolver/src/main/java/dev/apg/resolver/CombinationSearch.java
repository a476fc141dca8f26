package dev.apg.resolver;

import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Mends one contradiction after the other, each by the smallest change that mends it taken by itself, until none is left. Then
 * looks for a smaller combination among those that nothing found on the way stands in the way of, until there is none or enough
 * was tried.
 */
final class CombinationSearch {
    /**
     * Searches for each contradiction: to mend it, to solve the whole again, to find out twice whether its change can be
     * spared, and as many for alternatives.
     */
    private static final int TRIALS_EACH = 8;

    /** Combinations that are tried because they would be smaller; each that fails teaches another core. */
    private static final int MOST_SMALLER = 20;

    /** To solve with a smaller combination, and to narrow it. */
    private static final int TRIALS_SMALLER = 2;

    private final Request request;
    private final Trials trials;
    private final FixCandidates candidates;
    private final Contradictions contradictions;
    private final KnownCores cores;
    private final int below;

    /**
     * @param contradictions takes what is found on the way
     * @param below the size that a combination has to stay below to be of interest
     */
    CombinationSearch(
            Request request, Trials trials, FixCandidates candidates, Contradictions contradictions, int below) {
        this.request = request;
        this.trials = trials;
        this.candidates = candidates;
        this.contradictions = contradictions;
        this.cores = new KnownCores(request.policy());
        this.below = below;
    }

    /** @param instead what might mend the same contradiction, not smaller than the change */
    record Made(Change change, List<Change> instead) {}

    static List<Change> changes(List<Made> made) {
        return made.stream().map(Made::change).toList();
    }

    /** Changes that make the request solvable and leave something that is asked for; empty if none were found. */
    Optional<List<Made>> find(List<Fact> core) {
        Optional<List<Made>> found = oneByOne(core);
        int size = found.map(made -> FixOrder.size(changes(made), request)).orElse(below);
        return smaller(size).or(() -> found);
    }

    private Optional<List<Made>> oneByOne(List<Fact> core) {
        List<Made> made = new ArrayList<>();
        Set<Change> chosen = new HashSet<>();
        List<Fact> facts = core;
        while (true) {
            trials.allow(TRIALS_EACH);
            Optional<Made> next = next(made, chosen, facts);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            chosen.add(next.get().change());
            add(made, next.get());
            if (FixOrder.size(changes(made), request) >= below) {
                return Optional.empty();
            }
            Optional<Attempt> attempt = trials.attempt(applied(changes(made)));
            if (attempt.isPresent() && attempt.get().isSolved()) {
                return Optional.of(made);
            }
            if (attempt.isEmpty() || !attempt.get().isContradictory()) {
                return Optional.empty();
            }
            CoreFact.Core another = trials.core(attempt.get());
            contradictions.tell(attempt.get(), another);
            facts = facts(another);
        }
    }

    /** The smallest combination below this size, if there is one and it is found in time. */
    private Optional<List<Made>> smaller(int size) {
        for (int i = 0; i < MOST_SMALLER; i++) {
            long before = cores.steps();
            Optional<List<Change>> changes =
                    cores.smallest(size, possible -> !applied(possible).roots().isEmpty());
            trials.spend(cores.steps() - before);
            trials.allow(TRIALS_SMALLER);
            Optional<Attempt> attempt = changes.flatMap(possible -> trials.attempt(applied(possible)));
            if (attempt.isEmpty()) {
                return Optional.empty();
            }
            if (attempt.get().isSolved()) {
                return changes.map(found -> found.stream()
                        .map(change -> new Made(change, cores.instead(change, found)))
                        .toList());
            }
            if (!attempt.get().isContradictory()) {
                return Optional.empty();
            }
            note(changes.get(), facts(trials.core(attempt.get())));
        }
        return Optional.empty();
    }

    /** Whether changes mend a contradiction; what stands in their way is noted. */
    private boolean mends(List<Change> changes, Request alone) {
        Optional<Attempt> attempt = trials.attempt(alone);
        attempt.filter(Attempt::isContradictory).ifPresent(failed -> note(changes, facts(trials.core(failed))));
        return attempt.filter(Attempt::isSolved).isPresent();
    }

    /**
     * Notes what a request with these changes failed on. A fact may speak of a root as a change made it. Then the core holds
     * only with that change (unless it only opened the range: what a wider one has not, the root's own has not), and what would
     * take it away is looked for twice, as changes of what was made and as changes of the request itself.
     */
    private void note(List<Change> made, List<Fact> facts) {
        Set<Change> with = new HashSet<>();
        List<Fact> ofTheRequest = new ArrayList<>();
        for (Fact fact : facts) {
            Optional<Change> by = made.stream()
                    .filter(change -> fact instanceof Fact.Asked(Root root) && root.equals(RootChanges.outcome(change)))
                    .findFirst();
            Root root = by.map(RootChanges::touched).orElse(null);
            ofTheRequest.add(root == null ? fact : new Fact.Asked(root));
            by.filter(change -> !(change instanceof Change.SetRange(Root of, VersionRange range)
                            && FixRanges.isOpening(of, range)))
                    .ifPresent(with::add);
        }
        cores.add(
                with,
                Stream.concat(
                                candidates.of(applied(made), facts).stream()
                                        .map(way -> RootChanges.ofTheRequest(made, way)),
                                candidates.of(request, ofTheRequest).stream())
                        .distinct()
                        .filter(way -> !made.contains(way))
                        .toList());
    }

    private static List<Fact> facts(CoreFact.Core core) {
        return core.facts().stream().map(CoreFact::fact).toList();
    }

    /** The smallest change that mends the contradiction; where none does that alone, one that gives something up. */
    private Optional<Made> next(List<Made> made, Set<Change> chosen, List<Fact> facts) {
        Request from = applied(changes(made));
        contradictions.add(facts, from.policy());
        note(changes(made), facts);
        Request alone = only(from, facts);
        List<Change> possible = candidates.of(from, facts).stream()
                .filter(each -> size(each) < below)
                .filter(each -> !chosen.contains(RootChanges.ofTheRequest(changes(made), each)))
                .filter(each -> !each.applyTo(from).roots().isEmpty())
                .toList();
        return possible.stream()
                .filter(each -> mends(after(made, each), each.applyTo(alone)))
                .findFirst()
                .or(() -> possible.stream()
                        .filter(CombinationSearch::givesSomethingUp)
                        .findFirst())
                .map(each -> new Made(
                        RootChanges.ofTheRequest(changes(made), each),
                        possible.subList(possible.indexOf(each) + 1, possible.size()).stream()
                                // Exchanging what others build on would be another search.
                                .filter(other -> other.equals(RootChanges.ofTheRequest(changes(made), other)))
                                .toList()));
    }

    private static List<Change> after(List<Made> made, Change next) {
        List<Made> more = new ArrayList<>(made);
        add(more, new Made(RootChanges.ofTheRequest(changes(made), next), List.of()));
        return changes(more);
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

    /** In place of an earlier change of the same root, if there is one. */
    private static void add(List<Made> made, Made next) {
        for (int i = 0; i < made.size(); i++) {
            if (RootChanges.areOfOneRoot(made.get(i).change(), next.change())) {
                made.set(i, next);
                return;
            }
        }
        made.add(next);
    }

    private int size(Change change) {
        return FixCandidates.size(change, request.policy());
    }

    private Request applied(List<Change> changes) {
        return Change.applyAll(changes, request);
    }
}
