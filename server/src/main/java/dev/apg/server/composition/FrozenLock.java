package dev.apg.server.composition;

import dev.apg.contract.composition.BindingChange;
import dev.apg.contract.composition.VersionChange;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Resolution;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A newest revision, to say what would be different from it. */
public final class FrozenLock {
    private final LockSide frozen;

    FrozenLock(LockSide frozen) {
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

    /**
     * What a supposed solution is told with.
     *
     * @param digests of its versions
     * @param taken what is to be known of a version that is taken, as in {@link Between}
     */
    public record Known(Function<ExactVersion, String> digests, BiFunction<String, String, String> taken) {}

    /** If a version is taken. */
    public Changes taking(ExactVersion candidate, Resolution.Solved then, Known known) {
        return changes(then, known, Between.taking(candidate));
    }

    /** @param lost a capability, or a version of it, as a sentence names it */
    public Changes losing(String code, String lost, Resolution.Solved then, Known known) {
        return changes(then, known, Between.losing(code, lost));
    }

    private Changes changes(Resolution.Solved then, Known known, Between between) {
        var after = new LockSide(
                frozen.draft(),
                Locks.of(frozen.lock().composition(), then, frozen.draft().policy(), known.digests()));
        return new Changes(
                LockDiff.versions(frozen, after, between.marking(known.taken())),
                BindingDiff.swaps(frozen, after, between.happened()));
    }
}
