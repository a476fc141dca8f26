package dev.apg.server.composition;

import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.HoldingCause;
import dev.apg.contract.composition.Outdated;
import dev.apg.contract.composition.ReleaseSize;
import dev.apg.contract.composition.Resolution;
import dev.apg.contract.composition.ResolveOptions;
import dev.apg.contract.composition.VersionChange;
import dev.apg.resolver.UpgradePlan;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The steps from a lock to newer versions, as they travel. */
final class OutdatedPlan {
    private final Resolved resolved;
    private final dev.apg.resolver.Resolution.Solved now;
    private final SortedMap<String, SemVer> lock;
    private final UpgradePlan plan;
    private final Optional<Integer> revision;

    private final List<Outdated.UpgradeStep> steps = new ArrayList<>();

    /** @param revision that was named, and that what keeps its versions has to name as well */
    OutdatedPlan(
            Resolved resolved,
            dev.apg.resolver.Resolution.Solved now,
            SortedMap<String, SemVer> lock,
            UpgradePlan plan,
            Optional<Integer> revision) {
        this.resolved = resolved;
        this.now = now;
        this.lock = lock;
        this.plan = plan;
        this.revision = revision;
    }

    Outdated.Plan told() {
        UpgradePlan.State updated = plan.updated().orElseThrow();
        Map<String, SemVer> asItStands = OutdatedEntries.versions(now);
        List<Outdated.Move> first = moves(lock, asItStands);
        if (!first.isEmpty()) {
            add("as_it_stands", "Take what the draft resolves to as it stands.", first, false);
        }
        Map<String, SemVer> at = OutdatedEntries.versions(updated.solved());
        List<Outdated.Move> within = moves(asItStands, at);
        if (!within.isEmpty()) {
            add("within_ranges", "Update everything within the ranges and pins of the draft.", within, true);
        }
        UpgradePlan.State last = updated;
        for (UpgradePlan.Step step : plan.steps()) {
            last = step.state();
            Map<String, SemVer> next = OutdatedEntries.versions(last.solved());
            steps.add(new Outdated.UpgradeStep(
                    steps.size() + 1,
                    "range_change",
                    ReleaseSize.valueOf(step.size().name()),
                    RaiseWords.sentence(step.raises()),
                    RaiseWords.operations(step.raises()),
                    options(true),
                    moves(at, next),
                    step.standsAlone()));
            at = next;
        }
        return new Outdated.Plan(steps, !plan.left().isEmpty(), plan.left(), outOfReach(last));
    }

    private void add(String kind, String sentence, List<Outdated.Move> moves, boolean update) {
        ReleaseSize largest = moves.stream()
                .map(Outdated.Move::size)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(ReleaseSize.MAJOR);
        List<DraftOperation> none = List.of();
        steps.add(new Outdated.UpgradeStep(
                steps.size() + 1, kind, largest, sentence, none, options(update), moves, true));
    }

    private ResolveOptions options(boolean update) {
        return new ResolveOptions(revision.orElse(null), List.of(), update, null);
    }

    static List<Outdated.Move> moves(Map<String, SemVer> before, Map<String, SemVer> after) {
        var codes = new TreeSet<>(before.keySet());
        codes.addAll(after.keySet());
        List<Outdated.Move> moves = new ArrayList<>();
        for (String code : codes) {
            SemVer from = before.get(code);
            SemVer to = after.get(code);
            if (from == null && to != null) {
                moves.add(new Outdated.Move(VersionChange.Kind.ADDED, code, null, to.toString(), null));
            } else if (from != null && to == null) {
                moves.add(new Outdated.Move(VersionChange.Kind.REMOVED, code, from.toString(), null, null));
            } else if (from != null && to != null && !from.equals(to)) {
                moves.add(new Outdated.Move(
                        to.compareTo(from) > 0 ? VersionChange.Kind.UP : VersionChange.Kind.DOWN,
                        code,
                        from.toString(),
                        to.toString(),
                        OutdatedEntries.size(from, to)));
            }
        }
        return moves;
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
