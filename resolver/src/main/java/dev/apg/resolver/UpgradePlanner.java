package dev.apg.resolver;

import dev.apg.resolver.UpgradePlan.State;
import dev.apg.resolver.version.SemVer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what newer versions a solution could have, and in which steps. Two searches tell what is possible at all: with
 * everything freed, and with every range and pin open as well. The second solution says what each range has to admit, so that
 * a step takes a search or two, whatever else there is.
 */
public final class UpgradePlanner {
    /** Capabilities that are freed alone to see what that gives. */
    private static final int MOST_ALONE = 20;

    private final Request request;
    private final Request freed;
    private final Goals goals;
    private final PlanSearch search;
    private final int mostSteps;

    private UpgradePlanner(Universe universe, Request request, long stepBudget, int mostSteps) {
        this.request = request;
        this.freed = request.withUpdate(request.previous().keySet());
        this.goals = new Goals(universe, freed);
        this.search = new PlanSearch(universe, stepBudget);
        this.mostSteps = mostSteps;
    }

    /**
     * @param now the solution of the request
     * @param stepBudget how much work all searches together may do
     * @param mostSteps of the plan
     */
    public static UpgradePlan plan(
            Universe universe, Request request, Resolution.Solved now, long stepBudget, int mostSteps) {
        return new UpgradePlanner(universe, request, stepBudget, mostSteps).plan(new State(request, now));
    }

    private UpgradePlan plan(State now) {
        Optional<State> updated =
                request.previous().isEmpty() ? Optional.of(new State(freed, now.solved())) : search.solve(freed);
        if (updated.isEmpty()) {
            return new UpgradePlan(updated, Optional.empty(), Map.of(), Set.of(), List.of(), List.of(), search.spent());
        }
        Optional<State> open = isNewest(updated.get().solved())
                ? updated
                : search.solve(goals.open(updated.get().solved()));
        Set<String> unknown = new HashSet<>();
        Map<String, SemVer> alone = alone(now.solved(), updated.get(), unknown);
        var steps = new UpgradeSteps(search, goals, now, updated.get(), mostSteps);
        open.ifPresent(reached -> steps.take(goals.of(updated.get(), reached), reached));
        return new UpgradePlan(updated, open, alone, unknown, steps.steps(), steps.left(), search.spent());
    }

    private static boolean isNewest(Resolution.Solved solved) {
        return solved.entries().stream().allMatch(entry -> entry.heldBack() == null);
    }

    /** What is newer where one capability moves and all others are kept: the rule may prefer others where all are freed. */
    private Map<String, SemVer> alone(Resolution.Solved now, State updated, Set<String> unknown) {
        Map<String, SemVer> alone = new HashMap<>();
        int tries = 0;
        for (Entry entry : now.entries()) {
            String code = entry.version().code();
            HeldBack held = entry.heldBack();
            SemVer kept = held == null ? null : held.kept();
            if (kept == null || updated.isReached(code, kept)) {
                continue;
            }
            Optional<State> state = tries++ < MOST_ALONE ? search.solve(freeing(code)) : Optional.empty();
            if (state.isEmpty()) {
                unknown.add(code);
            }
            state.flatMap(found -> found.version(code)).ifPresent(number -> alone.put(code, number));
        }
        return alone;
    }

    private Request freeing(String code) {
        Set<String> update = new HashSet<>(request.update());
        update.add(code);
        return request.withUpdate(update);
    }
}
