package dev.apg.resolver;

import dev.apg.resolver.Proposals.Proposal;
import dev.apg.resolver.UpgradePlan.State;
import dev.apg.resolver.UpgradePlan.Step;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts what is possible in an order of steps, the smallest risk first. While there is something that an update moves, each step
 * frees of the previous lock only what it is about, so that nothing moves with it that does not have to; what then moves decides
 * how large the step is. Whatever turns out larger than it looked is put off.
 */
final class UpgradeSteps {
    /** Tries to leave out of an update what would bring larger moves with it. */
    private static final int MOST_TRIES = 3;

    /** Capabilities that are freed by themselves although they do not move so: where all have to move together, none does. */
    private static final int MOST_IN_VAIN = 20;

    /** Versions with a mark, such as deprecated ones, that are left in a step of their own. */
    private static final int MOST_MARKED = 20;

    private final Goals goals;
    private final State updated;
    private final Freeing freeing;
    private final PlanSoFar plan;
    private final Raises raises;

    /**
     * @param now the request and its solution
     * @param updated the same with everything freed
     */
    UpgradeSteps(PlanSearch search, Goals goals, State now, State updated, int mostSteps) {
        this.goals = goals;
        this.updated = updated;
        this.freeing = new Freeing(search, updated);
        this.plan = new PlanSoFar(search, freeing, now, mostSteps);
        this.raises = new Raises(plan, freeing, new Proposals(search, goals, updated.request()));
    }

    List<Step> steps() {
        return plan.steps();
    }

    /** Codes that could move and for which there is no step, for want of room or budget. */
    List<String> left() {
        return plan.left();
    }

    /**
     * @param all the smallest risk first
     * @param reached where they lead together
     */
    void take(List<Goal> all, State reached) {
        List<Goal> whole = all.stream().filter(goal -> !goal.halfway()).toList();
        List<Goal> sorted = all.stream().filter(raises::isWorthAStep).toList();
        List<Goal> later = new ArrayList<>();
        Map<String, SemVer> there = reached.solved().versions();
        leaveMarked(there);
        if (!plan.moves(updated)) {
            plan.goOnFrom(updated);
        }
        for (Risk risk : List.of(Risk.PATCH, Risk.MINOR, Risk.EARLY_MINOR)) {
            free(risk);
            for (Goal goal : sorted) {
                // What is reached only because the lock is kept may be lost again when all is freed.
                if (goal.risk() == risk && (raises.isReached(goal) || !raises.early(goal, whole, there))) {
                    later.add(goal);
                }
            }
        }
        freeOneByOne();
        freeRest();
        sorted.stream().filter(goal -> goal.risk() == Risk.MAJOR).forEach(later::add);
        raises.raise(later, whole, there);
    }

    /**
     * Leaves deprecated versions first, and those that are taken only because the policy accepts a mark: the choice rule may
     * prefer what keeps them.
     */
    private void leaveMarked(Map<String, SemVer> there) {
        List<Entry> marked = plan.at().solved().entries().stream()
                .filter(entry -> !entry.marks().isEmpty() && entry.heldBack() != null)
                .limit(MOST_MARKED)
                .toList();
        for (Entry entry : marked) {
            String code = entry.version().code();
            if (plan.hasRoom()
                    && plan.at()
                            .version(code)
                            .equals(Optional.of(entry.version().number()))) {
                freeing(Set.of(code))
                        .map(state -> new Proposal(List.of(), true, state))
                        .filter(proposal -> isLeft(entry, proposal))
                        .or(() -> leaving(entry, there))
                        .ifPresent(proposal -> {
                            plan.accept(proposal);
                            plan.keep(code);
                        });
            }
        }
    }

    /** What leaves a marked version where only its own range or pin is in the way, and takes nothing else far. */
    private Optional<Proposal> leaving(Entry entry, Map<String, SemVer> there) {
        for (Goal goal : goals.leaving(entry.version(), plan.at().request())) {
            Optional<Proposal> proposal = plan.hasRoom()
                    ? raises.propose(goal, List.of())
                            .filter(found -> plan.gains(found.state()) && isLeft(entry, found))
                            .filter(found -> {
                                var difference = new Difference(plan.at(), found.state());
                                return difference.risk().compareTo(goal.risk()) <= 0 && !difference.isDetour(there);
                            })
                    : Optional.empty();
            if (proposal.isPresent()) {
                return proposal;
            }
        }
        return Optional.empty();
    }

    private static boolean isLeft(Entry entry, Proposal proposal) {
        return proposal.state().marks(entry.version().code()) < entry.marks().size();
    }

    /** Updates whatever moves by no more than this. */
    private void free(Risk most) {
        Map<String, SemVer> now = plan.at().solved().versions();
        Set<String> small = new TreeSet<>();
        plan.moving().forEach((code, to) -> {
            SemVer from = now.get(code);
            if (from != null
                    && Progress.isNewer(from, to)
                    && Risk.of(from, to.orElseThrow()).compareTo(most) <= 0) {
                small.add(code);
            }
        });
        if (!freeing.isNameable(small, plan.at()) && freeAll(most)) {
            return;
        }
        Set<String> codes = freeing.nameable(small, plan.at());
        for (int tries = 0; tries < MOST_TRIES && !codes.isEmpty() && plan.hasRoom(); tries++) {
            Optional<State> state = freeing(codes);
            if (state.isEmpty()) {
                return;
            }
            Difference difference = new Difference(plan.at(), state.get());
            if (accepted(state.get(), difference, most)) {
                return;
            }
            if (!codes.removeAll(difference.entangled(most))) {
                return;
            }
        }
    }

    /** Whether nothing moves by more than this where everything is free. */
    private boolean freeAll(Risk most) {
        return plan.hasRoom()
                && freeing.ofAll(plan.at())
                        .filter(plan::gains)
                        .filter(state -> accepted(state, new Difference(plan.at(), state), most))
                        .isPresent();
    }

    private boolean accepted(State state, Difference difference, Risk most) {
        boolean accepted =
                difference.risk().compareTo(most) <= 0 && Progress.staysWithin(plan.at(), state, plan.moving());
        if (accepted) {
            plan.accept(new Proposal(List.of(), true, state));
        }
        return accepted;
    }

    /** What moves farther, and what has to move with each. */
    private void freeOneByOne() {
        int inVain = 0;
        for (String code : List.copyOf(plan.moving().keySet())) {
            Optional<SemVer> to = plan.moving().get(code);
            SemVer from = plan.at().version(code).orElse(null);
            if (to != null && from != null && (to.isEmpty() || Progress.isNewer(from, to)) && plan.hasRoom()) {
                Optional<State> state =
                        freeing(Set.of(code)).filter(found -> Progress.staysWithin(plan.at(), found, plan.moving()));
                state.ifPresent(found -> plan.accept(new Proposal(List.of(), true, found)));
                inVain += state.isPresent() ? 0 : 1;
                if (inVain == MOST_IN_VAIN) {
                    return;
                }
            }
        }
    }

    /** What moves only where everything is free; steps behind are made with an update of everything. */
    private void freeRest() {
        if (freeing.isOfAll(plan.at())) {
            return;
        }
        Optional<State> state = freeing.ofAll(plan.at());
        if (state.isEmpty() || (plan.isFull() && plan.gains(state.get()))) {
            plan.leave(plan.moving().keySet());
        } else if (plan.gains(state.get())) {
            plan.accept(new Proposal(List.of(), true, state.get()));
        } else if (!plan.moves(state.get())) {
            plan.goOnFrom(state.get());
        }
        plan.moving().clear();
    }

    private Optional<State> freeing(Collection<String> codes) {
        return freeing.of(codes, plan.at()).filter(plan::gains);
    }
}
