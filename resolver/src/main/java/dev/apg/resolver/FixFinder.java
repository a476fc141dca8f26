package dev.apg.resolver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks for small changes of a request that make it solvable; solves again for each before it is offered. */
final class FixFinder {
    static final int MAX_FIXES = 3;

    /** Changes that are tried before it is asked whether any can be enough. */
    private static final int HOPEFUL = 2;

    private final Trials trials;
    private final FixCandidates candidates;
    private final FixRanges ranges;

    /** @param stepBudget how many steps all trials together may take */
    FixFinder(Universe universe, @Nullable ExactVersion wanted, long stepBudget) {
        this.trials = new Trials(universe, wanted, stepBudget);
        this.candidates = new FixCandidates(universe);
        this.ranges = new FixRanges(universe, trials);
    }

    /**
     * Up to three fixes, the smallest change first. Where no single change helps, several together; only where nothing else
     * was found, one that leaves nothing that is asked for, and it says so.
     */
    List<Fix> find(Request request, List<Fact> core) {
        List<Fix> fixes = new ArrayList<>();
        List<Change> possible = candidates.of(request, core);
        int failed = 0;
        for (Change change : possible) {
            // Mostly one of the first helps; whether any can is asked when they have not.
            if (fixes.size() == MAX_FIXES || (failed == HOPEFUL && fixes.isEmpty() && !mayMend(request, possible))) {
                break;
            }
            if (!change.applyTo(request).roots().isEmpty()) {
                Optional<List<Change>> mending = mending(request, List.of(change));
                mending.ifPresent(changes -> fixes.add(FixWords.fix(changes, request)));
                failed += mending.isPresent() ? 0 : 1;
            }
        }
        if (fixes.isEmpty()) {
            fixes.addAll(new CombinedFixes(request, trials, candidates, ranges).find(core));
        }
        if (fixes.isEmpty()) {
            droppingMost(request).ifPresent(fixes::add);
        }
        return fixes;
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
        request.roots().forEach(root -> dropped.add(new Change.DropRoot(root)));
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
