package dev.apg.resolver;

import dev.apg.resolver.UpgradePlan.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What has to be said otherwise so that a goal is reached, and what that leads to. */
final class Proposals {
    /** Capabilities that are freed by name: as many as may be named where a draft is resolved. */
    static final int MOST_NAMED = 1_000;

    private final PlanSearch search;
    private final Goals goals;

    /** The request without anything raised, and with everything free. */
    private final Request freed;

    Proposals(PlanSearch search, Goals goals, Request freed) {
        this.search = search;
        this.goals = goals;
        this.freed = freed;
    }

    /** @param standsAlone whether the same is possible with an update of everything and without the steps before */
    record Proposal(List<Change.Setting> raises, boolean standsAlone, State state) {}

    /**
     * The goal, with those others without which it cannot be reached; empty if it cannot.
     *
     * @param others that are not reached
     * @param first whether there is nothing before
     */
    Optional<Proposal> of(Goal goal, Supplier<List<Goal>> others, State at, boolean first) {
        Optional<State> alone = raising(List.of(goal), at.request());
        if (alone.isPresent() || goal.halfway()) {
            return alone.map(state -> proposal(List.of(goal), at, state, first));
        }
        List<Goal> all = others.get();
        return movingTogether(goal, together(goal, all, at), at, first).or(() -> movingTogether(goal, all, at, first));
    }

    private Optional<Proposal> movingTogether(Goal goal, List<Goal> others, State at, boolean first) {
        List<Goal> all = new ArrayList<>(List.of(goal));
        all.addAll(others);
        return raising(all, at.request()).map(state -> proposal(all, at, state, first));
    }

    /**
     * Which of the others have to move with a goal. Where every goal's range is open and everything is kept that can be, what
     * moves all the same has to: one search, however many they are.
     */
    private List<Goal> together(Goal goal, List<Goal> others, State at) {
        Request open = Goal.raised(List.of(goal), Goal.open(others, at.request()))
                .withPrevious(at.solved().versions())
                .withUpdate(Set.of())
                .withPolicy(policy -> policy.withObjectives());
        return search.solve(open).map(found -> goals.needed(others, at, found)).orElse(others);
    }

    private Proposal proposal(List<Goal> together, State at, State reached, boolean first) {
        boolean standsAlone = first
                || raising(together, freed)
                        .filter(alone -> together.stream()
                                .allMatch(goal -> alone.version(goal.code()).equals(reached.version(goal.code()))))
                        .filter(alone -> new Difference(at, reached).isWithin(alone))
                        .isPresent();
        return new Proposal(Goal.raises(together, at.asked()), standsAlone, reached);
    }

    /** Frees what is raised. Empty if there is no solution, or if it would be too many to name. */
    private Optional<State> raising(List<Goal> together, Request request) {
        Set<String> update = new HashSet<>(request.update());
        together.forEach(goal -> update.add(goal.code()));
        update.retainAll(freed.previous().keySet());
        return update.size() > MOST_NAMED && !update.equals(freed.update())
                ? Optional.empty()
                : search.solve(Goal.raised(together, request).withUpdate(update));
    }
}
