package dev.apg.server.composition;

import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.HoldingCause;
import dev.apg.contract.composition.Outdated;
import dev.apg.contract.composition.OutdatedKind;
import dev.apg.contract.composition.Resolution;
import dev.apg.resolver.Allowance;
import dev.apg.resolver.Change;
import dev.apg.resolver.Effect;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Feasibility;
import dev.apg.resolver.Fix;
import dev.apg.resolver.Impact;
import dev.apg.resolver.Request;
import dev.apg.resolver.Resolver;
import dev.apg.resolver.Root;
import dev.apg.resolver.Target;
import dev.apg.resolver.UpgradePlan;
import dev.apg.resolver.engine.Interruption;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The entries of a lock beside the newer versions that there are. */
final class OutdatedEntries {
    /** Versions that only objectives keep out, and that are tried: each may take a search. */
    private static final int MOST_TRIES = 50;

    /** For finding the ranges and the pin that let one version in, and again for explaining what else is in the way. */
    private static final long MOST_STEPS_OF_A_CHANGE = 250_000;

    private final Resolved resolved;
    private final SortedMap<String, SemVer> lock;
    private final UpgradePlan plan;
    private final PlannedSteps planned;
    private final Standings standings;

    private final Map<String, SemVer> now;
    private final Map<String, SemVer> updated;
    private final Map<String, SemVer> open;
    private final List<Map<String, SemVer>> steps;
    private final Map<String, SemVer> last;

    private final Allowance allowance;

    /** Versions of which it was asked whether a pin lets them in. */
    private int tries;

    /** What is in the way of newer versions, by what was freed or opened; the last one of after all steps. */
    private final HeldBackReasons heldNow;

    private final Optional<HeldBackReasons> heldUpdated;
    private final Optional<HeldBackReasons> heldOpen;
    private final Optional<HeldBackReasons> heldLast;

    /**
     * @param told the steps of the plan; none if there is no plan
     * @param allowance what the plan left of the step budget
     * @param reasons in the states of the plan
     */
    OutdatedEntries(
            Resolved resolved,
            dev.apg.resolver.Resolution.Solved solved,
            SortedMap<String, SemVer> lock,
            UpgradePlan plan,
            List<Outdated.UpgradeStep> told,
            Allowance allowance,
            PlanReasons reasons) {
        this.resolved = resolved;
        this.allowance = allowance;
        this.lock = lock;
        this.plan = plan;
        this.planned = new PlannedSteps(plan, told);
        this.standings = new Standings(resolved.snapshot());
        this.now = solved.versions();
        this.updated = plan.updated().map(state -> state.solved().versions()).orElse(Map.of());
        this.open = plan.open().map(state -> state.solved().versions()).orElse(Map.of());
        this.steps = plan.steps().stream()
                .map(step -> step.state().solved().versions())
                .toList();
        this.last = steps.isEmpty() ? now : steps.getLast();
        this.heldNow = reasons.in(new UpgradePlan.State(resolved.request(), solved));
        this.heldUpdated = plan.updated().map(reasons::in);
        this.heldOpen = plan.open().map(reasons::in);
        this.heldLast = plan.steps().isEmpty()
                ? Optional.empty()
                : Optional.of(reasons.in(plan.steps().getLast().state()));
    }

    /** Where nothing was chosen, so that nothing can be said of what would be. */
    static List<Outdated.Entry> notChecked(Resolved resolved, SortedMap<String, SemVer> lock) {
        Standings standings = new Standings(resolved.snapshot());
        return lock.entrySet().stream()
                .map(entry -> new LockedCapability(resolved, standings, entry.getKey(), entry.getValue())
                        .entry(OutdatedKind.NOT_CHECKED, null, null, null, null, null, List.of()))
                .toList();
    }

    List<Outdated.Entry> all() {
        return lock.entrySet().stream()
                .map(entry -> entry(new LockedCapability(resolved, standings, entry.getKey(), entry.getValue())))
                .toList();
    }

    private Outdated.Entry entry(LockedCapability facts) {
        Interruption.check();
        String code = facts.code();
        SemVer chosen = now.get(code);
        if (chosen == null) {
            return facts.entry(OutdatedKind.NOT_CHOSEN, null, null, null, planned.of(code), planned(code), List.of());
        }
        Optional<SemVer> newest = facts.accepted();
        SemVer within = Stream.of(
                        chosen, updated.getOrDefault(code, chosen), plan.alone().getOrDefault(code, chosen))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        if (newest.filter(number -> within.compareTo(number) >= 0).isPresent() || newest.isEmpty()) {
            boolean current = chosen.equals(facts.current()) && within.equals(facts.current());
            // Where the plan prefers others, they are what is in its way.
            boolean passedOver = !within.equals(last.get(code));
            return facts.entry(
                    current ? OutdatedKind.UP_TO_DATE : OutdatedKind.WITHIN_RANGES,
                    within,
                    null,
                    passedOver
                            ? afterThePlan(code).orElseGet(() -> reason(code, List.of(heldUpdated)))
                            : reason(code, List.of()),
                    planned.to(code, within),
                    planned(code),
                    List.of());
        }
        if (plan.open().isEmpty() || plan.unknown().contains(code)) {
            return facts.entry(
                    OutdatedKind.NOT_CHECKED,
                    within,
                    null,
                    reason(code, List.of()),
                    planned.of(code),
                    planned(code),
                    List.of());
        }
        Optional<SemVer> changed = Stream.concat(possible(code), steps.stream())
                .flatMap(versions -> Stream.ofNullable(versions.get(code)))
                .filter(number -> number.compareTo(within) > 0)
                .max(Comparator.naturalOrder());
        boolean reached = changed.equals(newest);
        if (!reached && isLeftToTheObjectives(code)) {
            return notPreferred(facts, newest.get(), within);
        }
        if (!reached && mayBeChanged(code, newest.get())) {
            Optional<Outdated.Entry> changing = changing(facts, newest.get(), within);
            if (changing.isPresent()) {
                return changing.get();
            }
        }
        Integer step = planned.to(code, changed.orElse(within));
        return facts.entry(
                reached
                        ? OutdatedKind.NEEDS_RANGE_CHANGE
                        : heldNow.isKnown(code) ? OutdatedKind.BLOCKED : OutdatedKind.NOT_CHECKED,
                within,
                changed.orElse(null),
                reason(code, reached ? List.of(heldUpdated) : List.of(heldOpen, heldUpdated)),
                step,
                planned(code),
                changed.isPresent() && step != null && planned.isRangeChange(step)
                        ? planned.operations(step)
                        : List.of());
    }

    /** With all ranges and pins open; where an objective decides, other ranges and pins alone may not lead there. */
    private Stream<Map<String, SemVer>> possible(String code) {
        boolean decided = resolved.request().policy().objectives().isEmpty()
                || plan.left().contains(code);
        return decided ? Stream.of(open) : Stream.empty();
    }

    /** Whether other ranges and pins would let it in if the policy asked for nothing before it asks for newer versions. */
    private boolean mayBeChanged(String code, SemVer newest) {
        return !resolved.request().policy().objectives().isEmpty()
                && newest.equals(open.get(code))
                && allowance.left() > 0
                && tries++ < MOST_TRIES;
    }

    /** Where other ranges alone do not lead to it under the policy's objectives: those that do so with a pin. */
    private Optional<Outdated.Entry> changing(LockedCapability facts, SemVer newest, SemVer within) {
        String code = facts.code();
        long share = Math.clamp(allowance.left() / Impact.SHARES_OF_REFUSAL, 1, MOST_STEPS_OF_A_CHANGE);
        Request kept = resolved.request().withPrevious(now).withStepBudget(share);
        // An explanation does not tell what it took: this is the most.
        allowance.spend(Impact.SHARES_OF_REFUSAL * share);
        return Impact.ofVersion(resolved.snapshot().universe(), new ExactVersion(code, newest))
                                .whyRefused(kept)
                        instanceof Impact.Refusal.Contradiction(var explanation)
                ? explanation.fixes().stream()
                        .map(Fix::changes)
                        .filter(changes -> changes.stream().allMatch(Change.Setting.class::isInstance))
                        .findFirst()
                        .map(changes -> facts.entry(
                                OutdatedKind.NEEDS_RANGE_CHANGE,
                                within,
                                newest,
                                reason(code, List.of(heldUpdated)),
                                planned.of(code),
                                planned(code),
                                Explanations.operations(changes.stream()
                                        .map(Change.Setting.class::cast)
                                        .toList())))
                : Optional.empty();
    }

    /** Whether nothing single is in the way, and the policy asks for something else before it asks for newer versions. */
    private boolean isLeftToTheObjectives(String code) {
        return heldNow.of(code)
                .filter(held -> held.cause() == HoldingCause.OBJECTIVE
                        || held.next() != null && held.next().cause() == HoldingCause.OBJECTIVE)
                .isPresent();
    }

    /** What a pin would let in, which is what impact says of the version, too. */
    private Outdated.Entry notPreferred(LockedCapability facts, SemVer newest, SemVer within) {
        String code = facts.code();
        Resolution.HeldBack heldBack = heldNow.of(code).orElse(null);
        if (allowance.left() < 1 || tries++ >= MOST_TRIES) {
            return facts.entry(
                    OutdatedKind.NOT_CHECKED, within, null, heldBack, planned.of(code), planned(code), List.of());
        }
        Request kept = resolved.request().withPrevious(now).withStepBudget(allowance.left());
        Effect effect = Impact.ofVersion(resolved.snapshot().universe(), new ExactVersion(code, newest))
                .on(kept);
        allowance.spend(effect.steps());
        return switch (effect) {
            case Effect.Moved moved ->
                facts.entry(
                        OutdatedKind.NOT_PREFERRED,
                        within,
                        null,
                        heldBack,
                        planned.of(code),
                        planned(code),
                        List.of(new DraftOperation.Pin(code, newest.toString())));
            case Effect.Exhausted exhausted ->
                facts.entry(
                        OutdatedKind.NOT_CHECKED, within, null, heldBack, planned.of(code), planned(code), List.of());
            case Effect.None _, Effect.Refused _ -> {
                boolean possible = isPossible(code, newest);
                yield facts.entry(
                        possible ? OutdatedKind.NOT_PREFERRED : OutdatedKind.BLOCKED,
                        within,
                        null,
                        possible ? heldBack : reason(code, List.of(heldOpen, heldUpdated)),
                        planned.of(code),
                        planned(code),
                        possible ? List.of(new DraftOperation.AddMember(code, newest.toString(), null)) : List.of());
            }
        };
    }

    /** Where a pin does not lead to it, because what needs the capability takes another one then: whether asking for it does. */
    private boolean isPossible(String code, SemVer number) {
        Request request = resolved.request();
        if (allowance.left() < 1 || request.roots().stream().anyMatch(root -> isAbout(root, code))) {
            return false;
        }
        List<Root> roots = new ArrayList<>(request.roots());
        roots.add(Root.capability(code, number.toString()));
        Feasibility asked = Resolver.feasibility(
                resolved.snapshot().universe(), request.withRoots(roots).withStepBudget(allowance.left()));
        allowance.spend(asked.steps());
        return asked.known() == Feasibility.Known.SOLVABLE;
    }

    private static boolean isAbout(Root root, String code) {
        return root.target().kind() == Target.Kind.CAPABILITY
                && root.target().code().equals(code);
    }

    /** In the first of these states that has one, else as it stands; what the draft itself forbids comes first. */
    private Resolution.@Nullable HeldBack reason(String code, List<Optional<HeldBackReasons>> states) {
        Optional<Resolution.HeldBack> own = heldNow.of(code)
                .filter(held -> held.cause() == HoldingCause.PINNED || held.cause() == HoldingCause.EXCLUDED);
        if (own.isPresent()) {
            return own.get();
        }
        return Stream.concat(states.stream().flatMap(Optional::stream), Stream.of(heldNow))
                .flatMap(state -> state.of(code).stream())
                .findFirst()
                .orElse(null);
    }

    /** Of a state that is not today's: the sentence says so. */
    private Optional<Resolution.HeldBack> afterThePlan(String code) {
        return heldLast.flatMap(state -> state.of(code))
                .map(held -> new Resolution.HeldBack(
                        held.newest(),
                        held.cause(),
                        "After the plan, " + held.sentence(),
                        held.next(),
                        held.passedOver(),
                        held.kept()));
    }

    private @Nullable String planned(String code) {
        SemVer number = planned.isEmpty() && plan.open().isEmpty() ? null : last.get(code);
        return number == null ? null : number.toString();
    }
}
