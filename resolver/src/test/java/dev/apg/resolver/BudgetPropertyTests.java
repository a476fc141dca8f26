package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** With however few steps, what is answered is true, and the same every time. */
class BudgetPropertyTests {
    private static RandomCase given(long seed, Objective objective, long budget) {
        RandomCase given = RandomCase.of(seed);
        Request request = given.request().withPolicy(policy -> policy.withObjective(objective));
        return given.with(request.withStepBudget(budget));
    }

    @Property(seed = "1", tries = 1_000)
    void anAnswerIsTrueWhateverTheBudget(
            @ForAll long seed, @ForAll Objective objective, @ForAll @IntRange(min = 1, max = 500) int budget) {
        RandomCase given = given(seed, objective, budget);
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
        assertThat(solved.optimality().value()).isEqualTo(everything.cost(chosen));
        assertThat(solved.optimality().bound()).isLessThanOrEqualTo(everything.least());
    }

    @Property(seed = "1", tries = 300)
    void theSameBudgetGivesTheSameAnswer(
            @ForAll long seed, @ForAll Objective objective, @ForAll @IntRange(min = 1, max = 500) int budget) {
        RandomCase given = given(seed, objective, budget);
        assertThat(Resolver.resolve(given.universe(), given.request()))
                .isEqualTo(Resolver.resolve(given.universe(), given.request()));
    }
}
