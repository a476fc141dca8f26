package dev.apg.resolver;

import dev.apg.resolver.Proposals.Proposal;
import dev.apg.resolver.UpgradePlan.State;
import dev.apg.resolver.UpgradePlan.Step;
import dev.apg.resolver.engine.Interruption;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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

    private final PlanSearch search;
    private final Goals goals;
    private final Proposals proposals;
    private final State updated;
    private final Freeing freeing;
    private final int mostSteps;

    private final List<Step> steps = new ArrayList<>();
    private final Set<String> left = new LinkedHashSet<>();

    /** By code, the versions that an update of everything leads to, as long as they are not reached; empty for none. */
    private final SortedMap<String, Optional<SemVer>> moving = new TreeMap<>();

    private final Progress progress = new Progress();

    private State at;

    /**
     * @param now the request and its solution
     * @param updated the same with everything freed
     */
    UpgradeSteps(PlanSearch search, Goals goals, State now, State updated, int mostSteps) {
        this.search = search;
        this.at = now;
        this.updated = updated;
        Request freed = updated.request();
        this.freeing = new Freeing(search, updated);
        this.goals = goals;
        this.proposals = new Proposals(search, goals, freed);
        this.mostSteps = mostSteps;
        Map<String, SemVer> before = now.solved().versions();
        Map<String, SemVer> after = updated.solved().versions();
        before.forEach((code, number) -> {
            if (freed.previous().containsKey(code) && !number.equals(after.get(code))) {
                moving.put(code, Optional.ofNullable(after.get(code)));
            }
        });
    }

    List<Step> steps() {
        return steps;
    }

    /** Codes that could move and for which there is no step, for want of room or budget. */
    List<String> left() {
        return List.copyOf(left);
    }

    /**
     * @param all the smallest risk first
     * @param reached where they lead together
     */
    void take(List<Goal> all, State reached) {
        List<Goal> whole = all.stream().filter(goal -> !goal.halfway()).toList();
        List<Goal> sorted = all.stream().filter(this::isWorthAStep).toList();
        List<Goal> later = new ArrayList<>();
        Set<String> there = reached.solved().versions().keySet();
        leaveMarked();
        if (!moves(updated)) {
            at = updated;
        }
        for (Risk risk : List.of(Risk.PATCH, Risk.MINOR, Risk.EARLY_MINOR)) {
            free(risk);
            for (Goal goal : sorted) {
                // What is reached only because the lock is kept may be lost again when all is freed.
                if (goal.risk() == risk && (isReached(goal) || !early(goal, whole, there))) {
                    later.add(goal);
                }
            }
        }
        freeOneByOne();
        freeRest();
        sorted.stream().filter(goal -> goal.risk() == Risk.MAJOR).forEach(later::add);
        raise(later, whole, there);
    }

    /** Another provider of a service makes nothing newer: it comes with what needs it, or instead of a marked one. */
    private boolean isWorthAStep(Goal goal) {
        return !goal.isOfService()
                || goal.from().isPresent()
                || at.asked().rootOf(goal).stream()
                        .flatMap(root -> at.solved().bindings().stream()
                                .filter(binding -> binding.need().equals(new Link.Asked(root))))
                        .anyMatch(binding -> at.marks(binding.provider().code()) > 0);
    }

    /**
     * Leaves deprecated versions first, and those that are taken only because the policy accepts a mark: the choice rule may
     * prefer what keeps them.
     */
    private void leaveMarked() {
        List<Entry> marked = at.solved().entries().stream()
                .filter(entry -> !entry.marks().isEmpty() && entry.heldBack() != null)
                .limit(MOST_MARKED)
                .toList();
        for (Entry entry : marked) {
            String code = entry.version().code();
            if (hasRoom() && at.version(code).equals(Optional.of(entry.version().number()))) {
                freeing(Set.of(code))
                        .map(state -> new Proposal(List.of(), true, state))
                        .filter(proposal -> isLeft(entry, proposal))
                        .or(() -> leaving(entry))
                        .ifPresent(proposal -> {
                            accept(proposal);
                            at.version(code).ifPresent(number -> progress.keep(code, number));
                        });
            }
        }
    }

    /** What leaves a marked version where only its own range or pin is in the way, and takes nothing else far. */
    private Optional<Proposal> leaving(Entry entry) {
        for (Goal goal : goals.leaving(entry.version(), at.request())) {
            Optional<Proposal> proposal = hasRoom()
                    ? propose(goal, List.of())
                            .filter(found -> gains(found.state()) && isLeft(entry, found))
                            .filter(found ->
                                    new Difference(at, found.state()).risk().compareTo(goal.risk()) <= 0)
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
        Map<String, SemVer> now = at.solved().versions();
        Set<String> small = new TreeSet<>();
        moving.forEach((code, to) -> {
            SemVer from = now.get(code);
            if (from != null
                    && Progress.isNewer(from, to)
                    && Risk.of(from, to.orElseThrow()).compareTo(most) <= 0) {
                small.add(code);
            }
        });
        if (!freeing.isNameable(small, at) && freeAll(most)) {
            return;
        }
        Set<String> codes = freeing.nameable(small, at);
        for (int tries = 0; tries < MOST_TRIES && !codes.isEmpty() && hasRoom(); tries++) {
            Optional<State> state = freeing(codes);
            if (state.isEmpty()) {
                return;
            }
            Difference difference = new Difference(at, state.get());
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
        return hasRoom()
                && freeing.ofAll(at)
                        .filter(this::gains)
                        .filter(state -> accepted(state, new Difference(at, state), most))
                        .isPresent();
    }

    private boolean accepted(State state, Difference difference, Risk most) {
        boolean accepted = difference.risk().compareTo(most) <= 0 && Progress.staysWithin(at, state, moving);
        if (accepted) {
            accept(new Proposal(List.of(), true, state));
        }
        return accepted;
    }

    /** What moves farther, and what has to move with each. */
    private void freeOneByOne() {
        int inVain = 0;
        for (String code : List.copyOf(moving.keySet())) {
            Optional<SemVer> to = moving.get(code);
            SemVer from = at.version(code).orElse(null);
            if (to != null && from != null && (to.isEmpty() || Progress.isNewer(from, to)) && hasRoom()) {
                Optional<State> state = freeing(Set.of(code)).filter(found -> Progress.staysWithin(at, found, moving));
                state.ifPresent(found -> accept(new Proposal(List.of(), true, found)));
                inVain += state.isPresent() ? 0 : 1;
                if (inVain == MOST_IN_VAIN) {
                    return;
                }
            }
        }
    }

    /** What moves only where everything is free; steps behind are made with an update of everything. */
    private void freeRest() {
        if (freeing.isOfAll(at)) {
            return;
        }
        Optional<State> state = freeing.ofAll(at);
        if (state.isEmpty() || (steps.size() >= mostSteps && gains(state.get()))) {
            left.addAll(moving.keySet());
        } else if (gains(state.get())) {
            accept(new Proposal(List.of(), true, state.get()));
        } else if (!moves(state.get())) {
            at = state.get();
        }
        moving.clear();
    }

    private boolean moves(State state) {
        return !state.solved().versions().equals(at.solved().versions());
    }

    private boolean gains(State state) {
        return progress.isGain(at, state);
    }

    private Optional<State> freeing(Collection<String> codes) {
        return freeing.of(codes, at).filter(this::gains);
    }

    private boolean hasRoom() {
        return steps.size() < mostSteps && search.hasBudget();
    }

    private void accept(Proposal proposal) {
        Map<String, SemVer> versions = proposal.state().solved().versions();
        moving.entrySet().removeIf(entry -> entry.getValue().equals(Optional.ofNullable(versions.get(entry.getKey()))));
        State state = moving.isEmpty() ? freeing.named(proposal.state()) : proposal.state();
        steps.add(new Step(proposal.raises(), new Difference(at, state).risk().size(), proposal.standsAlone(), state));
        at = state;
    }

    /**
     * A step that is no larger than it looks, and whose operations do for all who only want this.
     *
     * @param there which capabilities there are in the end: what comes in and goes again is a detour
     */
    private boolean early(Goal goal, List<Goal> whole, Set<String> there) {
        Optional<Proposal> proposal = (hasRoom() ? propose(goal, whole) : Optional.<Proposal>empty())
                .filter(found -> found.standsAlone() && gains(found.state()))
                .filter(found -> {
                    var difference = new Difference(at, found.state());
                    return difference.risk().compareTo(goal.risk()) <= 0 && !difference.isDetour(there);
                });
        proposal.ifPresent(this::accept);
        return proposal.isPresent();
    }

    /** @param there as for {@link #early} */
    private void raise(List<Goal> sorted, List<Goal> whole, Set<String> there) {
        Deque<Goal> open = new ArrayDeque<>(sorted);
        Deque<Goal> detours = new ArrayDeque<>();
        List<Goal> idle = new ArrayList<>();
        int stepsBefore = steps.size();
        while (!open.isEmpty() || !detours.isEmpty()) {
            boolean directly = !open.isEmpty();
            Goal goal = directly ? open.remove() : detours.remove();
            Interruption.check();
            Optional<Proposal> proposal = !isReached(goal) && hasRoom() ? propose(goal, whole) : Optional.empty();
            if (proposal.isPresent() && gains(proposal.get().state())) {
                if (directly && new Difference(at, proposal.get().state()).isDetour(there)) {
                    detours.add(goal);
                } else {
                    accept(proposal.get());
                    // After this one they may be none any more.
                    detours.descendingIterator().forEachRemaining(open::addFirst);
                    detours.clear();
                }
            } else if (proposal.isPresent() && !moves(proposal.get().state())) {
                // A pin of what is not there: it matters once another goal brings that in.
                idle.add(goal);
            } else if (proposal.isEmpty() && !isReached(goal) && !goal.halfway() && !hasRoom()) {
                left.add(goal.code());
            }
            if (open.isEmpty() && detours.isEmpty() && steps.size() > stepsBefore) {
                open.addAll(idle);
                idle.clear();
                stepsBefore = steps.size();
            }
        }
    }

    /** A service may be met by what is there for another reason, so only what is asked for tells. */
    private boolean isReached(Goal goal) {
        return (!goal.isOfService() && at.isReached(goal.code(), goal.to()))
                || Goal.raises(List.of(goal), at.asked()).isEmpty();
    }

    private Optional<Proposal> propose(Goal goal, List<Goal> whole) {
        boolean first = steps.isEmpty() && freeing.isOfAll(at);
        return proposals.of(
                goal,
                () -> whole.stream()
                        .filter(other -> !other.equals(goal) && !isReached(other))
                        .toList(),
                at,
                first);
    }
}
