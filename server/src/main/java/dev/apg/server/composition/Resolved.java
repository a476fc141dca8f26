package dev.apg.server.composition;

import dev.apg.contract.composition.Policy;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Request;
import dev.apg.resolver.Resolution;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.catalog.VersionEntry;
import java.util.Optional;

/**
 * A draft resolved on one snapshot.
 *
 * @param before what the answer is compared with; empty if there is no previous revision, or nothing that is saved
 */
record Resolved(Snapshot snapshot, Policy policy, Request request, Resolution resolution, Optional<Before> before) {

    /** A composition's previous revision, and its draft as it is now. */
    record Before(LockDiff.Side revision, DraftRow draft) {}

    /** The answer as it travels. */
    dev.apg.contract.composition.Resolution answer() {
        return Resolutions.of(this);
    }

    /** What the same snapshot answers to a question that nobody decided yet. */
    Resolved supposing(Policy policy, Request request, Resolution resolution) {
        return new Resolved(snapshot, policy, request, resolution, Optional.empty());
    }

    /** What the snapshot knows of a version that was chosen from it. */
    VersionEntry entry(ExactVersion version) {
        return snapshot.capability(version.code())
                .flatMap(capability -> capability.version(version.number()))
                .orElseThrow();
    }
}
