package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why an entry is not the newest version of its capability, as far as one look at the chosen versions tells; {@link
 * Resolver#whyNot} derives the full answer.
 *
 * @param cause what is in the way of the newest version
 * @param others what would be in its way if that were not: up to two more; none where the policy does not accept it, and none in
 *     a solution of more than 300 entries
 * @param next of the newest version that the policy accepts, where it does not accept {@code newest}; null where there is none
 *     that is newer than the chosen one
 * @param passedOver the newest version that only an objective is in the way of, where something else is in that of {@code
 *     newest}; null if there is none among the newest twenty
 * @param kept the newest version that nothing is in the way of but the previous lock, which {@code update} frees; null if
 *     there is none among the newest twenty
 */
public record HeldBack(
        SemVer newest,
        Cause cause,
        List<Cause> others,
        @Nullable Next next,
        @Nullable Next passedOver,
        @Nullable SemVer kept) {
    public HeldBack {
        Objects.requireNonNull(newest, "newest");
        Objects.requireNonNull(cause, "cause");
        others = List.copyOf(others);
    }

    /** A version behind the newest, and what is in its way. */
    public record Next(SemVer number, Cause cause) {}

    /** What is in the way of a version, beside the versions that were chosen. */
    public sealed interface Cause {
        /** A need that this entry meets does not admit it. */
        record Range(Link need) implements Cause {}

        /** The previous lock holds and is kept. */
        record Locked() implements Cause {}

        /** @param number what is asked for instead */
        record Pinned(SemVer number) implements Cause {}

        record Excluded(Target exclusion) implements Cause {}

        /** It has a mark that the policy does not accept. */
        record NotAccepted(Mark mark) implements Cause {}

        /** A chosen version conflicts with it, or it with a chosen one. */
        record Conflict(ExactVersion other) implements Cause {}

        /** It needs something that is not met by what was chosen. */
        record OwnNeed(Requirement requirement) implements Cause {}

        /**
         * It is possible, and worse under this objective, which is the first of the policy's under which it is not the same.
         *
         * @param more by how much the sum that the objective minimises would be larger
         */
        record Aim(Objective objective, long more) implements Cause {
            public Aim {
                if (more < 1) {
                    throw new IllegalArgumentException("more: " + more + " (expected: at least 1)");
                }
            }
        }

        /** Nothing single, and the policy has objectives: one of them decides, or a combination further away. */
        record Objectives() implements Cause {}

        /** Nothing single: a combination further away. */
        record Combination() implements Cause {}
    }
}
