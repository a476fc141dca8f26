package dev.apg.server.impact;

import dev.apg.contract.capability.VersionState;
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
import dev.apg.server.composition.CompositionHeads.Concern;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A candidate in the resolver's words. */
sealed interface Question {
    ImpactSubject subject();

    Impact impact();

    /** What is different from another question about the same catalogue: equal texts have equal answers. */
    String identity();

    /**
     * What the candidate means for a composition.
     *
     * @param head whose step budget is that of all searches together
     */
    Judgement judge(Request head);

    /** The compositions whose verdict may be another than {@code unaffected}. */
    Concern concern();

    /**
     * @param brokenAlready whether it is broken, and known to have no solution without the candidate either
     * @param steps what it took: those of the resolver, and one for each entry of the lock, which is walked over
     */
    record Judgement(ImpactVerdict verdict, boolean brokenAlready, long steps) {
        static Judgement of(ImpactVerdict verdict, Request head, long steps) {
            return new Judgement(verdict, false, steps + head.previous().size());
        }

        static Judgement notChecked(long steps) {
            return new Judgement(ImpactVerdict.NOT_CHECKED, false, steps);
        }
    }

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
            return Judgement.of(verdict, head, effect.steps());
        }

        @Override
        public Concern concern() {
            return new Concern(code(), Optional.empty(), false);
        }

        ExactVersion version() {
            return new ExactVersion(code(), number);
        }
    }

    /**
     * One or all versions of a capability that compositions lose.
     *
     * @param number empty for all
     * @param now the universe without the change
     * @param told the universe in which a derivation can say what became of them
     * @param marks what they have then; a policy that accepts all of them keeps them
     * @param gone whether no policy can keep them
     */
    record Losing(
            ImpactSubject subject,
            Impact impact,
            String identity,
            Optional<SemVer> number,
            Universe now,
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
                case Effect.None none -> elsewhere(head);
                case Effect.Moved moved -> Judgement.of(ImpactVerdict.UPGRADABLE, head, effect.steps());
                case Effect.Refused refused -> irreplaceable(head, effect.steps());
                case Effect.Exhausted exhausted -> Judgement.of(ImpactVerdict.NOT_CHECKED, head, effect.steps());
            };
        }

        @Override
        public Concern concern() {
            return new Concern(code(), number.map(SemVer::toString), true);
        }

        /**
         * What a lock without what is lost loses: nothing if it holds. One that does not hold needs another solution, and the
         * last one may go.
         */
        private Judgement elsewhere(Request head) {
            if (holds(head)) {
                return Judgement.of(ImpactVerdict.UNAFFECTED, head, 0);
            }
            Feasibility after = Resolver.feasibility(told, head);
            return switch (after.known()) {
                case SOLVABLE -> Judgement.of(ImpactVerdict.UNAFFECTED, head, after.steps());
                case UNSOLVABLE -> lastWayOut(head, after.steps());
                case NOTHING -> Judgement.of(ImpactVerdict.NOT_CHECKED, head, after.steps());
            };
        }

        private Judgement lastWayOut(Request head, long steps) {
            Feasibility before = Resolver.feasibility(now, within(head, steps));
            ImpactVerdict verdict = switch (before.known()) {
                case SOLVABLE -> ImpactVerdict.BROKEN;
                // It was lost with what was lost before.
                case UNSOLVABLE -> ImpactVerdict.UNAFFECTED;
                case NOTHING -> ImpactVerdict.NOT_CHECKED;
            };
            return Judgement.of(verdict, head, steps + before.steps());
        }

        /** A lock held when it was frozen, and since then nothing can have changed but what its versions are marked with. */
        private boolean holds(Request head) {
            return head.previous().entrySet().stream()
                    .allMatch(entry -> now.version(new ExactVersion(entry.getKey(), entry.getValue()))
                            .filter(version -> head.policy().accepted().containsAll(version.marks()))
                            .isPresent());
        }

        /** Whether the lock has what is lost. */
        boolean isLocked(Request head) {
            @Nullable SemVer locked = head.previous().get(code());
            return locked != null && (number.isEmpty() || number.get().equals(locked));
        }

        /** The word for what they are then: {@code yanked}. */
        String becomes() {
            VersionState state = subject.state();
            return state == null ? Objects.requireNonNull(subject.status()).wire() : state.wire();
        }

        /** The policy may go on accepting what is marked then; whether that helps depends on what else was lost. */
        private Judgement irreplaceable(Request head, long steps) {
            if (gone || !head.policy().accepted().containsAll(marks)) {
                return broken(head, steps);
            }
            Feasibility kept = Resolver.feasibility(told, within(head, steps));
            long sum = steps + kept.steps();
            return switch (kept.known()) {
                case SOLVABLE -> Judgement.of(ImpactVerdict.BLOCKED, head, sum);
                case UNSOLVABLE -> broken(head, sum);
                case NOTHING -> Judgement.of(ImpactVerdict.NOT_CHECKED, head, sum);
            };
        }

        private Judgement broken(Request head, long steps) {
            Feasibility before = Resolver.feasibility(now, within(head, steps));
            return new Judgement(
                    ImpactVerdict.BROKEN,
                    before.known() == Feasibility.Known.UNSOLVABLE,
                    steps + before.steps() + head.previous().size());
        }

        /** With what is left of its budget. */
        private static Request within(Request head, long steps) {
            return head.withStepBudget(Math.max(1, head.stepBudget() - steps));
        }
    }
}
