package dev.apg.server.composition;

import dev.apg.contract.composition.Policy;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Request;
import dev.apg.resolver.Resolution;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.catalog.VersionEntry;

/** A draft resolved on one snapshot. */
record Resolved(Snapshot snapshot, Policy policy, Request request, Resolution resolution) {

    /** The answer as it travels. */
    dev.apg.contract.composition.Resolution answer() {
        return Resolutions.of(this);
    }

    /** What the snapshot knows of a version that was chosen from it. */
    VersionEntry entry(ExactVersion version) {
        return snapshot.capability(version.code())
                .flatMap(capability -> capability.version(version.number()))
                .orElseThrow();
    }
}
