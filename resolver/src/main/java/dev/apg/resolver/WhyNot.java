package dev.apg.resolver;

import java.util.Objects;

/** Answer to "why is this version not the one chosen". */
public sealed interface WhyNot {
    /** It could be chosen: this is what the composition would be with it. */
    record Possible(Resolution.Solved solved) implements WhyNot {
        public Possible {
            Objects.requireNonNull(solved, "solved");
        }
    }

    /** It cannot be chosen; the explanation's core holds {@link Fact.Wanted} unless the request fails without it. */
    record Impossible(Explanation explanation) implements WhyNot {
        public Impossible {
            Objects.requireNonNull(explanation, "explanation");
        }
    }

    /** The universe has no such version. */
    record Unknown(ExactVersion version) implements WhyNot {}

    /** The step budget ran out. */
    record Exhausted(long steps) implements WhyNot {}
}
