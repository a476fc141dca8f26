package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ExplanationPropertyTests {
    private static Explanation explanationOf(RandomCase given) {
        Resolution resolution = Resolver.resolve(given.universe(), given.request());
        Assume.that(resolution instanceof Resolution.Unsolvable);
        return ((Resolution.Unsolvable) resolution).explanation();
    }

    @Property(tries = 500)
    void theCoreIsContradictoryAndEachOfItsFactsIsNeeded(@ForAll long seed) {
        RandomCase given = RandomCase.of(seed);
        List<Fact> core = explanationOf(given).core();
        CoreCheck check = new CoreCheck(given, core);
        Assume.that(check.isSmallEnough());
        assertThat(check.isContradictory(core)).isTrue();
        for (Fact fact : core) {
            assertThat(check.isContradictory(CoreCheck.without(core, fact)))
                    .describedAs("without %s", fact)
                    .isFalse();
        }
    }

    @Property(tries = 500)
    void theStepsNameEachFactOfTheCoreOnceAndBuildOnEarlierSteps(@ForAll long seed) {
        Explanation explanation = explanationOf(RandomCase.of(seed));
        List<Fact> said = explanation.steps().stream()
                .flatMap(step -> step.facts().stream())
                .toList();
        assertThat(said).containsExactlyInAnyOrderElementsOf(explanation.core());
        HashSet<String> earlier = new HashSet<>();
        for (Step step : explanation.steps()) {
            assertThat(earlier).containsAll(step.from());
            earlier.add(step.number());
        }
    }

    @Property(tries = 500)
    void everyFixMakesTheRequestSolvable(@ForAll long seed) {
        RandomCase given = RandomCase.of(seed);
        for (Fix fix : explanationOf(given).fixes()) {
            RandomCase fixed = given.with(fix.applyTo(given.request()));
            assertThat(new TryEverything(fixed).valid)
                    .describedAs(fix.sentence())
                    .isNotEmpty();
        }
    }
}
