package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.version.ReleaseSize;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class UpgradePlanPropertyTests {
    private static final long AMPLE = 10_000_000;
    private static final List<String> OLD_RANGES = List.of("1.0.0", "~1.0.0", "^1.0.0", "<2.0.0", "*");

    /** A solvable case as drafts are: no root is asked for twice. */
    private record Given(Universe universe, Request request, Resolution.Solved now) {
        static Given of(RandomCase random) {
            Request request = random.request().withUpdate(Set.of());
            Set<String> asked = new HashSet<>();
            Assume.that(request.roots().stream()
                    .allMatch(root ->
                            asked.add(root.target().kind() + root.target().code())));
            Universe universe = random.universe();
            Resolution resolution = Resolver.resolve(universe, request);
            Assume.that(resolution instanceof Resolution.Solved);
            return new Given(universe, request, (Resolution.Solved) resolution);
        }

        /** A case in which much is asked for in ranges of old versions, as in a draft that nobody looked after. */
        static Given aged(long seed) {
            RandomCase random = RandomCase.large(seed);
            Random dice = new Random(seed);
            Universe universe = random.universe();
            List<String> codes = new ArrayList<>(random.versions().stream()
                    .map(CapabilityVersion::code)
                    .distinct()
                    .toList());
            Collections.shuffle(codes, dice);
            List<Root> roots = new ArrayList<>();
            Map<String, SemVer> pins = new HashMap<>();
            for (String code : codes.subList(0, Math.min(codes.size(), 12))) {
                List<Root> more = new ArrayList<>(roots);
                more.add(Root.capability(code, OLD_RANGES.get(dice.nextInt(OLD_RANGES.size()))));
                Map<String, SemVer> pinned = new HashMap<>(pins);
                if (dice.nextInt(4) == 0) {
                    pinned.put(codes.get(dice.nextInt(codes.size())), SemVer.parse("1.0.0"));
                }
                if (Resolver.resolve(universe, request(more, pinned)) instanceof Resolution.Solved) {
                    roots = more;
                    pins = pinned;
                }
            }
            Request request = request(roots, pins);
            return new Given(universe, request, (Resolution.Solved) Resolver.resolve(universe, request));
        }

        /** The same with a lock of any versions, of which those are kept that still hold. */
        static Given frozen(long seed) {
            Given aged = aged(seed);
            Random dice = new Random(seed);
            Map<String, SemVer> lock = new TreeMap<>(aged.now().versions());
            lock.replaceAll((code, number) -> {
                List<SemVer> numbers = aged.universe().numbers(code);
                return dice.nextBoolean() ? number : numbers.get(dice.nextInt(numbers.size()));
            });
            Request request = aged.request().withPrevious(lock);
            return new Given(aged.universe(), request, (Resolution.Solved) Resolver.resolve(aged.universe(), request));
        }

        private static Request request(List<Root> roots, Map<String, SemVer> pins) {
            return Request.of(roots.toArray(Root[]::new)).withPins(pins);
        }

        /** How many capabilities provide a service in a range has a say in the order of the choices. */
        boolean asksForCapabilitiesOnly() {
            return request.roots().stream().allMatch(root -> root.target().kind() == Target.Kind.CAPABILITY);
        }

        /** What left a deprecated version, say, is not given up for what the choice rule prefers. */
        boolean hasMarked() {
            return now.entries().stream().anyMatch(entry -> !entry.marks().isEmpty());
        }

        UpgradePlan plan(int mostSteps) {
            return UpgradePlanner.plan(universe, request, now, AMPLE, mostSteps);
        }
    }

    private static Map<String, SemVer> versions(Resolution resolution) {
        Map<String, SemVer> versions = new TreeMap<>();
        assertThat(resolution).isInstanceOf(Resolution.Solved.class);
        ((Resolution.Solved) resolution)
                .entries()
                .forEach(entry ->
                        versions.put(entry.version().code(), entry.version().number()));
        return versions;
    }

    private static ReleaseSize size(Move move) {
        SemVer from = move.from();
        SemVer to = move.to();
        return from == null || to == null ? ReleaseSize.PATCH : ReleaseSize.between(from, to);
    }

    private static boolean isDown(Move move) {
        SemVer from = move.from();
        SemVer to = move.to();
        return from != null && to != null && to.compareTo(from) < 0;
    }

    private static void leadsStepByStepToWhatIsPossible(Given given) {
        UpgradePlan plan = given.plan(Integer.MAX_VALUE);
        Request request = given.request();
        Map<String, SemVer> before = versions(given.now());
        for (UpgradePlan.Step step : plan.steps()) {
            Set<String> update = step.state().request().update();
            assertThat(update).containsAll(request.update());
            request = Change.applyAll(step.raises(), request).withUpdate(update);
            assertThat(step.state().request()).isEqualTo(request);
            Map<String, SemVer> after = versions(Resolver.resolve(given.universe(), request));
            assertThat(versions(step.state().solved())).isEqualTo(after);
            assertThat(Move.between(before, after))
                    .isNotEmpty()
                    .allSatisfy(move -> assertThat(size(move)).isLessThanOrEqualTo(step.size()));
            before = after;
        }
        assertThat(plan.left()).isEmpty();
        if (given.asksForCapabilitiesOnly() && !given.hasMarked()) {
            UpgradePlan.State last = plan.steps().isEmpty()
                    ? plan.updated().orElseThrow()
                    : plan.steps().getLast().state();
            Map<String, SemVer> reached = versions(last.solved());
            Map<String, SemVer> open = versions(plan.open().orElseThrow().solved());
            // A plan goes forward only: where everything open takes something back, it may end before that.
            if (Move.between(reached, open).stream().noneMatch(UpgradePlanPropertyTests::isDown)) {
                assertThat(reached).isEqualTo(open);
            }
        }
        plan.alone()
                .forEach((code, number) -> assertThat(versions(Resolver.resolve(
                                given.universe(), given.request().withUpdate(Set.of(code)))))
                        .containsEntry(code, number));
    }

    @Property(seed = "1", tries = 2000)
    void everyStepIsSolvedAgainAndTheLastOneLeadsToWhatIsPossibleWithEverythingOpen(@ForAll long seed) {
        leadsStepByStepToWhatIsPossible(Given.of(RandomCase.of(seed)));
    }

    @Property(seed = "1", tries = 300)
    void soItIsInLargerUniverses(@ForAll long seed) {
        leadsStepByStepToWhatIsPossible(Given.of(RandomCase.large(seed)));
    }

    @Property(seed = "1", tries = 300)
    void soItIsWhereEverythingIsOld(@ForAll long seed) {
        leadsStepByStepToWhatIsPossible(Given.aged(seed));
    }

    @Property(seed = "1", tries = 300)
    void soItIsFromALock(@ForAll long seed) {
        leadsStepByStepToWhatIsPossible(Given.frozen(seed));
    }

    @Property(seed = "1", tries = 300)
    void everyStepIsWhatResolvingGivesUnderAnyObjective(@ForAll long seed, @ForAll Objective objective) {
        Given aged = Given.aged(seed);
        Request request = aged.request().withPolicy(policy -> policy.withObjectives(objective));
        Resolution now = Resolver.resolve(aged.universe(), request);
        assertThat(now).isInstanceOf(Resolution.Solved.class);
        Given given = new Given(aged.universe(), request, (Resolution.Solved) now);
        Request raised = request;
        Map<String, SemVer> before = versions(now);
        for (UpgradePlan.Step step : given.plan(Integer.MAX_VALUE).steps()) {
            raised = Change.applyAll(step.raises(), raised)
                    .withUpdate(step.state().request().update());
            Map<String, SemVer> after = versions(step.state().solved());
            assertThat(after).isEqualTo(versions(Resolver.resolve(given.universe(), raised)));
            assertThat(Move.between(before, after))
                    .anySatisfy(move -> assertThat(isDown(move)).isFalse());
            before = after;
        }
    }

    @Property(seed = "1", tries = 300)
    void aStepThatStandsAloneLeadsToItsVersionWithoutTheOthers(@ForAll long seed) {
        Given given = Given.aged(seed);
        Request request = given.request().withUpdate(given.request().previous().keySet());
        UpgradePlan plan = given.plan(Integer.MAX_VALUE);
        for (UpgradePlan.Step step : plan.steps()) {
            Map<String, SemVer> after = versions(step.state().solved());
            if (step.standsAlone()) {
                Map<String, SemVer> alone = versions(Resolver.resolve(given.universe(), onto(request, step)));
                assertThat(step.raises()).allSatisfy(raise -> {
                    String code = code(raise);
                    assertThat(alone.get(code)).isEqualTo(after.get(code));
                });
            }
        }
    }

    private static String code(Change.Setting raise) {
        return switch (raise) {
            case Change.SetRange(Root root, var range) -> root.target().code();
            case Change.SetPin(String code, var number) -> code;
        };
    }

    /** What the step says, said to a request in which the roots have other ranges yet. */
    private static Request onto(Request request, UpgradePlan.Step step) {
        Request changed = request;
        for (Change.Setting raise : step.raises()) {
            changed = switch (raise) {
                case Change.SetRange(Root root, var range) ->
                    changed.withRoots(changed.roots().stream()
                            .map(each -> each.target().kind() == root.target().kind()
                                            && each.target()
                                                    .code()
                                                    .equals(root.target().code())
                                    ? each.in(range)
                                    : each)
                            .toList());
                case Change.SetPin pin -> pin.applyTo(changed);
            };
        }
        return changed;
    }

    @Property(seed = "1", tries = 300)
    void whatABoundCutsOffIsSaid(@ForAll long seed) {
        Given given = Given.aged(seed);
        UpgradePlan whole = given.plan(Integer.MAX_VALUE);
        Assume.that(whole.steps().size() > 1);

        UpgradePlan cut = given.plan(1);

        assertThat(cut.steps()).hasSize(1);
        boolean arrived = versions(cut.steps().getFirst().state().solved())
                .equals(versions(whole.open().orElseThrow().solved()));
        assertThat(cut.left().isEmpty()).isEqualTo(arrived);
    }
}
