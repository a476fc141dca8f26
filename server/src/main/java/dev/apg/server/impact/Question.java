package dev.apg.server.impact;

import dev.apg.contract.impact.ImpactAnswer.ImpactSubject;
import dev.apg.contract.impact.ImpactVerdict;
import dev.apg.resolver.Effect;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Impact;
import dev.apg.resolver.Mark;
import dev.apg.resolver.Request;
import dev.apg.resolver.Universe;
import dev.apg.resolver.version.SemVer;
import java.util.Optional;
import java.util.Set;

/** A candidate in the resolver's words. */
sealed interface Question {
    ImpactSubject subject();

    Impact impact();

    /** What is different from another question about the same catalogue: equal texts have equal answers. */
    String identity();

    /** What an effect on a composition is called. */
    ImpactVerdict verdict(Effect effect, Request head);

    default String code() {
        return subject().capability();
    }

    /** A version that compositions may take. */
    record Taking(ImpactSubject subject, Impact impact, String identity, SemVer number) implements Question {
        @Override
        public ImpactVerdict verdict(Effect effect, Request head) {
            return switch (effect) {
                case Effect.None none -> ImpactVerdict.UNAFFECTED;
                case Effect.Moved moved -> ImpactVerdict.UPGRADABLE;
                case Effect.Refused refused -> ImpactVerdict.BLOCKED;
                case Effect.Exhausted exhausted -> ImpactVerdict.NOT_CHECKED;
            };
        }

        ExactVersion version() {
            return new ExactVersion(code(), number);
        }
    }

    /**
     * One or all versions of a capability that compositions lose.
     *
     * @param number empty for all
     * @param told the universe in which a derivation can say what became of them
     * @param marks what they have then; a policy that accepts all of them keeps them
     * @param gone whether no policy can keep them
     */
    record Losing(
            ImpactSubject subject,
            Impact impact,
            String identity,
            Optional<SemVer> number,
            Universe told,
            Set<Mark> marks,
            boolean gone)
            implements Question {
        public Losing {
            marks = Set.copyOf(marks);
        }

        @Override
        public ImpactVerdict verdict(Effect effect, Request head) {
            return switch (effect) {
                case Effect.None none -> ImpactVerdict.UNAFFECTED;
                case Effect.Moved moved -> ImpactVerdict.UPGRADABLE;
                case Effect.Refused refused -> isKept(head) ? ImpactVerdict.BLOCKED : ImpactVerdict.BROKEN;
                case Effect.Exhausted exhausted -> ImpactVerdict.NOT_CHECKED;
            };
        }

        /** Whether the composition's lock holds all the same. */
        boolean isKept(Request head) {
            return !gone && head.policy().accepted().containsAll(marks);
        }
    }
}
