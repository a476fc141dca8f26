package dev.apg.contract.composition;

import dev.apg.contract.capability.Status;
import dev.apg.contract.capability.VersionState;
import dev.apg.contract.composition.Resolution.HeldBack;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What newer versions there are of what a lock holds, and how to get there.
 *
 * @param revision whose lock it is; absent if the composition was never frozen, and its draft's solution is looked at
 * @param draftNumber of the draft whose ranges and pins count, and that operations are meant for
 * @param entries by capability, one for each entry of the lock
 * @param plan absent if the draft has no solution, or none was found within the step budget
 * @param unsolvable why the draft has no solution; nothing is checked then
 * @param steps how much of the step budget was used
 */
public record Outdated(
        @Nullable Integer revision,
        long draftNumber,
        List<Entry> entries,
        @Nullable Plan plan,
        @Nullable Explanation unsolvable,
        long steps) {
    public Outdated {
        entries = List.copyOf(entries);
    }

    /**
     * One entry of the lock.
     *
     * @param state of the current version, and {@code stateReason} why, unless it is published
     * @param status of the capability, if it is deprecated or retired
     * @param newest the newest version that there is, itself if none is newer; pre-releases count where the policy takes them or
     *     it is one. Absent if nothing is left of the capability but purged versions
     * @param newestState of that one, and {@code newestReason} why, unless it is published
     * @param withinRanges the newest version that the draft admits as it stands, next to one solution of the rest; absent if the
     *     capability is not chosen then
     * @param withinRangesState state of that one, unless it is published
     * @param withChanges the newest version that other ranges and pins of the draft let in; absent if that is none that is newer
     *     than {@code withinRanges}
     * @param withChangesState state of that one, unless it is published
     * @param size from the current version to the newest one that the policy accepts; absent if that is the current one
     * @param heldBack what is in the way of the newest one
     * @param planStep number of the step of the plan that brings it to {@code withChanges}, or to {@code withinRanges} without
     *     one; where no step does, of the first that moves it at all
     * @param planned the version after all steps; absent without a plan, and if it is gone then
     * @param operations of the draft that let {@code withChanges} in, to be applied as they are, with an update of all; they do
     *     not need the plan's steps before. Empty where there would be more than 50: {@code planStep} and those before have them
     */
    public record Entry(
            String capability,
            String current,
            @Nullable VersionState state,
            @Nullable String stateReason,
            @Nullable Status status,
            OutdatedKind kind,
            @Nullable String newest,
            @Nullable VersionState newestState,
            @Nullable String newestReason,
            @Nullable String withinRanges,
            @Nullable VersionState withinRangesState,
            @Nullable String withChanges,
            @Nullable VersionState withChangesState,
            @Nullable ReleaseSize size,
            @Nullable HeldBack heldBack,
            @Nullable Integer planStep,
            @Nullable String planned,
            List<DraftOperation> operations) {
        public Entry {
            operations = List.copyOf(operations);
        }
    }

    /**
     * Steps in order: first those away from deprecated versions and the like, then the smallest risk first. Each leads to a draft that has a solution, found by solving again.
     *
     * @param left capabilities that could move and that no step moves: more than the plan may have steps, or the step budget ran
     *     out. Asking again after these steps gives the rest
     * @param outOfReach what is not at its newest version after all steps, and why
     * @param older what an update of everything would take in an older version than the steps lead to; none of them does
     */
    public record Plan(List<UpgradeStep> steps, List<String> left, List<OutOfReach> outOfReach, List<Older> older) {
        public Plan {
            steps = List.copyOf(steps);
            left = List.copyOf(left);
            outOfReach = List.copyOf(outOfReach);
            older = List.copyOf(older);
        }
    }

    /**
     * One step.
     *
     * @param size of the largest move; another capability in the place of one counts as a major release
     * @param operations to be applied to the draft as they are, in this order
     * @param resolve the options to resolve, validate and freeze with: they free of the lock what this step and those before update
     * @param moves by capability, from what the steps before lead to
     * @param swaps needs that another capability meets then
     * @param standsAlone whether the operations do without the steps before, too, if everything is updated
     */
    public record UpgradeStep(
            int number,
            UpgradeStepKind kind,
            ReleaseSize size,
            String sentence,
            List<DraftOperation> operations,
            ResolveOptions resolve,
            List<VersionChange> moves,
            List<BindingChange> swaps,
            boolean standsAlone) {
        public UpgradeStep {
            operations = List.copyOf(operations);
            moves = List.copyOf(moves);
            swaps = List.copyOf(swaps);
        }
    }

    /** A version that the steps lead to, and the older one that an update of everything would take. */
    public record Older(String capability, String version, String older, String sentence) {}

    /** A version that the steps lead to, and a newer one that they do not. */
    public record OutOfReach(String capability, String version, String newest, String sentence) {}
}
