package dev.apg.server.composition;

import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.Outdated;
import dev.apg.contract.composition.OutdatedKind;
import dev.apg.contract.composition.Resolution;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Raise;
import dev.apg.resolver.Root;
import dev.apg.resolver.UpgradePlan;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.catalog.VersionEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The entries of a lock beside the newer versions that there are. */
final class OutdatedEntries {
    /** Operations of one entry; beyond, only the steps of the plan have them. */
    private static final int MOST_OPERATIONS = 50;

    private final Resolved resolved;
    private final SortedMap<String, SemVer> lock;
    private final UpgradePlan plan;
    private final List<Outdated.UpgradeStep> told;
    private final Standings standings;

    private final Map<String, SemVer> now;
    private final Map<String, SemVer> updated;
    private final Map<String, SemVer> open;
    private final List<Map<String, SemVer>> steps;

    /** What is in the way of newer versions, by what was freed or opened. */
    private final Map<String, Resolution.HeldBack> heldNow;

    private final Map<String, Resolution.HeldBack> heldUpdated;
    private final Map<String, Resolution.HeldBack> heldOpen;

    /** @param told the steps of the plan; none if there is no plan */
    OutdatedEntries(
            Resolved resolved,
            dev.apg.resolver.Resolution.Solved solved,
            SortedMap<String, SemVer> lock,
            UpgradePlan plan,
            List<Outdated.UpgradeStep> told) {
        this.resolved = resolved;
        this.lock = lock;
        this.plan = plan;
        this.told = told;
        this.standings = new Standings(resolved.snapshot());
        this.now = solved.versions();
        this.updated = plan.updated().map(state -> state.solved().versions()).orElse(Map.of());
        this.open = plan.open().map(state -> state.solved().versions()).orElse(Map.of());
        this.steps = plan.steps().stream()
                .map(step -> step.state().solved().versions())
                .toList();
        this.heldNow = heldBack(resolved.answer());
        this.heldUpdated =
                plan.updated().map(state -> heldBack(told(resolved, state))).orElse(Map.of());
        this.heldOpen =
                plan.open().map(state -> heldBack(told(resolved, state))).orElse(Map.of());
    }

    static Resolution told(Resolved resolved, UpgradePlan.State state) {
        return resolved.supposing(resolved.policy(), state.request(), state.solved())
                .answer();
    }

    static Map<String, Resolution.HeldBack> heldBack(Resolution answer) {
        Map<String, Resolution.HeldBack> heldBack = new HashMap<>();
        if (answer instanceof Resolution.Solved solved) {
            for (Resolution.ResolvedEntry entry : solved.entries()) {
                if (entry.heldBack() != null) {
                    heldBack.put(entry.capability(), entry.heldBack());
                }
            }
        }
        return heldBack;
    }

    /** Where nothing was chosen, so that nothing can be said of what would be. */
    static List<Outdated.Entry> notChecked(Resolved resolved, SortedMap<String, SemVer> lock) {
        Standings standings = new Standings(resolved.snapshot());
        return lock.entrySet().stream()
                .map(entry -> new Facts(resolved, standings, entry.getKey(), entry.getValue())
                        .entry(OutdatedKind.NOT_CHECKED, null, null, null, null, List.of()))
                .toList();
    }

    List<Outdated.Entry> all() {
        return lock.entrySet().stream()
                .map(entry -> entry(new Facts(resolved, standings, entry.getKey(), entry.getValue())))
                .toList();
    }

    private Outdated.Entry entry(Facts facts) {
        String code = facts.code;
        SemVer chosen = now.get(code);
        if (chosen == null) {
            return facts.entry(OutdatedKind.NOT_CHOSEN, null, null, null, null, List.of());
        }
        Optional<SemVer> newest = facts.accepted();
        if (chosen.equals(facts.current)
                && newest.filter(number -> number.compareTo(chosen) > 0).isEmpty()) {
            return facts.entry(OutdatedKind.UP_TO_DATE, chosen, null, heldNow.get(code), null, List.of());
        }
        SemVer within = Stream.of(
                        chosen, updated.getOrDefault(code, chosen), plan.alone().getOrDefault(code, chosen))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        if (newest.filter(number -> within.compareTo(number) >= 0).isPresent()) {
            return facts.entry(
                    OutdatedKind.WITHIN_RANGES, within, null, heldNow.get(code), step(code, within), List.of());
        }
        if (plan.open().isEmpty() || plan.unknown().contains(code)) {
            return facts.entry(OutdatedKind.NOT_CHECKED, within, null, heldNow.get(code), null, List.of());
        }
        Optional<SemVer> changed = Stream.concat(Stream.of(open), steps.stream())
                .flatMap(versions -> Stream.ofNullable(versions.get(code)))
                .filter(number -> number.compareTo(within) > 0)
                .max(Comparator.naturalOrder());
        boolean reached = newest.isPresent() && changed.equals(newest);
        Integer step = step(code, changed.orElse(within));
        return facts.entry(
                reached ? OutdatedKind.NEEDS_RANGE_CHANGE : OutdatedKind.BLOCKED,
                within,
                changed.orElse(null),
                (reached ? Stream.of(heldUpdated, heldNow) : Stream.of(heldOpen, heldUpdated, heldNow))
                        .flatMap(held -> Stream.ofNullable(held.get(code)))
                        .findFirst()
                        .orElse(null),
                step,
                changed.isPresent() && step != null ? operations(step) : List.of());
    }

    /** The number of the first step that leads to a version. */
    private @Nullable Integer step(String code, SemVer number) {
        return told.stream()
                .filter(step -> step.moves().stream()
                        .anyMatch(move -> move.capability().equals(code)
                                && number.toString().equals(move.to())))
                .map(Outdated.UpgradeStep::number)
                .findFirst()
                .orElse(null);
    }

    /** What the step changes; together with what the steps before it changed, if it needs those. */
    private List<DraftOperation> operations(int number) {
        int at = number - 1 - (told.size() - plan.steps().size());
        UpgradePlan.Step step = plan.steps().get(at);
        List<Raise> raises =
                step.standsAlone() ? step.raises() : latest(plan.steps().subList(0, at + 1));
        // Hundreds of entries that move together would each say all of it again.
        return raises.size() > MOST_OPERATIONS ? List.of() : RaiseWords.operations(raises);
    }

    private static List<Raise> latest(List<UpgradePlan.Step> steps) {
        Map<Object, Raise> raises = new LinkedHashMap<>();
        for (UpgradePlan.Step step : steps) {
            for (Raise raise : step.raises()) {
                Object subject = switch (raise) {
                    case Raise.Range(Root root, var range) ->
                        List.of(root.target().kind(), root.target().code());
                    case Raise.Pin(String code, var from, var to) -> code;
                };
                raises.put(subject, raise);
            }
        }
        return new ArrayList<>(raises.values());
    }

    /** What the catalogue has of a capability. */
    private record Facts(Resolved resolved, Standings standings, String code, SemVer current) {

        private Outdated.Entry entry(
                OutdatedKind kind,
                @Nullable SemVer within,
                @Nullable SemVer changed,
                Resolution.@Nullable HeldBack heldBack,
                @Nullable Integer step,
                List<DraftOperation> operations) {
            Optional<VersionEntry> now = standings.of(code, current.toString());
            Optional<SemVer> newest = newer().findFirst();
            Optional<VersionEntry> standing = newest.flatMap(number -> standings.of(code, number.toString()));
            return new Outdated.Entry(
                    code,
                    current.toString(),
                    now.map(VersionEntry::state).orElse(null),
                    now.map(VersionEntry::stateReason).orElse(null),
                    kind,
                    newest.map(SemVer::toString).orElse(null),
                    standing.map(VersionEntry::state).orElse(null),
                    standing.map(VersionEntry::stateReason).orElse(null),
                    within == null ? null : within.toString(),
                    changed == null ? null : changed.toString(),
                    accepted()
                            .filter(number -> !number.equals(current))
                            .map(number -> LockDiff.size(current, number))
                            .orElse(null),
                    heldBack,
                    step,
                    operations);
        }

        /** All that may be chosen somewhere, the newest first; pre-releases where they count. */
        private Stream<SemVer> newer() {
            boolean prereleases = resolved.policy().prereleases() || current.isPrerelease();
            return resolved.snapshot().universe().numbers(code).reversed().stream()
                    .filter(number -> prereleases || !number.isPrerelease());
        }

        /** The newest version that the policy accepts. */
        private Optional<SemVer> accepted() {
            return newer().filter(number -> resolved.snapshot()
                            .universe()
                            .version(new ExactVersion(code, number))
                            .filter(version ->
                                    resolved.request().policy().accepted().containsAll(version.marks()))
                            .isPresent())
                    .findFirst();
        }
    }
}
