package dev.apg.server.composition;

import dev.apg.resolver.Allowance;
import dev.apg.resolver.Resolution;
import dev.apg.resolver.UpgradePlan;
import dev.apg.server.catalog.Snapshot;
import java.util.IdentityHashMap;
import java.util.Map;

/** What is in the way of newer versions, in each state of a plan; finding it out takes of one allowance. */
final class PlanReasons {
    private final Snapshot snapshot;
    private final Allowance allowance;
    private final Map<Resolution.Solved, HeldBackReasons> states = new IdentityHashMap<>();

    PlanReasons(Snapshot snapshot, Allowance allowance) {
        this.snapshot = snapshot;
        this.allowance = allowance;
    }

    HeldBackReasons in(UpgradePlan.State state) {
        return states.computeIfAbsent(state.solved(), _ -> new HeldBackReasons(snapshot, state, allowance));
    }
}
