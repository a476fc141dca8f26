package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.engine.Patience;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

class ObjectivePropertyTests {
    private static RandomCase given(long seed, Objective... objectives) {
        return RandomCase.of(seed).with(List.of(objectives));
    }

    private static String render(Collection<CapabilityVersion> versions) {
        return new TreeSet<>(
                        versions.stream().map(each -> each.exact().toString()).toList())
                .toString();
    }

    private static void requireProven(List<Long> least, Optimality optimality) {
        assertThat(optimality.criteria())
                .extracting(Optimality.Criterion::value)
                .isEqualTo(least);
        assertThat(optimality.criteria())
                .extracting(Optimality.Criterion::bound)
                .isEqualTo(least);
    }

    private static void followsTheRuleAmongTheCheapest(RandomCase given) {
        TryEverything everything = new TryEverything(given);
        Assume.that(!everything.valid.isEmpty());
        Resolution.Solved solved = (Resolution.Solved) Resolver.resolve(given.universe(), given.request());
        requireProven(everything.least(), solved.optimality());
        assertThat(render(given.chosen(solved).values()))
                .isEqualTo(render(everything
                        .byTheRule(everything.cheapest())
                        .orElseThrow()
                        .values()));
    }

    @Property(seed = "1", tries = 500)
    void fewestIsTheRulesAnswerAmongThoseWithTheFewestCapabilities(@ForAll long seed) {
        followsTheRuleAmongTheCheapest(given(seed, Objective.FEWEST));
    }

    @Property(seed = "1", tries = 500)
    void cheapestIsTheRulesAnswerAmongThoseWithTheLeastCost(@ForAll long seed) {
        followsTheRuleAmongTheCheapest(given(seed, Objective.CHEAPEST));
    }

    @Property(seed = "1", tries = 500)
    void fewestAndThenCheapestIsTheRulesAnswerAmongTheCheapestOfTheFewest(@ForAll long seed) {
        followsTheRuleAmongTheCheapest(given(seed, Objective.FEWEST, Objective.CHEAPEST));
    }

    @Property(seed = "1", tries = 500)
    void cheapestAndThenFewestIsTheRulesAnswerAmongTheFewestOfTheCheapest(@ForAll long seed) {
        followsTheRuleAmongTheCheapest(given(seed, Objective.CHEAPEST, Objective.FEWEST));
    }

    /** Also where versions of the lock stay that no need of the rule would have led to. */
    private static void followsTheRuleKeepingWhatPays(RandomCase given) {
        TryEverything everything = new TryEverything(given);
        Assume.that(!everything.valid.isEmpty());
        Resolution.Solved solved = (Resolution.Solved) Resolver.resolve(given.universe(), given.request());
        requireProven(everything.least(), solved.optimality());
        assertThat(render(given.chosen(solved).values()))
                .isEqualTo(render(everything.byTheRuleKeeping().values()));
    }

    @Property(seed = "1", tries = 1_500)
    void whatChangesLittleIsTheRulesAnswerBehindAndBeforeOtherObjectives(
            @ForAll long seed, @ForAll @UniqueElements @Size(max = 2) List<Objective> others, @ForAll boolean first) {
        Assume.that(!others.contains(Objective.MINIMAL_CHANGE));
        List<Objective> objectives = new ArrayList<>(others);
        objectives.add(first ? 0 : others.size(), Objective.MINIMAL_CHANGE);
        followsTheRuleKeepingWhatPays(RandomCase.of(seed).with(objectives));
    }

    @Property(seed = "1", tries = 1_500)
    void soItIsInDenseUniversesWhateverTheObjectives(
            @ForAll long seed, @ForAll @UniqueElements @Size(min = 1, max = 3) List<Objective> objectives) {
        followsTheRuleKeepingWhatPays(RandomCase.dense(seed).with(objectives));
    }

    @Property(seed = "1", tries = 500)
    void whatStaysDoesNotDependOnHowTheSearchHelpsItself(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int conflicts, @ForAll boolean far) {
        RandomCase given = RandomCase.dense(seed).with(List.of(Objective.MINIMAL_CHANGE));
        TryEverything everything = new TryEverything(given);
        Assume.that(!everything.valid.isEmpty());
        Patience patience = new Patience(conflicts, far ? Integer.MAX_VALUE : 0);
        Attempt attempt = Attempt.of(given.universe(), given.request(), null, patience);
        assertThat(render(given.chosen(attempt.solved()).values()))
                .isEqualTo(render(everything.byTheRuleKeeping().values()));
    }
}
