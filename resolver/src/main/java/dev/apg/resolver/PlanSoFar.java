package dev.apg.resolver;

import dev.apg.resolver.Proposals.Proposal;
import dev.apg.resolver.UpgradePlan.State;
import dev.apg.resolver.UpgradePlan.Step;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The steps that were accepted, and where they lead. */
final class PlanSoFar {
    private final PlanSearch search;
    private final Freeing freeing;
    private final int mostSteps;

    private final List<Step> steps = new ArrayList<>();
    private final Set<String> left = new LinkedHashSet<>();

    /** By code, the versions that an update of everything leads to, as long as they are not reached; empty for none. */
    private final SortedMap<String, Optional<SemVer>> moving = new TreeMap<>();

    private final Progress progress = new Progress();

    private State at;

    /** @param now the request and its solution */
    PlanSoFar(PlanSearch search, Freeing freeing, State now, int mostSteps) {
        this.search = search;
        this.freeing = freeing;
        this.mostSteps = mostSteps;
        this.at = now;
        State updated = freeing.updated();
        Map<String, SemVer> after = updated.solved().versions();
        now.solved().versions().forEach((code, number) -> {
            if (updated.request().previous().containsKey(code) && !number.equals(after.get(code))) {
                moving.put(code, Optional.ofNullable(after.get(code)));
            }
        });
    }

    State at() {
        return at;
    }

    List<Step> steps() {
        return steps;
    }

    SortedMap<String, Optional<SemVer>> moving() {
        return moving;
    }

    /** Codes that could move and for which there is no step, for want of room or budget. */
    List<String> left() {
        return List.copyOf(left);
    }

    void leave(Collection<String> codes) {
        left.addAll(codes);
    }

    boolean isFull() {
        return steps.size() >= mostSteps;
    }

    boolean hasRoom() {
        return !isFull() && search.hasBudget();
    }

    boolean moves(State state) {
        return !state.solved().versions().equals(at.solved().versions());
    }

    boolean gains(State state) {
        return progress.isGain(at, state);
    }

    /** No later step takes the capability back to an older version. */
    void keep(String code) {
        at.version(code).ifPresent(number -> progress.keep(code, number));
    }

    /** The same versions, with more of the lock free: no step. */
    void goOnFrom(State same) {
        at = same;
    }

    void accept(Proposal proposal) {
        Map<String, SemVer> versions = proposal.state().solved().versions();
        moving.entrySet().removeIf(entry -> entry.getValue().equals(Optional.ofNullable(versions.get(entry.getKey()))));
        State state = moving.isEmpty() ? freeing.named(proposal.state()) : proposal.state();
        steps.add(new Step(proposal.raises(), new Difference(at, state).risk().size(), proposal.standsAlone(), state));
        at = state;
    }
}
