package dev.apg.contract.composition;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.apg.contract.composition.LockDocument.LockBinding;
import dev.apg.contract.composition.LockDocument.Reason;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of solving; {@code status} says which. An unsolvable request is an answer like any other. {@code steps}
 * is how much of the step budget was used.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "status")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Resolution.Solved.class, name = "solved"),
    @JsonSubTypes.Type(value = Resolution.Unsolvable.class, name = "unsolvable"),
    @JsonSubTypes.Type(value = Resolution.Exhausted.class, name = "exhausted"),
})
public sealed interface Resolution {
    long steps();

    /**
     * A consistent set of versions.
     *
     * @param optimal whether this is proven to be the best under the policy's objectives, and the one that the choice rule
     *     takes among the best; otherwise it is the best found within the step budget
     * @param objectiveValue the sum that the first objective minimises; 0 for {@code newest}
     * @param objectiveBound no answer has a smaller sum than this
     * @param criteria how good this is under each objective, in their order; empty for {@code newest}
     * @param entries in start order
     * @param choices needs that several capabilities could have met
     * @param leftOut recommendations that were not followed
     * @param suggestions what says that it would be useful beside what was chosen
     * @param leftBehind versions of the previous revision that went down, were yanked or purged since, or gave way to
     *     another provider, each with why; empty for a document that is not saved
     * @param swaps needs that another capability meets than in the previous revision; empty for a document that is not saved
     */
    record Solved(
            boolean optimal,
            long objectiveValue,
            long objectiveBound,
            List<Criterion> criteria,
            List<ResolvedEntry> entries,
            List<LockBinding> bindings,
            List<ProviderChoice> choices,
            List<LeftOut> leftOut,
            List<Suggestion> suggestions,
            List<Cycle> cycles,
            List<VersionChange> leftBehind,
            List<BindingChange> swaps,
            long steps)
            implements Resolution {
        public Solved {
            criteria = List.copyOf(criteria);
            entries = List.copyOf(entries);
            bindings = List.copyOf(bindings);
            choices = List.copyOf(choices);
            leftOut = List.copyOf(leftOut);
            suggestions = List.copyOf(suggestions);
            cycles = List.copyOf(cycles);
            leftBehind = List.copyOf(leftBehind);
            swaps = List.copyOf(swaps);
        }

        /** Those swaps whose earlier provider is not among what was left behind, which tells them. */
        public List<BindingChange> untoldSwaps() {
            Set<String> gone = leftBehind.stream()
                    .filter(change -> change.to() == null)
                    .map(VersionChange::capability)
                    .collect(Collectors.toSet());
            return swaps.stream()
                    .filter(swap -> !gone.contains(String.valueOf(swap.from())))
                    .toList();
        }

        /** The same solution, compared with what was before it. */
        public Solved comparedWith(List<VersionChange> leftBehind, List<BindingChange> swaps) {
            return new Solved(
                    optimal,
                    objectiveValue,
                    objectiveBound,
                    criteria,
                    entries,
                    bindings,
                    choices,
                    leftOut,
                    suggestions,
                    cycles,
                    leftBehind,
                    swaps,
                    steps);
        }
    }

    /**
     * How good a solution is under one objective.
     *
     * @param value the sum that the objective minimises
     * @param bound no answer that is as good under the objectives before has a smaller sum than this
     * @param optimal whether the sum is proven to be the smallest
     */
    record Criterion(Objective objective, long value, long bound, boolean optimal) {}

    /** There is no consistent set. */
    record Unsolvable(Explanation explanation, long steps) implements Resolution {}

    /** The step budget ran out before either was known; a larger one may tell. */
    record Exhausted(long steps) implements Resolution {}

    /**
     * One chosen version.
     *
     * @param reason the chain of needs from what the composition names to this entry
     * @param recommended whether the last of these needs is only a recommendation
     * @param marks why it is only taken because the policy accepts that
     * @param stateReason why it was deprecated or yanked, if it is
     * @param heldBack what keeps the newest version of this capability out; absent if this is the newest. A version that was
     *     purged counts where all that need the capability do so by its code and would take it
     */
    record ResolvedEntry(
            String capability,
            String version,
            String digest,
            List<Reason> reason,
            boolean recommended,
            Set<Mark> marks,
            @Nullable String stateReason,
            @Nullable HeldBack heldBack) {
        public ResolvedEntry {
            reason = List.copyOf(reason);
        }
    }

    /**
     * Why an entry is not the newest version, as far as one look at what was chosen tells; {@code why} derives the full
     * answer.
     *
     * @param cause what keeps the newest version out
     * @param next the newest version that the policy accepts, where it does not accept {@code newest}, and what keeps that
     *     one out. Absent if none that is newer than the entry's is accepted
     * @param passedOver the newest version that only an objective of the policy keeps out, where something else keeps {@code
     *     newest} out. Absent if there is none
     * @param kept the newest version that nothing keeps out but the previous revision, whose version still holds: {@code
     *     update} frees it. Absent if there is none
     */
    record HeldBack(
            String newest,
            HoldingCause cause,
            String sentence,
            @Nullable Next next,
            @Nullable Next passedOver,
            @Nullable String kept) {

        /** A version behind the newest, and what keeps it out. */
        public record Next(String version, HoldingCause cause) {}
    }

    /**
     * Which of several possible providers meets a need, and by which part of the choice rule.
     *
     * @param need a {@code root} of the draft, or a requirement of an entry
     * @param alternatives codes of up to five others that the need admits; whether each is possible beside the rest is
     *     what {@code why} tells
     * @param cause what decided against the first of the alternatives: {@code locked, present, objective, written_first,
     *     code_order, feasible, other_version, not_checked}
     * @param passedOver the same of each of them
     */
    record ProviderChoice(
            Reason need,
            String provider,
            List<String> alternatives,
            String cause,
            List<PassedOver> passedOver,
            String sentence) {
        public ProviderChoice {
            alternatives = List.copyOf(alternatives);
            passedOver = List.copyOf(passedOver);
        }

        /** One of the alternatives, and what decided against it. */
        public record PassedOver(String capability, String cause) {}
    }

    /**
     * A recommendation that was not followed.
     *
     * @param cause {@code nothing_meets_it, ruled_out, contradicts_choice, objective}
     */
    record LeftOut(String capability, String version, String requirement, String cause, String sentence) {}

    /** A version that is not chosen and says that it is useful beside {@code present}. */
    record Suggestion(String capability, String version, String requirement, String present) {}

    /**
     * Capabilities that need each other.
     *
     * @param members all of them, by code
     * @param path a shortest way round, from the first member back to it
     */
    record Cycle(List<String> members, List<String> path) {
        public Cycle {
            members = List.copyOf(members);
            path = List.copyOf(path);
        }
    }
}
