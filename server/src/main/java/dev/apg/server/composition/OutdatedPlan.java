package dev.apg.server.composition;

import dev.apg.contract.composition.BindingChange;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.HoldingCause;
import dev.apg.contract.composition.Outdated;
import dev.apg.contract.composition.ReleaseSize;
import dev.apg.contract.composition.Resolution;
import dev.apg.contract.composition.ResolveOptions;
import dev.apg.contract.composition.VersionChange;
import dev.apg.resolver.UpgradePlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps from a lock to newer versions, as they travel. */
final class OutdatedPlan {
    private final Resolved resolved;
    private final DraftRow row;
    private final dev.apg.resolver.Resolution.Solved now;
    private final UpgradePlan plan;
    private final Optional<Integer> revision;
    private final Standings standings;

    private final List<Outdated.UpgradeStep> steps = new ArrayList<>();

    /** What the steps so far lead to. */
    private LockDiff.Side at;

    /** @param revision that was named, and that what keeps its versions has to name as well */
    OutdatedPlan(
            Resolved resolved,
            DraftRow row,
            dev.apg.resolver.Resolution.Solved now,
            UpgradePlan plan,
            Optional<Integer> revision) {
        this.resolved = resolved;
        this.row = row;
        this.now = now;
        this.plan = plan;
        this.revision = revision;
        this.standings = new Standings(resolved.snapshot());
        this.at = resolved.before().map(Resolved.Before::revision).orElseGet(() -> side(row.draft(), now));
    }

    private LockDiff.Side side(Draft draft, dev.apg.resolver.Resolution.Solved solved) {
        return new LockDiff.Side(
                draft,
                Locks.of(
                        row.code(),
                        solved,
                        draft.policy(),
                        version -> resolved.entry(version).digest()));
    }

    Outdated.Plan told() {
        UpgradePlan.State updated = plan.updated().orElseThrow();
        add(
                "as_it_stands",
                "Take what the draft resolves to as it stands.",
                side(row.draft(), now),
                Between.unfrozen(standings::told),
                false);
        add(
                "within_ranges",
                "Update everything within the ranges and pins of the draft.",
                side(row.draft(), updated.solved()),
                Between.step(standings::told, "nothing but the lock is in the way of it"),
                true);
        UpgradePlan.State last = updated;
        for (UpgradePlan.Step step : plan.steps()) {
            last = step.state();
            List<DraftOperation> operations = RaiseWords.operations(step.raises());
            Draft draft = at.draft();
            for (DraftOperation operation : operations) {
                draft = draft.apply(operation);
            }
            LockDiff.Side next = side(draft, last.solved());
            steps.add(new Outdated.UpgradeStep(
                    steps.size() + 1,
                    "range_change",
                    ReleaseSize.valueOf(step.size().name()),
                    RaiseWords.sentence(step.raises()),
                    operations,
                    options(true),
                    LockDiff.versions(
                            at,
                            next,
                            Between.step(standings::told, "that is what goes together with the rest of this step")),
                    BindingDiff.swaps(at, next, false),
                    step.standsAlone()));
            at = next;
        }
        return new Outdated.Plan(steps, !plan.left().isEmpty(), plan.left(), outOfReach(last));
    }

    private void add(String kind, String sentence, LockDiff.Side next, Between between, boolean update) {
        List<VersionChange> moves = LockDiff.versions(at, next, between);
        List<BindingChange> swaps = BindingDiff.swaps(at, next, false);
        at = next;
        if (moves.isEmpty() && swaps.isEmpty()) {
            return;
        }
        ReleaseSize largest = moves.stream()
                .map(VersionChange::size)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(ReleaseSize.MAJOR);
        List<DraftOperation> none = List.of();
        steps.add(new Outdated.UpgradeStep(
                steps.size() + 1, kind, largest, sentence, none, options(update), moves, swaps, true));
    }

    private ResolveOptions options(boolean update) {
        return new ResolveOptions(revision.orElse(null), List.of(), update, null);
    }

    private List<Outdated.OutOfReach> outOfReach(UpgradePlan.State last) {
        List<Outdated.OutOfReach> out = new ArrayList<>();
        if (OutdatedEntries.told(resolved, last) instanceof Resolution.Solved solved) {
            for (Resolution.ResolvedEntry entry : solved.entries()) {
                Resolution.HeldBack held = entry.heldBack();
                Optional<String> newer = newer(held);
                if (held != null && newer.isPresent()) {
                    out.add(new Outdated.OutOfReach(entry.capability(), entry.version(), newer.get(), held.sentence()));
                }
            }
        }
        out.sort(Comparator.comparing(Outdated.OutOfReach::capability));
        return out;
    }

    /** The newest version that the policy accepts; empty if only others are newer. */
    private static Optional<String> newer(Resolution.@Nullable HeldBack held) {
        if (held == null) {
            return Optional.empty();
        }
        Resolution.HeldBack.Next next = held.next();
        return next != null
                ? Optional.of(next.version())
                : Optional.of(held.newest())
                        .filter(newest ->
                                held.cause() != HoldingCause.NOT_ACCEPTED && held.cause() != HoldingCause.PURGED);
    }
}
