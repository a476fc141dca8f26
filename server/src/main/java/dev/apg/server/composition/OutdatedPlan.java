package dev.apg.server.composition;

import dev.apg.contract.composition.BindingChange;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.HoldingCause;
import dev.apg.contract.composition.Outdated;
import dev.apg.contract.composition.ReleaseSize;
import dev.apg.contract.composition.Resolution;
import dev.apg.contract.composition.ResolveOptions;
import dev.apg.contract.composition.UpgradeStepKind;
import dev.apg.contract.composition.VersionChange;
import dev.apg.resolver.Objective;
import dev.apg.resolver.Request;
import dev.apg.resolver.UpgradePlan;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The steps from a lock to newer versions, as they travel. */
final class OutdatedPlan {
    /** Capabilities that the sentence of a step names; its moves name all. */
    private static final int MOST_TOLD = 5;

    private final Resolved resolved;
    private final DraftRow row;
    private final dev.apg.resolver.Resolution.Solved now;
    private final UpgradePlan plan;
    private final Optional<Integer> revision;
    private final PlanReasons reasons;
    private final Standings standings;

    private final List<Outdated.UpgradeStep> steps = new ArrayList<>();

    /** What the steps so far lead to. */
    private LockSide at;

    /** @param revision that was named, and that what keeps its versions has to name as well */
    OutdatedPlan(
            Resolved resolved,
            DraftRow row,
            dev.apg.resolver.Resolution.Solved now,
            UpgradePlan plan,
            Optional<Integer> revision,
            PlanReasons reasons) {
        this.resolved = resolved;
        this.row = row;
        this.now = now;
        this.plan = plan;
        this.revision = revision;
        this.reasons = reasons;
        this.standings = new Standings(resolved.snapshot());
        this.at = resolved.before().map(Resolved.Before::revision).orElseGet(() -> side(row.draft(), now));
    }

    private LockSide side(Draft draft, dev.apg.resolver.Resolution.Solved solved) {
        return new LockSide(
                draft,
                Locks.of(
                        row.code(),
                        solved,
                        draft.policy(),
                        version -> resolved.entry(version).digest()));
    }

    Outdated.Plan told() {
        addAsItStands();
        plan.steps().forEach(this::add);
        UpgradePlan.State last = plan.steps().isEmpty()
                ? new UpgradePlan.State(resolved.request(), now)
                : plan.steps().getLast().state();
        return new Outdated.Plan(steps, plan.left(), outOfReach(last), older(last));
    }

    /** What an update of everything takes back, and no step does. */
    private List<Outdated.Older> older(UpgradePlan.State last) {
        Map<String, SemVer> updated =
                plan.updated().map(state -> state.solved().versions()).orElse(Map.of());
        Map<String, SemVer> reached = last.solved().versions();
        String why = ownAim(last.request())
                .map(aim -> "the policy asks for %s before it asks for newer versions".formatted(aim))
                .orElse("what is preferred beside it keeps the newer one out");
        return new TreeMap<>(now.versions())
                .entrySet().stream()
                        .filter(entry -> isOlder(updated.get(entry.getKey()), entry.getValue())
                                && reached.containsKey(entry.getKey())
                                && !isOlder(reached.get(entry.getKey()), entry.getValue()))
                        .map(entry -> {
                            SemVer other = updated.get(entry.getKey());
                            return new Outdated.Older(
                                    entry.getKey(),
                                    String.valueOf(reached.get(entry.getKey())),
                                    String.valueOf(other),
                                    "An update of everything would take %s %s, which is older than %s: %s."
                                            .formatted(entry.getKey(), other, entry.getValue(), why));
                        })
                        .toList();
    }

    private static boolean isOlder(@Nullable SemVer number, SemVer than) {
        return number != null && number.compareTo(than) < 0;
    }

    /** What the policy asks for that may speak for an older version. */
    private static Optional<String> ownAim(Request request) {
        String words = request.policy().objectives().stream()
                .filter(objective -> objective != Objective.MINIMAL_CHANGE)
                .map(Objective::words)
                .collect(Collectors.joining(" and "));
        return Optional.of(words).filter(told -> !told.isEmpty());
    }

    private void addAsItStands() {
        LockSide next = side(row.draft(), now);
        List<VersionChange> moves = LockDiff.versions(
                at,
                next,
                ownAim(resolved.request())
                        .map(aim -> Between.step(
                                standings, "the policy asks for %s, and has this for it now".formatted(aim)))
                        .orElseGet(() -> Between.unfrozen(standings)));
        List<BindingChange> swaps = BindingDiff.swaps(at, next, false);
        at = next;
        if (moves.isEmpty() && swaps.isEmpty()) {
            return;
        }
        ReleaseSize largest = swaps.isEmpty()
                ? moves.stream()
                        .map(VersionChange::size)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(ReleaseSize.PATCH)
                : ReleaseSize.MAJOR;
        List<DraftOperation> none = List.of();
        steps.add(new Outdated.UpgradeStep(
                1,
                UpgradeStepKind.AS_IT_STANDS,
                largest,
                "Take what the draft resolves to as it stands.",
                none,
                options(resolved.request()),
                moves,
                swaps,
                true));
    }

    private void add(UpgradePlan.Step step) {
        boolean raises = !step.raises().isEmpty();
        List<DraftOperation> operations = Explanations.operations(step.raises());
        Draft before = at.draft();
        Draft draft = before;
        for (DraftOperation operation : operations) {
            draft = draft.apply(operation);
        }
        LockSide next = side(draft, step.state().solved());
        String free = ownAim(step.state().request())
                .map(aim -> "the policy asks for %s, and nothing but the lock is in the way of it".formatted(aim))
                .orElse("nothing but the lock is in the way of it");
        String otherwise = raises ? "the change of this step takes it along" : free;
        List<VersionChange> moves = LockDiff.versions(at, next, Between.step(standings, otherwise));
        steps.add(new Outdated.UpgradeStep(
                steps.size() + 1,
                raises ? UpgradeStepKind.RANGE_CHANGE : UpgradeStepKind.WITHIN_RANGES,
                ReleaseSize.valueOf(step.size().name()),
                raises ? RaiseWords.sentence(step.raises(), before) : updating(moves),
                operations,
                options(step.state().request()),
                moves,
                BindingDiff.swaps(at, next, false),
                step.standsAlone()));
        at = next;
    }

    private static String updating(List<VersionChange> moves) {
        List<String> codes = moves.stream()
                .filter(move -> move.kind() != VersionChange.Kind.ADDED)
                .map(VersionChange::capability)
                .toList();
        String told = codes.size() > MOST_TOLD
                ? "%s and %d more".formatted(String.join(", ", codes.subList(0, MOST_TOLD)), codes.size() - MOST_TOLD)
                : String.join(", ", codes);
        return "Update %s within the ranges and pins of the draft.".formatted(told);
    }

    private ResolveOptions options(Request request) {
        Set<String> kept = request.previous().keySet();
        boolean all = !request.update().isEmpty() && request.update().containsAll(kept);
        List<String> update =
                all ? List.of() : request.update().stream().sorted().toList();
        return new ResolveOptions(revision.orElse(null), update, all, null);
    }

    private List<Outdated.OutOfReach> outOfReach(UpgradePlan.State last) {
        HeldBackReasons held = reasons.in(last);
        List<Outdated.OutOfReach> out = new ArrayList<>();
        new TreeMap<>(last.solved().versions())
                .forEach((code, number) -> held.of(code)
                        .ifPresent(reason -> newer(reason)
                                .ifPresent(newer -> out.add(
                                        new Outdated.OutOfReach(code, number.toString(), newer, reason.sentence())))));
        return out;
    }

    /** The newest version that the policy accepts; empty if only others are newer. */
    private static Optional<String> newer(Resolution.HeldBack held) {
        Resolution.HeldBack.Next next = held.next();
        return next != null
                ? Optional.of(next.version())
                : Optional.of(held.newest())
                        .filter(newest ->
                                held.cause() != HoldingCause.NOT_ACCEPTED && held.cause() != HoldingCause.PURGED);
    }
}
