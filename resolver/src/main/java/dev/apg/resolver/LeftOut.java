package dev.apg.resolver;

import java.util.Objects;

/**
 * A recommendation that was not followed.
 *
 * @param why one sentence
 */
public record LeftOut(ExactVersion consumer, Requirement requirement, Cause cause, String why) {
    public LeftOut {
        Objects.requireNonNull(consumer, "consumer");
        Objects.requireNonNull(requirement, "requirement");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(why, "why");
    }

    /** Why a recommendation was given up. */
    public enum Cause {
        /** Nothing that exists meets it. */
        NOTHING_MEETS_IT,
        /** Whatever meets it is excluded, pinned to another version, or not accepted by the policy. */
        RULED_OUT,
        /** Whatever meets it contradicts what was chosen before it. */
        CONTRADICTS_CHOICE,
        /** Following it would be worse under the policy's objectives. */
        OBJECTIVE
    }
}
