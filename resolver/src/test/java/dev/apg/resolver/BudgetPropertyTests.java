package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

/** With however few steps, what is answered is true, and the same every time. */
class BudgetPropertyTests {
    private static RandomCase given(long seed, List<Objective> objectives, long budget) {
        RandomCase given = RandomCase.of(seed).with(objectives);
        return given.with(given.request().withStepBudget(budget));
    }

    @Property(seed = "1", tries = 1_000)
    void anAnswerIsTrueWhateverTheBudget(
            @ForAll long seed,
            @ForAll @UniqueElements @Size(max = 3) List<Objective> objectives,
            @ForAll @IntRange(min = 1, max = 500) int budget) {
        RandomCase given = given(seed, objectives, budget);
        TryEverything everything = new TryEverything(given);
        switch (Resolver.resolve(given.universe(), given.request())) {
            case Resolution.Solved solved -> checkBestFound(given, everything, solved);
            case Resolution.Unsolvable _ -> assertThat(everything.valid).isEmpty();
            case Resolution.Exhausted(long steps) -> assertThat(steps).isGreaterThan(budget);
        }
    }

    private static void checkBestFound(RandomCase given, TryEverything everything, Resolution.Solved solved) {
        Map<String, CapabilityVersion> chosen = given.chosen(solved);
        assertThat(everything.valid).contains(chosen);
        assertThat(new HardRules(given.request()).isFounded(chosen)).isTrue();
        List<Optimality.Criterion> criteria = solved.optimality().criteria();
        assertThat(criteria).extracting(Optimality.Criterion::value).isEqualTo(everything.costs(chosen));
        boolean bestSoFar = true;
        for (int i = 0; i < criteria.size(); i++) {
            long least = everything.least().get(i);
            // Behind one that is not as good as it could be, a bound is about answers that nobody looked for.
            assertThat(!bestSoFar || criteria.get(i).bound() <= least).isTrue();
            bestSoFar &= criteria.get(i).value() == least;
        }
        if (solved.optimality().optimal()) {
            assertThat(everything.costs(chosen)).isEqualTo(everything.least());
        }
    }

    /** With a budget that ends where the best sums may be known, and not yet which of the best sets the rule takes. */
    @Property(seed = "1", tries = 500)
    void whatIsCalledOptimalIsWhatAnAmpleBudgetChooses(
            @ForAll long seed,
            @ForAll @UniqueElements @Size(min = 1, max = 3) List<Objective> objectives,
            @ForAll @IntRange(min = 1, max = 100) int percent) {
        for (RandomCase some : List.of(RandomCase.of(seed), RandomCase.dense(seed), RandomCase.large(seed))) {
            RandomCase given = some.with(objectives);
            Resolution ample = Resolver.resolve(given.universe(), given.request());
            Request tight = given.request().withStepBudget(Math.max(1, ample.steps() * percent / 100));
            if (ample instanceof Resolution.Solved(var entries, var _, var _, var _, var _, var _, long _)
                    && Resolver.resolve(given.universe(), tight) instanceof Resolution.Solved solved
                    && solved.optimality().optimal()) {
                assertThat(solved.entries()).isEqualTo(entries);
            }
        }
    }

    /** A search of trials shares its budget with all others, also where it minimises. */
    @Property(seed = "1", tries = 200)
    void whatMinimisingTakesIsTakenFromTheBudgetOfTrials(
            @ForAll long seed, @ForAll @UniqueElements @Size(min = 1, max = 3) List<Objective> objectives) {
        RandomCase given = RandomCase.large(seed).with(objectives);
        Universe universe = given.universe();
        Attempt attempt = Attempt.of(universe, given.request(), null);
        Assume.that(attempt.isSolved());
        long first = attempt.steps();
        Attempt.Found found = attempt.found();
        Assume.that(attempt.steps() > first);
        Trials trials = new Trials(universe, null, attempt.steps());

        assertThat(trials.found(given.request())).contains(found);

        assertThat(trials.isSpent()).isTrue();
    }

    /** Another virtual machine orders what has no order of its own in another way: maps and sets of the JDK, say. */
    @Test
    void theSameBudgetGivesTheSameAnswerInEveryProcess() throws IOException, InterruptedException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AnswersOfManySeeds.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(other.waitFor()).isZero();
        assertThat(printed.strip()).isEqualTo(AnswersOfManySeeds.digest());
    }
}
