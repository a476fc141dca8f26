package dev.apg.server.composition;

import dev.apg.contract.composition.Resolution;
import dev.apg.resolver.Allowance;
import dev.apg.resolver.Entry;
import dev.apg.resolver.Preferences;
import dev.apg.resolver.UpgradePlan;
import dev.apg.server.catalog.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is in the way of newer versions, in one state of a plan. */
final class HeldBackReasons {
    /** Searches for what decided under the policy's objectives: an answer that people wait for does not wait for many. */
    private static final int MOST_TRIES = 12;

    private static final long MOST_STEPS = 300_000;

    private final Snapshot snapshot;
    private final UpgradePlan.State state;
    private final Preferences preferences;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, Optional<Resolution.HeldBack>> known = new HashMap<>();

    HeldBackReasons(Snapshot snapshot, UpgradePlan.State state, Allowance allowance) {
        this.snapshot = snapshot;
        this.state = state;
        this.preferences = new Preferences(snapshot.universe(), state.request(), state.solved(), allowance);
        state.solved().entries().forEach(entry -> entries.put(entry.version().code(), entry));
    }

    /** For the reasons of one answer. */
    static Preferences preferences(Resolved resolved, dev.apg.resolver.Resolution.Solved solved) {
        return new Preferences(
                resolved.snapshot().universe(),
                resolved.request(),
                solved,
                new Allowance(
                        MOST_TRIES, Math.min(MOST_STEPS, resolved.request().stepBudget())));
    }

    /** Whether what is in the way was found out as far as it can be. */
    boolean isKnown(String code) {
        of(code);
        return !preferences.isUndecided(code);
    }

    /** Empty if the capability is at its newest version, or is not there. */
    Optional<Resolution.HeldBack> of(String code) {
        return known.computeIfAbsent(
                code,
                _ -> Optional.ofNullable(entries.get(code))
                        .flatMap(entry -> Optional.ofNullable(
                                Resolutions.heldBack(entry, snapshot, state.request(), state.solved(), preferences))));
    }
}
