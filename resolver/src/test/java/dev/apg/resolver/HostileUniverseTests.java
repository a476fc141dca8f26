package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostileUniverseTests {
    private static CapabilityVersion version(
            String code, String number, List<Requirement> needs, Provision... provides) {
        return new CapabilityVersion(code, SemVer.parse(number), Set.of(), List.of(provides), needs, List.of(), 0);
    }

    private static Requirement need(String code, String range) {
        return Requirement.required(Target.capability(code, range));
    }

    /** Runs on a stack that any recursion in proportion to depth would overflow. */
    private static Resolution onSmallStack(Universe universe, Request request) {
        FutureTask<Resolution> task = new FutureTask<>(() -> Resolver.resolve(universe, request));
        new Thread(null, task, "small", 256 << 10).start();
        try {
            return task.get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new AssertionError(failed);
        }
    }

    private static Universe chain(int length, List<Requirement> needsOfTheLast) {
        Universe.Builder builder = Universe.builder();
        for (int i = 0; i < length; i++) {
            List<Requirement> needs = i + 1 < length ? List.of(need("c" + (i + 1), "^1.0.0")) : needsOfTheLast;
            builder.add(version("c" + i, "1.0.0", needs));
        }
        return builder.build();
    }

    @Test
    void aChainOfAHundredThousandNeedsIsSolvedOnASmallStack() {
        int length = 100_000;
        Resolution resolution = onSmallStack(chain(length, List.of()), Request.of(Root.capability("c0", "*")));
        assertThat(resolution).isInstanceOf(Resolution.Solved.class);
        List<Entry> entries = ((Resolution.Solved) resolution).entries();
        assertThat(entries).hasSize(length);
        assertThat(entries.getFirst().version().code()).isEqualTo("c" + (length - 1));
        assertThat(entries.getFirst().reason()).hasSize(length);
    }

    @Test
    void aLongChainWithoutAnEndIsExplainedLinkByLink() {
        int length = 20_000;
        Universe universe = chain(length, List.of(need("missing", "*")));
        Resolution resolution = onSmallStack(universe, Request.of(Root.capability("c0", "*")));
        assertThat(resolution).isInstanceOf(Resolution.Unsolvable.class);
        Explanation explanation = ((Resolution.Unsolvable) resolution).explanation();
        assertThat(explanation.core()).hasSize(length + 1);
        assertThat(explanation.fixes()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void aLongChainIsTheBestUnderEveryObjective(Objective objective) {
        int length = 20_000;
        Request request = Request.of(Root.capability("c0", "*")).withPolicy(policy -> policy.withObjectives(objective));
        Resolution.Solved solved = (Resolution.Solved) onSmallStack(chain(length, List.of()), request);
        assertThat(solved.entries()).hasSize(length);
        assertThat(solved.optimality().optimal()).isTrue();
    }

    @Test
    void aLongCircleIsSolvedAndReportedAsACycle() {
        int length = 20_000;
        Universe.Builder builder = Universe.builder();
        for (int i = 0; i < length; i++) {
            builder.add(version("c" + i, "1.0.0", List.of(need("c" + (i + 1) % length, "*"))));
        }
        Resolution.Solved solved =
                (Resolution.Solved) onSmallStack(builder.build(), Request.of(Root.capability("c0", "*")));
        assertThat(solved.cycles()).hasSize(1);
        assertThat(solved.cycles().getFirst().members()).hasSize(length);
        assertThat(solved.cycles().getFirst().path()).hasSize(length + 1);
    }

    /** Two of everything on each floor, each of which needs both of the next; the last floor needs an end. */
    private static Universe diamonds(int depth, String endOfLeft, String endOfRight) {
        Universe.Builder builder = Universe.builder();
        for (int i = 0; i < depth; i++) {
            for (String number : List.of("1.0.0", "2.0.0")) {
                List<Requirement> both = List.of(need("l" + (i + 1), "*"), need("r" + (i + 1), "*"));
                builder.add(version("l" + i, number, i + 1 < depth ? both : List.of(need("end", endOfLeft))));
                builder.add(version("r" + i, number, i + 1 < depth ? both : List.of(need("end", endOfRight))));
            }
        }
        builder.add(version("end", "1.0.0", List.of()));
        builder.add(version("end", "2.0.0", List.of()));
        return builder.build();
    }

    private static final Request TOP_OF_DIAMONDS = Request.of(Root.capability("l0", "*"), Root.capability("r0", "*"));

    @Test
    void deepDiamondsAreSolvedWithoutTryingEveryPath() {
        Resolution resolution = onSmallStack(diamonds(1_000, "^1.0.0", "*"), TOP_OF_DIAMONDS);
        assertThat(resolution).isInstanceOf(Resolution.Solved.class);
        assertThat(resolution.steps()).isLessThan(100_000);
    }

    @Test
    void inDeepDiamondsItIsSoonKnownThatNothingCanBeSpared() {
        Request request = TOP_OF_DIAMONDS.withPolicy(policy -> policy.withObjectives(Objective.FEWEST));
        Resolution.Solved solved = (Resolution.Solved) onSmallStack(diamonds(1_000, "^1.0.0", "*"), request);
        assertThat(solved.optimality().criteria())
                .containsExactly(new Optimality.Criterion(Objective.FEWEST, 2_001, 2_001));
        assertThat(solved.steps()).isLessThan(1_000_000);
    }

    @Test
    void deepDiamondsThatCannotMeetAreRefusedWithoutTryingEveryPath() {
        Resolution resolution = onSmallStack(diamonds(300, "^1.0.0", "^2.0.0"), TOP_OF_DIAMONDS);
        assertThat(resolution).isInstanceOf(Resolution.Unsolvable.class);
        Explanation explanation = ((Resolution.Unsolvable) resolution).explanation();
        // A side of every floor, in both versions, and both sides of the last.
        assertThat(explanation.core()).contains(new Fact.OnlyOne("end"));
        assertThat(explanation.fixes()).isNotEmpty();
    }

    /** One pigeon more than holes: short to state, and no search by conflicts alone gets through many of them. */
    private static Universe pigeons(int holes) {
        Universe.Builder builder = Universe.builder();
        for (int pigeon = 0; pigeon <= holes; pigeon++) {
            List<Target> anyHole = new ArrayList<>();
            for (int hole = 0; hole < holes; hole++) {
                anyHole.add(Target.capability("place-" + hole, "" + pigeon + ".0.0"));
            }
            builder.add(
                    version("pigeon-" + pigeon, "1.0.0", List.of(new Requirement("hole", Strength.REQUIRED, anyHole))));
            for (int hole = 0; hole < holes; hole++) {
                builder.add(version("place-" + hole, pigeon + ".0.0", List.of()));
            }
        }
        return builder.build();
    }

    private static Request allPigeons(int holes) {
        List<Root> roots = new ArrayList<>();
        for (int pigeon = 0; pigeon <= holes; pigeon++) {
            roots.add(Root.capability("pigeon-" + pigeon, "*"));
        }
        return Request.of(roots.toArray(Root[]::new));
    }

    @Test
    void aFewPigeonsTooManyAreRefusedWithACoreOfThemAll() {
        Resolution resolution = onSmallStack(pigeons(4), allPigeons(4));
        assertThat(resolution).isInstanceOf(Resolution.Unsolvable.class);
        Explanation explanation = ((Resolution.Unsolvable) resolution).explanation();
        assertThat(explanation.core()).hasSize(5 + 5 + 4);
        assertThat(explanation.fixes()).isNotEmpty();
    }

    @Test
    void manyPigeonsUseUpTheStepBudgetAndTheAnswerSaysSo() {
        Request request = allPigeons(14).withStepBudget(200_000);
        Resolution resolution = onSmallStack(pigeons(14), request);
        assertThat(resolution).isInstanceOf(Resolution.Exhausted.class);
        assertThat(onSmallStack(pigeons(14), request).steps()).isEqualTo(resolution.steps());
    }

    /** Whoever provides what is asked for needs something of which each provider needs two things that never go together. */
    private static Universe providersOfWhatCannotBe(int providers) {
        Universe.Builder builder = Universe.builder();
        SemVer one = SemVer.parse("1.0.0");
        for (int i = 0; i < providers; i++) {
            builder.add(version("a-" + i, "1.0.0", List.of(service("t")), new Provision("s", one)));
        }
        for (String b : List.of("b-1", "b-2")) {
            builder.add(version(b, "1.0.0", List.of(service("u"), service("v")), new Provision("t", one)));
        }
        List<Target> conflicts = List.of(Target.capability("d-1", "*"), Target.capability("d-2", "*"));
        for (int i = 1; i <= 2; i++) {
            builder.add(new CapabilityVersion(
                    "c-" + i, one, Set.of(), List.of(new Provision("u", one)), List.of(), conflicts, 0));
            builder.add(version("d-" + i, "1.0.0", List.of(), new Provision("v", one)));
        }
        return builder.build();
    }

    private static Requirement service(String code) {
        return Requirement.required(Target.service(code, "*"));
    }

    @Test
    void whatNobodyCanProvideIsShownOnceAndNotForEachOfThoseWhoNeedIt() {
        Resolution resolution = onSmallStack(providersOfWhatCannotBe(50), Request.of(Root.service("s", "*")));
        Explanation explanation = ((Resolution.Unsolvable) resolution).explanation();
        assertThat(explanation.core()).hasSize(1 + 50 + 4 + 4);
        assertThat(explanation.steps())
                .extracting(Step::sentence)
                .filteredOn(sentence -> sentence.startsWith("Suppose "))
                .containsExactly(
                        "Suppose b-1 is 1.0.0.",
                        "Suppose c-1 is 1.0.0.",
                        "Suppose b-2 is 1.0.0.",
                        "Suppose c-1 is 1.0.0.");
        assertThat(explanation.steps().getLast().sentence()).endsWith("That cannot be.");
    }

    @Test
    void soIsWhatThousandsNeed() {
        Resolution resolution = onSmallStack(providersOfWhatCannotBe(5_000), Request.of(Root.service("s", "*")));
        Explanation explanation = ((Resolution.Unsolvable) resolution).explanation();
        assertThat(explanation.core()).hasSize(1 + 5_000 + 4 + 4);
        assertThat(explanation.steps().getLast().sentence()).startsWith(Narrator.LISTED);
    }

    @Test
    void thousandsOfProvidersOfOneServiceAreTriedInOrderOfCode() {
        Universe.Builder builder = Universe.builder();
        builder.add(version("shop", "1.0.0", List.of(Requirement.required(Target.service("store", "^1.0.0")))));
        for (int i = 0; i < 50_000; i++) {
            String code = String.format("store-%05d", i);
            List<Requirement> needs = i < 49_999 ? List.of(need("missing", "*")) : List.of();
            builder.add(version(code, "1.0.0", needs, new Provision("store", SemVer.parse("1.0.0"))));
        }
        Resolution.Solved solved =
                (Resolution.Solved) onSmallStack(builder.build(), Request.of(Root.capability("shop", "*")));
        assertThat(solved.entries()).extracting(each -> each.version().code()).containsExactly("store-49999", "shop");
        assertThat(solved.steps()).isLessThan(2_000_000);
    }

    /** Nobody has what all but the oldest need. */
    private static final Universe MILLION_VERSIONS = millionVersions();

    private static Universe millionVersions() {
        Universe.Builder builder = Universe.builder();
        for (int i = 0; i < 1_000_000; i++) {
            builder.add(version(
                    "big", "1." + i + ".0", i < 50 ? List.of() : List.of(need("missing", "^" + (i % 7) + ".0.0"))));
        }
        return builder.build();
    }

    @Test
    void aCapabilityOfAMillionVersionsIsSearchedFromTheNewest() {
        Resolution.Solved solved = (Resolution.Solved)
                onSmallStack(MILLION_VERSIONS, Request.of(Root.capability("big", "^1.0.0 <1.60.0 || 1.0.0")));
        assertThat(solved.entries())
                .extracting(each -> each.version().toString())
                .containsExactly("big 1.49.0");
    }

    @Test
    void aMillionVersionsOfWhichNoneOfTheNewestIsPossibleUseUpTheStepBudgetAtMost() {
        Request request = Request.of(Root.capability("big", "*")).withStepBudget(5_000_000);
        Resolution resolution = onSmallStack(MILLION_VERSIONS, request);
        assertThat(resolution).isInstanceOf(Resolution.Exhausted.class);
        assertThat(resolution.steps()).isBetween(5_000_000L, 10_000_000L);
    }

    /** What one fact after the other forbids is told before anything is decided. */
    @Test
    void membersThatAllConflictWithEveryVersionOfAnotherUseUpTheStepBudgetAtMost() {
        Universe.Builder builder = Universe.builder();
        for (int i = 0; i < 20_000; i++) {
            builder.add(version("big", "1." + i + ".0", List.of()));
        }
        List<Root> roots = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            builder.add(new CapabilityVersion(
                    "member-" + i,
                    SemVer.parse("1.0.0"),
                    Set.of(),
                    List.of(),
                    List.of(),
                    List.of(Target.capability("big", "*")),
                    0));
            roots.add(Root.capability("member-" + i, "*"));
        }
        Request request = Request.of(roots.toArray(Root[]::new)).withStepBudget(100_000);
        Resolution resolution = onSmallStack(builder.build(), request);
        assertThat(resolution).isInstanceOf(Resolution.Exhausted.class);
        assertThat(resolution.steps()).isBetween(100_000L, 200_000L);
    }
}
