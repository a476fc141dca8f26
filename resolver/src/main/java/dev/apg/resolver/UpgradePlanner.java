package dev.apg.resolver;

import dev.apg.resolver.UpgradePlan.State;
import dev.apg.resolver.UpgradePlan.Step;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds what newer versions a solution could have, and in which steps. Two searches tell what is possible at all: with
 * everything freed, and with every range and pin open as well. The second solution says what each range has to admit, so that
 * a step takes a search or two, whatever else there is.
 */
public final class UpgradePlanner {
    /** Capabilities that are freed alone to see what that gives. */
    private static final int MOST_ALONE = 20;

    private final Universe universe;
    private final Request request;
    private final Request freed;
    private final Goals goals;
    private final int mostSteps;
    private final long stepBudget;
    private long stepsLeft;

    private final List<Step> steps = new ArrayList<>();

    private UpgradePlanner(Universe universe, Request request, long stepBudget, int mostSteps) {
        this.universe = universe;
        this.request = request;
        this.freed = request.withUpdate(request.previous().keySet());
        this.goals = new Goals(universe, freed);
        this.mostSteps = mostSteps;
        this.stepBudget = stepBudget;
        this.stepsLeft = stepBudget;
    }

    /**
     * @param now the solution of the request
     * @param stepBudget how much work all searches together may do
     * @param mostSteps of the plan
     */
    public static UpgradePlan plan(
            Universe universe, Request request, Resolution.Solved now, long stepBudget, int mostSteps) {
        return new UpgradePlanner(universe, request, stepBudget, mostSteps).plan(now);
    }

    private UpgradePlan plan(Resolution.Solved now) {
        Optional<State> updated = request.previous().isEmpty() ? Optional.of(new State(freed, now)) : solve(freed);
        if (updated.isEmpty()) {
            return new UpgradePlan(updated, Optional.empty(), Map.of(), Set.of(), List.of(), List.of(), spent());
        }
        Optional<State> open = isNewest(updated.get().solved())
                ? updated
                : solve(goals.open(updated.get().solved()));
        Set<String> unknown = new HashSet<>();
        Map<String, SemVer> alone = alone(now, updated.get(), unknown);
        List<String> left = open.map(reached -> takeSteps(updated.get(), goals.of(updated.get(), reached)))
                .orElse(List.of());
        return new UpgradePlan(updated, open, alone, unknown, steps, left, spent());
    }

    private long spent() {
        return stepBudget - stepsLeft;
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
            if (kept == null || isReached(updated, code, kept)) {
                continue;
            }
            Optional<State> state = tries++ < MOST_ALONE ? solve(request.withUpdate(Set.of(code))) : Optional.empty();
            if (state.isEmpty()) {
                unknown.add(code);
            }
            state.flatMap(found -> found.version(code)).ifPresent(number -> alone.put(code, number));
        }
        return alone;
    }

    private static boolean isReached(State state, String code, SemVer number) {
        return state.version(code).filter(there -> there.compareTo(number) >= 0).isPresent();
    }

    /** Returns the codes of the goals that were given up for want of room or budget. */
    private List<String> takeSteps(State updated, List<Goal> sorted) {
        List<Goal> whole = sorted.stream().filter(goal -> !goal.halfway()).toList();
        Set<String> left = new LinkedHashSet<>();
        Deque<Goal> open = new ArrayDeque<>(sorted);
        Set<Goal> idle = new HashSet<>();
        State at = updated;
        while (!open.isEmpty()) {
            Goal goal = open.remove();
            if (isReached(goal, at)) {
                continue;
            }
            Optional<Step> step = steps.size() < mostSteps ? step(goal, at, whole) : Optional.empty();
            if (step.isPresent() && movesNothing(step.get(), at)) {
                // A pin of what is not there: it matters once another goal brings that in.
                if (idle.add(goal)) {
                    open.add(goal);
                }
            } else if (step.isPresent()) {
                steps.add(step.get());
                at = step.get().state();
            } else if (!goal.halfway() && (steps.size() == mostSteps || stepsLeft < 1)) {
                left.add(goal.code());
            }
        }
        return List.copyOf(left);
    }

    /** A service may be met by what is there for another reason, so only what is asked for tells. */
    private static boolean isReached(Goal goal, State at) {
        return Goal.raises(List.of(goal), at.request()).isEmpty()
                || (!goal.isOfService() && isReached(at, goal.code(), goal.to()));
    }

    private static boolean movesNothing(Step step, State before) {
        return versions(step.state()).equals(versions(before));
    }

    private static Map<String, SemVer> versions(State state) {
        return state.solved().versions();
    }

    /** The goal, with those others without which it cannot be reached; empty if it cannot. */
    private Optional<Step> step(Goal goal, State at, List<Goal> whole) {
        Optional<State> alone = solve(raised(List.of(goal), at.request()));
        if (alone.isPresent()) {
            return Optional.of(step(List.of(goal), at, alone.get()));
        }
        if (goal.halfway()) {
            return Optional.empty();
        }
        List<Goal> others = whole.stream()
                .filter(other -> !other.equals(goal) && !isReached(other, at))
                .toList();
        return movingTogether(goal, at, together(goal, at, others)).or(() -> movingTogether(goal, at, others));
    }

    private Optional<Step> movingTogether(Goal goal, State at, List<Goal> others) {
        List<Goal> all = new ArrayList<>(List.of(goal));
        all.addAll(others);
        return solve(raised(all, at.request())).map(state -> step(all, at, state));
    }

    /**
     * Which of the others have to move with a goal. Where every goal's range is open and everything is kept that can be, what
     * moves all the same has to: one search, however many they are.
     */
    private List<Goal> together(Goal goal, State at, List<Goal> others) {
        Request open = raised(List.of(goal), Goal.open(others, at.request()))
                .withPrevious(versions(at))
                .withUpdate(Set.of())
                .withPolicy(policy -> policy.withObjectives());
        return solve(open)
                .map(found -> goals.needed(others, at.request(), found))
                .orElse(others);
    }

    private Step step(List<Goal> together, State before, State reached) {
        Set<String> moved = Move.between(versions(before), versions(reached)).stream()
                .map(Move::code)
                .collect(Collectors.toSet());
        boolean standsAlone = steps.isEmpty()
                || solve(raised(together, freed))
                        .filter(alone -> moved.stream()
                                .allMatch(code -> alone.version(code).equals(reached.version(code))))
                        .isPresent();
        return new Step(
                Goal.raises(together, before.request()), together.getFirst().size(), standsAlone, reached);
    }

    private static Request raised(List<Goal> goals, Request request) {
        return Goal.apply(Goal.raises(goals, request), request);
    }

    /** Empty if there is no solution, or the budget ran out. */
    private Optional<State> solve(Request asked) {
        if (stepsLeft < 1) {
            return Optional.empty();
        }
        Attempt attempt = Attempt.of(universe, asked.withStepBudget(stepsLeft), null);
        Optional<State> state = attempt.isSolved() ? Optional.of(new State(asked, attempt.solved())) : Optional.empty();
        stepsLeft -= attempt.steps();
        // The best that was found in time says nothing of what is possible.
        return state.filter(found -> found.solved().optimality().optimal());
    }
}
