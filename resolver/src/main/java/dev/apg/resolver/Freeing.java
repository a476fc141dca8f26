package dev.apg.resolver;

import dev.apg.resolver.UpgradePlan.State;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Solutions of a request that frees more of the previous lock than before.
 *
 * @param updated the request with all of it freed, and its solution
 */
record Freeing(PlanSearch search, State updated) {
    /** With these freed, too; empty if they are too many to name, or there is no solution in time. */
    Optional<State> of(Collection<String> codes, State at) {
        return isNameable(codes, at) ? search.solve(at.request().withUpdate(names(codes, at))) : Optional.empty();
    }

    /** With everything freed. */
    Optional<State> ofAll(State at) {
        Request free = at.request().withUpdate(updated.request().update());
        // Where nothing was raised, it was solved in the beginning; there may be no budget to do so again.
        return free.equals(updated.request()) ? Optional.of(updated) : search.solve(free);
    }

    boolean isOfAll(State at) {
        return at.request().update().equals(updated.request().update());
    }

    /** The same solution with everything freed, if it is one: then it takes no names to say what is freed. */
    State named(State state) {
        return isOfAll(state)
                ? state
                : ofAll(state)
                        .filter(free ->
                                free.solved().versions().equals(state.solved().versions()))
                        .orElse(state);
    }

    boolean isNameable(Collection<String> codes, State at) {
        return names(codes, at).size() <= Proposals.MOST_NAMED;
    }

    /** All of them, or else as many as can be named beside what is free. */
    Set<String> nameable(Set<String> codes, State at) {
        if (isNameable(codes, at)) {
            return codes;
        }
        Set<String> free = names(Set.of(), at);
        return codes.stream()
                .filter(code -> !free.contains(code))
                .limit(Math.max(0, Proposals.MOST_NAMED - free.size()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What has to be named to free these beside what is free. */
    private Set<String> names(Collection<String> codes, State at) {
        Set<String> update = new HashSet<>(at.request().update());
        update.addAll(codes);
        update.retainAll(updated.request().previous().keySet());
        return update;
    }
}
