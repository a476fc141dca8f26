package dev.apg.resolver;

import dev.apg.resolver.engine.Interruption;
import dev.apg.resolver.version.SemVer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one change of a universe means for any number of locks. A lock is a {@link Request} whose {@code previous} it is.
 *
 * <p>The answer for a new version is that of resolving with the lock in which that version stands in the place of the old
 * one, and a pin to it; the answer for a loss is that of resolving without what is lost. Most locks are answered without a
 * search ({@link KeptLock}), the others by one. Immutable, safe for any number of threads.
 */
public final class Impact {
    private final Universe universe;
    private final String code;

    /** Null if the change is a loss. */
    private final @Nullable SemVer candidate;

    private Impact(Universe universe, String code, @Nullable SemVer candidate) {
        this.universe = universe;
        this.code = code;
        this.candidate = candidate;
    }

    /**
     * Of a version that the universe has, for locks that have an older one.
     *
     * @throws IllegalArgumentException if the universe does not have it
     */
    public static Impact ofVersion(Universe universe, ExactVersion candidate) {
        if (universe.version(candidate).isEmpty()) {
            throw new IllegalArgumentException(candidate + " (expected: a version of the universe)");
        }
        return new Impact(universe, candidate.code(), candidate.number());
    }

    /**
     * Of the loss of some or all versions of a capability, for locks that have one of them.
     *
     * @param universe without them
     */
    public static Impact ofLoss(Universe universe, String code) {
        return new Impact(universe, code, null);
    }

    /**
     * What the change means for the request's previous lock, whatever it frees with {@code update}.
     *
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while it searches
     */
    public Effect on(Request head) {
        Interruption.check();
        SemVer locked = head.previous().get(code);
        if (locked == null) {
            return new Effect.None();
        }
        Request kept = head.update().isEmpty() ? head : head.withUpdate(Set.of());
        return candidate == null ? losing(kept, locked) : taking(kept, locked, candidate);
    }

    /**
     * The solution that {@link #on} moves the lock to, with all that an answer says of it: one search.
     *
     * @return empty unless the lock is moved, and that is known within the step budget
     */
    public Optional<Resolution.Solved> solution(Request head) {
        Request kept = head.withUpdate(Set.of());
        SemVer locked = kept.previous().get(code);
        if (locked == null || (candidate == null ? isThere(locked) : !isOpen(kept, locked, candidate))) {
            return Optional.empty();
        }
        Attempt attempt =
                Attempt.of(universe, candidate == null ? kept.withUpdate(Set.of(code)) : asking(kept, candidate), null);
        Optional<Resolution.Solved> solved = attempt.isSolved() ? Optional.of(attempt.solved()) : Optional.empty();
        return solved.filter(
                found -> candidate == null || candidate.equals(found.versions().get(code)));
    }

    private boolean isThere(SemVer locked) {
        return universe.version(new ExactVersion(code, locked)).isPresent();
    }

    /** Whether the number is newer, and no pin speaks against it. */
    private boolean isOpen(Request head, SemVer locked, SemVer number) {
        return number.compareTo(locked) > 0 && number.equals(head.pins().getOrDefault(code, number));
    }

    private Effect taking(Request head, SemVer locked, SemVer number) {
        if (number.compareTo(locked) <= 0) {
            return new Effect.None();
        }
        if (!isOpen(head, locked, number)) {
            return new Effect.Refused(0);
        }
        if (KeptLock.isChosenAgain(universe, head, code, number)) {
            return new Effect.Moved(0);
        }
        return searched(asking(head, number), number);
    }

    /** The request that takes the candidate if that is possible: all else is kept while it holds. */
    private Request asking(Request head, SemVer number) {
        Map<String, SemVer> pins = new HashMap<>(head.pins());
        pins.put(code, number);
        return exchanging(head, number).withPins(pins);
    }

    private Request exchanging(Request head, SemVer number) {
        Map<String, SemVer> previous = new HashMap<>(head.previous());
        previous.put(code, number);
        return head.withPrevious(previous);
    }

    /** Why {@link #on} is a refusal. */
    public sealed interface Refusal {
        /**
         * Facts are in the way.
         *
         * @param explanation with fixes after which the candidate is chosen, or something takes the place of what is lost
         */
        record Contradiction(Explanation explanation) implements Refusal {}

        /** Nothing would need the candidate beside what it needs itself. */
        record Unneeded() implements Refusal {}

        /** Something would need it, and the policy's objectives, or the choice rule, prefer a solution without it. */
        record NotPreferred() implements Refusal {}

        /** The step budget ran out before it was known. */
        record Unknown() implements Refusal {}
    }

    /** How many times the step budget {@link #whyRefused} takes at most: a search, and the explanation. */
    public static final int SHARES_OF_REFUSAL = 2;

    /** Why {@link #on} is a refusal. */
    public Refusal whyRefused(Request head) {
        if (candidate == null) {
            return Resolver.resolve(universe, head) instanceof Resolution.Unsolvable(Explanation explanation, long _)
                    ? new Refusal.Contradiction(explanation)
                    : new Refusal.Unknown();
        }
        Request kept = head.withUpdate(Set.of());
        WhyNot whyNot = Resolver.whyNot(universe, exchanging(kept, candidate), new ExactVersion(code, candidate), kept);
        return switch (whyNot) {
            case WhyNot.Impossible(Explanation explanation) -> new Refusal.Contradiction(explanation);
            case WhyNot.Possible(Resolution.Solved solved) -> preferred(solved, candidate);
            case WhyNot.Exhausted exhausted -> new Refusal.Unknown();
            case WhyNot.Unknown unknown -> throw new IllegalStateException(unknown + " was there before");
        };
    }

    /** @param supposed the solution that has it */
    private Refusal preferred(Resolution.Solved supposed, SemVer number) {
        ExactVersion version = new ExactVersion(code, number);
        boolean needed = supposed.bindings().stream()
                .filter(binding -> binding.provider().equals(version))
                .anyMatch(binding -> !(binding.need() instanceof Link.Needed(ExactVersion consumer, Requirement _)
                        && consumer.equals(version)));
        return needed ? new Refusal.NotPreferred() : new Refusal.Unneeded();
    }

    private Effect losing(Request head, SemVer locked) {
        if (isThere(locked)) {
            return new Effect.None();
        }
        if (KeptLock.isReplaced(universe, head, code)) {
            return new Effect.Moved(0);
        }
        return searched(head.withUpdate(Set.of(code)), null);
    }

    /** @param wanted the version without which the solution is a refusal; null if any will do */
    private Effect searched(Request request, @Nullable SemVer wanted) {
        Attempt attempt = Attempt.of(universe, request, null);
        if (!attempt.isSolved()) {
            return attempt.isContradictory()
                    ? new Effect.Refused(attempt.steps())
                    : new Effect.Exhausted(attempt.steps());
        }
        Attempt.Found found = attempt.found();
        if (wanted == null || wanted.equals(found.versions().get(code))) {
            return new Effect.Moved(attempt.steps());
        }
        return found.isBest() ? new Effect.Refused(attempt.steps()) : new Effect.Exhausted(attempt.steps());
    }
}
