package dev.apg.server.composition;

import dev.apg.contract.composition.BindingChange;
import dev.apg.contract.composition.VersionChange;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Resolution;
import java.util.List;
import java.util.function.Function;

/** A newest revision, to say what would be different from it. */
public final class FrozenLock {
    private final LockDiff.Side frozen;

    FrozenLock(LockDiff.Side frozen) {
        this.frozen = frozen;
    }

    /**
     * What is different.
     *
     * @param moves by capability
     * @param swaps needs that another capability meets
     */
    public record Changes(List<VersionChange> moves, List<BindingChange> swaps) {
        public static final Changes NONE = new Changes(List.of(), List.of());

        public Changes {
            moves = List.copyOf(moves);
            swaps = List.copyOf(swaps);
        }
    }

    /** If a version is taken. */
    public Changes taking(ExactVersion candidate, Resolution.Solved then, Function<ExactVersion, String> digests) {
        return changes(then, digests, Between.taking(candidate));
    }

    /** @param lost a capability, or a version of it, as a sentence names it */
    public Changes losing(String code, String lost, Resolution.Solved then, Function<ExactVersion, String> digests) {
        return changes(then, digests, Between.losing(code, lost));
    }

    private Changes changes(Resolution.Solved then, Function<ExactVersion, String> digests, Between between) {
        var after = new LockDiff.Side(
                frozen.draft(),
                Locks.of(frozen.lock().composition(), then, frozen.draft().policy(), digests));
        return new Changes(
                LockDiff.versions(frozen, after, between), BindingDiff.swaps(frozen, after, between.happened()));
    }
}
