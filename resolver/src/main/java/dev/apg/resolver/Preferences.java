package dev.apg.resolver;

import dev.apg.resolver.Resolution.Solved;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says what decided under the objectives of a policy, by solving again with something else supposed: a version that was not
 * chosen, or another provider of a need. For one solution and one thread; what it may do in all is bounded, so that saying why
 * costs no more than a few times what solving does.
 */
public final class Preferences {
    /** Of one search; an answer does not wait for the reason of a choice that is as hard as the whole. */
    private static final long MOST_STEPS_OF_ONE = 100_000;

    /** Versions between the newest and one that could be had, each of which takes a search. */
    private static final int MOST_PASSED_OVER = 3;

    private final Universe universe;
    private final Request request;
    private final Solved solved;
    private final Allowance allowance;

    /** Codes of entries. */
    private final Set<String> undecided = new HashSet<>();

    /** @param allowance that others may share */
    public Preferences(Universe universe, Request request, Solved solved, Allowance allowance) {
        this.universe = universe;
        this.request = request;
        this.solved = solved;
        this.allowance = allowance;
    }

    /** How a solution in which something is supposed compares with the one that was chosen. */
    public sealed interface Comparison {
        /** It is possible, and worse. */
        record Worse(Objective objective, long more) implements Comparison {}

        /** It is possible and as good under all objectives, so that the choice rule decided. */
        record AsGood() implements Comparison {}

        record Impossible() implements Comparison {}

        /** What the searches are allowed to cost did not suffice. */
        record NotKnown() implements Comparison {}
    }

    /** Whether the policy has objectives at all; without any, the choice rule decides everything. */
    public boolean decide() {
        return !request.policy().objectives().isEmpty();
    }

    /** How it would be with this version. */
    public Comparison with(ExactVersion version) {
        return compared(request, version);
    }

    /** How it would be if another capability met the need of a binding. */
    public Comparison with(String code, Binding binding) {
        List<Root> roots = new ArrayList<>(request.roots());
        VersionRange range = binding.need().targets().stream()
                .filter(target ->
                        target.kind() == Target.Kind.CAPABILITY && target.code().equals(code))
                .map(Target::range)
                .findFirst()
                .orElse(VersionRange.any());
        roots.add(new Root(Target.capability(code, range)));
        String provider = binding.provider().code();
        boolean onlyForThis = solved.bindings().stream()
                .filter(each -> each.provider().code().equals(provider))
                .allMatch(binding::equals);
        List<Target> exclusions = new ArrayList<>(request.exclusions());
        if (onlyForThis) {
            exclusions.add(Target.capability(provider, VersionRange.any()));
        }
        return compared(request.withRoots(roots).withExclusions(exclusions), null);
    }

    private Comparison compared(Request supposed, @Nullable ExactVersion wanted) {
        if (!allowance.tryOnce()) {
            return new Comparison.NotKnown();
        }
        long budget = Math.min(allowance.left(), MOST_STEPS_OF_ONE);
        Attempt attempt = Attempt.of(universe, supposed.withStepBudget(budget), wanted);
        Comparison found = attempt.isSolved()
                ? compared(attempt.solved().optimality().criteria())
                : attempt.isContradictory() ? new Comparison.Impossible() : new Comparison.NotKnown();
        allowance.spend(attempt.steps());
        return found;
    }

    /** The first difference tells, unless a longer search might make it another one. */
    private Comparison compared(List<Optimality.Criterion> then) {
        List<Optimality.Criterion> now = solved.optimality().criteria();
        for (int i = 0; i < now.size(); i++) {
            long more = then.get(i).value() - now.get(i).value();
            if (more > 0 && then.get(i).optimal()) {
                return new Comparison.Worse(now.get(i).objective(), more);
            }
            if (more != 0) {
                return new Comparison.NotKnown();
            }
        }
        return new Comparison.AsGood();
    }

    /** What holds an entry back; where a search finds that only an objective does, that and not what would have to move too. */
    public @Nullable HeldBack heldBack(Entry entry) {
        HeldBack held = entry.heldBack();
        if (held == null || !decide()) {
            return held;
        }
        HeldBack.Next next = held.next();
        HeldBack.Cause cause = refined(entry, held.newest(), held.cause(), held.others());
        boolean found = !cause.equals(held.cause());
        return new HeldBack(
                held.newest(),
                cause,
                found ? List.of() : held.others(),
                next == null
                        ? null
                        : new HeldBack.Next(next.number(), refined(entry, next.number(), next.cause(), List.of())),
                found ? null : passedOver(entry, held),
                held.kept());
    }

    /** The newest one, also where something else would have to move with it. */
    private HeldBack.@Nullable Next passedOver(Entry entry, HeldBack held) {
        HeldBack.Next found = held.passedOver();
        if (found == null) {
            return null;
        }
        String code = entry.version().code();
        List<SemVer> newer = universe.numbers(code).reversed().stream()
                .filter(number -> number.compareTo(held.newest()) < 0 && number.compareTo(found.number()) > 0)
                .filter(number -> !number.isPrerelease() || request.policy().prereleases())
                .limit(MOST_PASSED_OVER)
                .toList();
        for (SemVer number : newer) {
            if (with(new ExactVersion(code, number)) instanceof Comparison.Worse(Objective objective, long more)) {
                return new HeldBack.Next(number, new HeldBack.Cause.Aim(objective, more));
            }
        }
        return found;
    }

    private HeldBack.Cause refined(Entry entry, SemVer number, HeldBack.Cause cause, List<HeldBack.Cause> others) {
        if (!Stream.concat(Stream.of(cause), others.stream()).allMatch(Preferences::mayBePreference)) {
            return cause;
        }
        String code = entry.version().code();
        return switch (with(new ExactVersion(code, number))) {
            case Comparison.Worse(Objective objective, long more) -> new HeldBack.Cause.Aim(objective, more);
            case Comparison.NotKnown _ -> {
                undecided.add(code);
                yield cause;
            }
            case Comparison.AsGood _, Comparison.Impossible _ -> cause;
        };
    }

    /** Whether what {@link #heldBack} said of an entry might be another thing, if the searches were allowed to cost more. */
    public boolean isUndecided(String code) {
        return undecided.contains(code);
    }

    /** Whether something is in the way only because of what was chosen, and not of what the request says. */
    private static boolean mayBePreference(HeldBack.Cause cause) {
        return switch (cause) {
            case HeldBack.Cause.Range(Link need) -> need instanceof Link.Needed;
            case HeldBack.Cause.Conflict _, HeldBack.Cause.OwnNeed _, HeldBack.Cause.Objectives _ -> true;
            case HeldBack.Cause.Locked _,
                    HeldBack.Cause.Pinned _,
                    HeldBack.Cause.Excluded _,
                    HeldBack.Cause.NotAccepted _,
                    HeldBack.Cause.Aim _,
                    HeldBack.Cause.Combination _ -> false;
        };
    }
}
