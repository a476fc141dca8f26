package dev.apg.resolver;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Solves changed requests for as long as the budget that all of them share lasts: so many searches, and so many steps.
 * What was found before it is spent stands.
 */
final class Trials {
    /** For one contradiction: so that a large core does not cost hundreds of searches. */
    private static final int MOST = 60;

    private final Universe universe;
    private final @Nullable ExactVersion wanted;
    private int left = MOST;
    private long stepsLeft;

    /** @param stepBudget how many steps all trials together may take */
    Trials(Universe universe, @Nullable ExactVersion wanted, long stepBudget) {
        this.universe = universe;
        this.wanted = wanted;
        this.stepsLeft = stepBudget;
    }

    /** Empty if enough was tried. */
    Optional<Attempt> attempt(Request request) {
        return attempt(universe, request);
    }

    /** The same in another universe. */
    Optional<Attempt> attempt(Universe other, Request request) {
        if (isSpent()) {
            return Optional.empty();
        }
        left--;
        Attempt attempt = Attempt.of(other, request.withStepBudget(stepsLeft), wanted);
        stepsLeft -= attempt.steps();
        return Optional.of(attempt);
    }

    /** What a request's objectives choose, as far as what is left of the budget tells; empty if it has no solution. */
    Optional<Attempt.Found> found(Request request) {
        Optional<Attempt> solved = attempt(request).filter(Attempt::isSolved);
        return solved.map(attempt -> {
            long counted = attempt.steps();
            Attempt.Found found = attempt.found();
            stepsLeft -= attempt.steps() - counted;
            return found;
        });
    }

    /** Whether there is a solution, as far as what is left of the budget tells. */
    boolean isSolvable(Request request) {
        return attempt(request).filter(Attempt::isSolved).isPresent();
    }

    /** Whether the version that was asked about would be there for anything but the question; true if enough was tried. */
    boolean isNeeded(ExactVersion version, Request request) {
        return attempt(request)
                .filter(Attempt::isSolved)
                .map(attempt -> attempt.chosenByTheRule().bindings().stream()
                        .filter(binding -> binding.provider().equals(version))
                        .anyMatch(
                                binding -> !(binding.need() instanceof Link.Needed(ExactVersion consumer, Requirement _)
                                        && consumer.equals(version))))
                .orElse(true);
    }

    /** Facts that an attempt failed on, none of which could be spared. */
    CoreFact.Core core(Attempt attempt) {
        CoreFact.Core core = attempt.core(stepsLeft);
        stepsLeft -= core.steps();
        return core;
    }

    boolean isSpent() {
        return left < 1 || stepsLeft < 1;
    }

    /** Counts steps that were taken elsewhere. */
    void spend(long steps) {
        stepsLeft -= steps;
    }

    /** Allows more searches, for work that grows with the request; the steps stay what they are. */
    void allow(int more) {
        left += more;
    }
}
