package dev.apg.resolver;

import dev.apg.resolver.Proposals.Proposal;
import dev.apg.resolver.engine.Interruption;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Steps to other ranges and pins. */
final class Raises {
    private final PlanSoFar plan;
    private final Freeing freeing;
    private final Proposals proposals;

    Raises(PlanSoFar plan, Freeing freeing, Proposals proposals) {
        this.plan = plan;
        this.freeing = freeing;
        this.proposals = proposals;
    }

    /** Another provider of a service makes nothing newer: it comes with what needs it, or instead of a marked one. */
    boolean isWorthAStep(Goal goal) {
        return !goal.isOfService()
                || goal.from().isPresent()
                || plan.at().asked().rootOf(goal).stream()
                        .flatMap(root -> plan.at().solved().bindings().stream()
                                .filter(binding -> binding.need().equals(new Link.Asked(root))))
                        .anyMatch(binding -> plan.at().marks(binding.provider().code()) > 0);
    }

    /**
     * A step that is no larger than it looks, and whose operations do for all who only want this.
     *
     * @param there the versions of the end: what comes in and goes again, or the other way round, is a detour
     */
    boolean early(Goal goal, List<Goal> whole, Map<String, SemVer> there) {
        Optional<Proposal> proposal = (plan.hasRoom() ? propose(goal, whole) : Optional.<Proposal>empty())
                .filter(found -> found.standsAlone() && plan.gains(found.state()))
                .filter(found -> {
                    var difference = new Difference(plan.at(), found.state());
                    return difference.risk().compareTo(goal.risk()) <= 0 && !difference.isDetour(there);
                });
        proposal.ifPresent(plan::accept);
        return proposal.isPresent();
    }

    /** @param there as for {@link #early} */
    void raise(List<Goal> sorted, List<Goal> whole, Map<String, SemVer> there) {
        Deque<Goal> open = new ArrayDeque<>(sorted);
        Deque<Goal> detours = new ArrayDeque<>();
        List<Goal> idle = new ArrayList<>();
        int stepsBefore = plan.steps().size();
        while (!open.isEmpty() || !detours.isEmpty()) {
            boolean directly = !open.isEmpty();
            Goal goal = directly ? open.remove() : detours.remove();
            Interruption.check();
            Optional<Proposal> proposal = !isReached(goal) && plan.hasRoom() ? propose(goal, whole) : Optional.empty();
            if (proposal.isPresent() && plan.gains(proposal.get().state())) {
                if (directly && new Difference(plan.at(), proposal.get().state()).isDetour(there)) {
                    detours.add(goal);
                } else {
                    plan.accept(proposal.get());
                    // After this one they may be none any more.
                    detours.descendingIterator().forEachRemaining(open::addFirst);
                    detours.clear();
                }
            } else if (proposal.isPresent() && !plan.moves(proposal.get().state())) {
                // A pin of what is not there: it matters once another goal brings that in.
                idle.add(goal);
            } else if (proposal.isEmpty() && !isReached(goal) && !goal.halfway() && !plan.hasRoom()) {
                plan.leave(List.of(goal.code()));
            }
            if (open.isEmpty() && detours.isEmpty() && plan.steps().size() > stepsBefore) {
                open.addAll(idle);
                idle.clear();
                stepsBefore = plan.steps().size();
            }
        }
    }

    /** A service may be met by what is there for another reason, so only what is asked for tells. */
    boolean isReached(Goal goal) {
        return (!goal.isOfService() && plan.at().isReached(goal.code(), goal.to()))
                || Goal.raises(List.of(goal), plan.at().asked()).isEmpty();
    }

    Optional<Proposal> propose(Goal goal, List<Goal> whole) {
        boolean first = plan.steps().isEmpty() && freeing.isOfAll(plan.at());
        return proposals.of(
                goal,
                () -> whole.stream()
                        .filter(other -> !other.equals(goal) && !isReached(other))
                        .toList(),
                plan.at(),
                first);
    }
}
