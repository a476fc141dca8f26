package dev.apg.server.impact;

import dev.apg.contract.impact.ImpactAnswer.ImpactSubject;
import dev.apg.contract.impact.ImpactVerdict;
import dev.apg.resolver.Effect;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Feasibility;
import dev.apg.resolver.Impact;
import dev.apg.resolver.Mark;
import dev.apg.resolver.Request;
import dev.apg.resolver.Resolver;
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

    /** What the candidate means for a composition. */
    Judgement judge(Request head);

    /** @param steps how many steps of the resolver it took */
    record Judgement(ImpactVerdict verdict, long steps) {}

    default String code() {
        return subject().capability();
    }

    /** A version that compositions may take. */
    record Taking(ImpactSubject subject, Impact impact, String identity, SemVer number) implements Question {
        @Override
        public Judgement judge(Request head) {
            Effect effect = impact.on(head);
            ImpactVerdict verdict = switch (effect) {
                case Effect.None none -> ImpactVerdict.UNAFFECTED;
                case Effect.Moved moved -> ImpactVerdict.UPGRADABLE;
                case Effect.Refused refused -> ImpactVerdict.BLOCKED;
                case Effect.Exhausted exhausted -> ImpactVerdict.NOT_CHECKED;
            };
            return new Judgement(verdict, effect.steps());
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
        public Judgement judge(Request head) {
            Effect effect = impact.on(head);
            return switch (effect) {
                case Effect.None none -> new Judgement(ImpactVerdict.UNAFFECTED, effect.steps());
                case Effect.Moved moved -> new Judgement(ImpactVerdict.UPGRADABLE, effect.steps());
                case Effect.Refused refused -> irreplaceable(head, effect.steps());
                case Effect.Exhausted exhausted -> new Judgement(ImpactVerdict.NOT_CHECKED, effect.steps());
            };
        }

        /** The policy may go on accepting what is marked then; whether that helps depends on what else was lost. */
        private Judgement irreplaceable(Request head, long steps) {
            if (gone || !head.policy().accepted().containsAll(marks)) {
                return new Judgement(ImpactVerdict.BROKEN, steps);
            }
            Feasibility kept = Resolver.feasibility(told, head);
            ImpactVerdict verdict = switch (kept.known()) {
                case SOLVABLE -> ImpactVerdict.BLOCKED;
                case UNSOLVABLE -> ImpactVerdict.BROKEN;
                case NOTHING -> ImpactVerdict.NOT_CHECKED;
            };
            return new Judgement(verdict, steps + kept.steps());
        }
    }
}
