package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.sat4j.specs.TimeoutException;

/** What must hold in universes that are too large to look at every combination. */
class LargePropertyTests {
    private static Resolution resolve(RandomCase given) {
        return Resolver.resolve(given.universe(), given.request());
    }

    @Property(seed = "1", tries = 1_000)
    void whetherThereIsASolutionIsWhatSat4jSaysAndEverySolutionKeepsTheRules(@ForAll long seed)
            throws TimeoutException {
        RandomCase given = RandomCase.large(seed);
        Resolution resolution = resolve(given);
        boolean solvable = SatSolver.isSolvable(given);
        Statistics.collect(solvable);
        Statistics.coverage(coverage -> {
            coverage.check(true).percentage(share -> share > 20);
            coverage.check(false).percentage(share -> share > 20);
        });
        assertThat(resolution).isInstanceOf(solvable ? Resolution.Solved.class : Resolution.Unsolvable.class);
        if (resolution instanceof Resolution.Solved solved) {
            HardRules rules = new HardRules(given.request());
            assertThat(given.chosen(solved)).hasSameSizeAs(solved.entries());
            assertThat(given.chosen(solved).values()).allMatch(rules::isAllowed);
            assertThat(rules.isValid(given.chosen(solved))).isTrue();
            assertThat(rules.isFounded(given.chosen(solved))).isTrue();
        }
    }

    @Property(seed = "1", tries = 300)
    void theSameInputInAnyOrderGivesTheSameAnswer(
            @ForAll long seed, @ForAll @UniqueElements @Size(max = 3) List<Objective> objectives) {
        RandomCase given = RandomCase.large(seed).with(objectives);
        assertThat(resolve(given)).isEqualTo(resolve(given));
        assertThat(answer(resolve(given.shuffled(new Random(seed))))).isEqualTo(answer(resolve(given)));
    }

    @Property(seed = "1", tries = 1_000)
    void soItIsWhereSeveralExclusionsAreAboutTheSame(@ForAll long seed) {
        Random random = new Random(seed);
        for (RandomCase some : List.of(RandomCase.of(seed), RandomCase.large(seed))) {
            RandomCase given = some.excludingMore(random);
            assertThat(answer(resolve(given.shuffled(random)))).isEqualTo(answer(resolve(given)));
        }
    }

    /** What is chosen and why; which of several equal needs or obstacles is named goes by the order of a version. */
    private static String answer(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Solved solved ->
                List.of(
                                solved.entries().stream().map(Entry::version).toList(),
                                solved.entries().stream().map(Entry::reason).toList(),
                                solved.bindings(),
                                solved.suggestions().stream()
                                        .map(Suggestion::version)
                                        .toList(),
                                solved.cycles(),
                                solved.optimality())
                        .toString()
                        .replaceAll("name=need-\\d", "");
            case Resolution.Unsolvable(Explanation explanation, long _) ->
                explanation.toString().replaceAll("name=need-\\d", "");
            case Resolution.Exhausted _ -> resolution.toString();
        };
    }

    @Test
    void allThreadsGetTheSameAnswersFromOneUniverse() throws InterruptedException, ExecutionException {
        List<RandomCase> cases =
                LongStream.range(0, 40).mapToObj(RandomCase::large).toList();
        List<Universe> universes = cases.stream().map(RandomCase::universe).toList();
        List<Resolution> alone = cases.stream().map(LargePropertyTests::resolve).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Resolution>> together = new ArrayList<>();
            for (int i = 0; i < 8 * cases.size(); i++) {
                int number = i / 8;
                together.add(threads.submit(() -> Resolver.resolve(
                        universes.get(number), cases.get(number).request())));
            }
            for (int i = 0; i < together.size(); i++) {
                assertThat(together.get(i).get()).isEqualTo(alone.get(i / 8));
            }
        }
    }

    @Property(seed = "1", tries = 300)
    void whatNobodyMentionsChangesNothing(
            @ForAll long seed, @ForAll @UniqueElements @Size(max = 3) List<Objective> objectives) {
        RandomCase given = RandomCase.large(seed).with(objectives);
        Random random = new Random(seed);
        List<CapabilityVersion> more = new ArrayList<>();
        for (CapabilityVersion like : given.versions()) {
            // By code before, between and after the others; with needs and conflicts of its own, which nobody brings
            // in.
            String code = List.of("a", "c10a", "z").get(random.nextInt(3));
            SemVer number = SemVer.parse(more.size() + ".0.0");
            more.add(new CapabilityVersion(
                    code, number, Set.of(), List.of(), required(like), like.conflicts(), like.cost()));
        }
        more.addAll(given.versions());
        assertThat(answer(resolve(given.withVersions(more)))).isEqualTo(answer(resolve(given)));
    }

    /** Without what would make a suggestion. */
    private static List<Requirement> required(CapabilityVersion version) {
        return version.requirements().stream()
                .filter(each -> each.strength() != Strength.ENHANCING)
                .toList();
    }

    @Property(seed = "1", tries = 500)
    void whoNeedsLessIsStillSolved(@ForAll long seed) {
        RandomCase given = RandomCase.large(seed);
        Assume.that(resolve(given) instanceof Resolution.Solved);
        Resolution.Solved before = (Resolution.Solved) resolve(given);
        Random random = new Random(seed);
        List<CapabilityVersion> less = given.versions().stream()
                .map(each -> random.nextBoolean() ? each : withoutOne(each, random))
                .toList();
        RandomCase relaxed = given.withVersions(less);
        assertThat(new HardRules(given.request()).isValid(relaxed.chosen(before)))
                .isTrue();
        assertThat(resolve(relaxed)).isInstanceOf(Resolution.Solved.class);
    }

    private static CapabilityVersion withoutOne(CapabilityVersion version, Random random) {
        List<Requirement> requirements = new ArrayList<>(version.requirements());
        if (!requirements.isEmpty()) {
            requirements.remove(random.nextInt(requirements.size()));
        }
        return new CapabilityVersion(
                version.code(),
                version.number(),
                version.marks(),
                version.provides(),
                requirements,
                version.conflicts(),
                version.cost());
    }

    @Property(seed = "1", tries = 300)
    void ofTheFactsOfACoreNoneCanBeSparedAndEveryFixHelps(@ForAll long seed) throws TimeoutException {
        RandomCase given = RandomCase.large(seed);
        Resolution resolution = resolve(given);
        Assume.that(resolution instanceof Resolution.Unsolvable);
        Explanation explanation = ((Resolution.Unsolvable) resolution).explanation();
        CoreCheck check = new CoreCheck(given, explanation.core());
        if (check.isSmallEnough()) {
            assertThat(check.isContradictory(explanation.core())).isTrue();
            for (Fact fact : explanation.core()) {
                assertThat(check.isContradictory(CoreCheck.without(explanation.core(), fact)))
                        .describedAs("without %s", fact)
                        .isFalse();
            }
        }
        for (Fix fix : explanation.fixes()) {
            assertThat(SatSolver.isSolvable(given.with(fix.applyTo(given.request()))))
                    .describedAs(fix.sentence())
                    .isTrue();
        }
    }
}
