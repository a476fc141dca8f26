package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

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

    @Property(seed = "1", tries = 300)
    void theSameBudgetGivesTheSameAnswer(
            @ForAll long seed,
            @ForAll @UniqueElements @Size(max = 3) List<Objective> objectives,
            @ForAll @IntRange(min = 1, max = 500) int budget) {
        RandomCase given = given(seed, objectives, budget);
        assertThat(Resolver.resolve(given.universe(), given.request()))
                .isEqualTo(Resolver.resolve(given.universe(), given.request()));
    }
}
