package dev.apg.server.composition;

import dev.apg.contract.composition.Resolution;
import dev.apg.resolver.Entry;
import dev.apg.resolver.UpgradePlan;
import dev.apg.server.catalog.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is in the way of newer versions, in one state of a plan. */
final class HeldBackReasons {
    private final Snapshot snapshot;
    private final UpgradePlan.State state;
    private final Map<String, Entry> entries = new HashMap<>();

    HeldBackReasons(Snapshot snapshot, UpgradePlan.State state) {
        this.snapshot = snapshot;
        this.state = state;
        state.solved().entries().forEach(entry -> entries.put(entry.version().code(), entry));
    }

    /** Empty if the capability is at its newest version, or is not there. */
    Optional<Resolution.HeldBack> of(String code) {
        return Optional.ofNullable(entries.get(code))
                .flatMap(entry ->
                        Optional.ofNullable(Resolutions.heldBack(entry, snapshot, state.request(), state.solved())));
    }
}
