package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What to resolve. The order of its lists has no influence on the answer.
 *
 * @param roots what must be there
 * @param exclusions versions that must not be chosen; for a service: whatever provides it in that range. Pre-releases
 *     are included
 * @param pins by code: if that capability is chosen, then in exactly this version
 * @param previous the previous lock, by code: these versions are kept while they still hold
 * @param update codes whose version in {@code previous} is not preferred
 * @param stepBudget how much work the search may do, at least 1: one step is a decision, a conclusion or a rule looked at. The same
 *     budget gives the same answer on every machine. Explaining a refusal, fixes included, may take as much again
 */
public record Request(
        List<Root> roots,
        List<Target> exclusions,
        Map<String, SemVer> pins,
        Map<String, SemVer> previous,
        Set<String> update,
        Policy policy,
        long stepBudget) {

    /** Ample for compositions of thousands of versions; some seconds of work where it is used up. */
    public static final long DEFAULT_STEP_BUDGET = 50_000_000;

    public Request {
        roots = List.copyOf(roots);
        exclusions = List.copyOf(exclusions);
        pins = Map.copyOf(pins);
        previous = Map.copyOf(previous);
        update = Set.copyOf(update);
        Objects.requireNonNull(policy, "policy");
        if (stepBudget < 1) {
            throw new IllegalArgumentException("step budget: " + stepBudget + " (expected: at least 1)");
        }
    }

    /** Asks for the roots under the default policy, with nothing else said. */
    public static Request of(Root... roots) {
        return new Request(
                List.of(roots), List.of(), Map.of(), Map.of(), Set.of(), Policy.DEFAULT, DEFAULT_STEP_BUDGET);
    }

    public Request withRoots(List<Root> roots) {
        return new Request(roots, exclusions, pins, previous, update, policy, stepBudget);
    }

    public Request withExclusions(List<Target> exclusions) {
        return new Request(roots, exclusions, pins, previous, update, policy, stepBudget);
    }

    public Request withPins(Map<String, SemVer> pins) {
        return new Request(roots, exclusions, pins, previous, update, policy, stepBudget);
    }

    public Request withPrevious(Map<String, SemVer> previous) {
        return new Request(roots, exclusions, pins, previous, update, policy, stepBudget);
    }

    public Request withUpdate(Set<String> update) {
        return new Request(roots, exclusions, pins, previous, update, policy, stepBudget);
    }

    public Request withPolicy(Policy policy) {
        return new Request(roots, exclusions, pins, previous, update, policy, stepBudget);
    }

    public Request withPolicy(UnaryOperator<Policy> change) {
        return withPolicy(change.apply(policy));
    }

    public Request withStepBudget(long stepBudget) {
        return new Request(roots, exclusions, pins, previous, update, policy, stepBudget);
    }
}
