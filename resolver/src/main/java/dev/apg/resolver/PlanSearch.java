package dev.apg.resolver;

import dev.apg.resolver.UpgradePlan.State;
import java.util.Optional;

/** The searches of one plan, with one step budget for all of them. */
final class PlanSearch {
    private final Universe universe;
    private final long stepBudget;
    private long stepsLeft;

    PlanSearch(Universe universe, long stepBudget) {
        this.universe = universe;
        this.stepBudget = stepBudget;
        this.stepsLeft = stepBudget;
    }

    boolean hasBudget() {
        return stepsLeft > 0;
    }

    long spent() {
        return stepBudget - stepsLeft;
    }

    /** Empty if there is no solution, or the budget ran out. */
    Optional<State> solve(Request asked) {
        if (!hasBudget()) {
            return Optional.empty();
        }
        Attempt attempt = Attempt.of(universe, asked.withStepBudget(stepsLeft), null);
        Optional<State> state =
                attempt.isSolved() ? Optional.of(new State(asked, attempt.unadorned())) : Optional.empty();
        stepsLeft -= attempt.steps();
        // The best that was found in time says nothing of what is possible.
        return state.filter(found -> found.solved().optimality().optimal());
    }
}
