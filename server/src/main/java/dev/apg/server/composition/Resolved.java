package dev.apg.server.composition;

import dev.apg.contract.composition.Policy;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Request;
import dev.apg.resolver.Resolution;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.catalog.VersionEntry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A draft resolved on one snapshot, and the answer as it travels, which can take as long to put into words as to find. */
final class Resolved {
    private final Snapshot snapshot;
    private final Policy policy;
    private final Request request;
    private final Resolution resolution;
    private final Optional<Before> before;
    private dev.apg.contract.composition.@Nullable Resolution answer;

    /** A composition's previous revision, and its draft as it is now. */
    record Before(LockSide revision, DraftRow draft) {}

    /** @param before what the answer is compared with; empty if there is no previous revision, or nothing that is saved */
    Resolved(Snapshot snapshot, Policy policy, Request request, Resolution resolution, Optional<Before> before) {
        this.snapshot = snapshot;
        this.policy = policy;
        this.request = request;
        this.resolution = resolution;
        this.before = before;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    Policy policy() {
        return policy;
    }

    Request request() {
        return request;
    }

    Resolution resolution() {
        return resolution;
    }

    Optional<Before> before() {
        return before;
    }

    /**
     * The answer, which is computed when it is first asked for: by the threads of {@link dev.apg.server.web.HeavyWork}.
     *
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    dev.apg.contract.composition.Resolution answer() {
        if (answer == null) {
            answer = Resolutions.of(this);
        }
        return answer;
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
