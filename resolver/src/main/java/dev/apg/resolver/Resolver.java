package dev.apg.resolver;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds a consistent set of versions, or explains why there is none. Pure functions: the same universe and request give
 * the same answer, on every machine and thread. {@code docs/resolver.md} says what the answer is and how it is found.
 */
public final class Resolver {
    private Resolver() {}

    /**
     * Resolves a request: complete (never unsolvable when there is a solution), and exactly the answer that the choice
     * rule defines. Cost grows with the part of the universe that the request reaches.
     *
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while it searches
     */
    public static Resolution resolve(Universe universe, Request request) {
        return resolve(universe, request, null);
    }

    /** Whether there is a solution at all, without telling which, or why there is none: at most the first search of {@link #resolve}. */
    public static Feasibility feasibility(Universe universe, Request request) {
        Attempt attempt = Attempt.of(universe, request, null);
        Feasibility.Known known = attempt.isSolved()
                ? Feasibility.Known.SOLVABLE
                : attempt.isContradictory() ? Feasibility.Known.UNSOLVABLE : Feasibility.Known.NOTHING;
        return new Feasibility(known, attempt.steps());
    }

    /**
     * Resolves with one version forced, to tell why it is not the one chosen or what it would take.
     *
     * @return if it is impossible, with the fixes after which the request resolves to it
     */
    public static WhyNot whyNot(Universe universe, Request request, ExactVersion version) {
        return whyNot(universe, request, version, request);
    }

    /** @param changed what the fixes are to be made of: the same but for its previous lock */
    static WhyNot whyNot(Universe universe, Request request, ExactVersion version, Request changed) {
        if (universe.version(version).isEmpty()) {
            return new WhyNot.Unknown(version);
        }
        return switch (resolve(universe, request, version)) {
            case Resolution.Solved solved -> new WhyNot.Possible(solved);
            case Resolution.Unsolvable(Explanation explanation, long _) ->
                new WhyNot.Impossible(new WantedFixes(universe, changed, version).of(explanation));
            case Resolution.Exhausted(long steps) -> new WhyNot.Exhausted(steps);
        };
    }

    private static Resolution resolve(Universe universe, Request request, @Nullable ExactVersion wanted) {
        Attempt attempt = Attempt.of(universe, request, wanted);
        if (wanted != null && attempt.isContradictory()) {
            attempt = withoutTheRest(universe, request, wanted, attempt);
        }
        if (attempt.isSolved()) {
            return attempt.solved();
        }
        if (!attempt.isContradictory()) {
            return new Resolution.Exhausted(attempt.steps());
        }
        // The other half is for finding out whether each fix leads to the version.
        long explaining = wanted == null ? request.stepBudget() : Math.max(1, request.stepBudget() / 2);
        CoreFact.Core core = attempt.core(explaining);
        Explanation explanation = attempt.explain(core);
        FixFinder.Found found =
                new FixFinder(universe, wanted, explaining - core.steps()).find(request, explanation.core());
        Explanation complete = new Explanation(explanation.core(), explanation.steps(), found.further(), found.fixes());
        return new Resolution.Unsolvable(complete, attempt.steps());
    }

    /** Where a version is impossible by itself, nothing else that is asked for is blamed for it. */
    private static Attempt withoutTheRest(Universe universe, Request request, ExactVersion wanted, Attempt attempt) {
        Request nothingElse = request.withRoots(List.of())
                .withPins(Map.of())
                .withExclusions(List.of())
                .withStepBudget(Math.max(1, request.stepBudget() - attempt.steps()));
        Attempt alone = Attempt.of(universe, nothingElse, wanted);
        return alone.isContradictory() ? alone : attempt;
    }
}
