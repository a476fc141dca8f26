package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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

    @Property(seed = "1", tries = 1_500)
    void whatChangesLittleIsTheBestWithAReasonForEverythingBehindAndBeforeOtherObjectives(
            @ForAll long seed, @ForAll @UniqueElements @Size(max = 2) List<Objective> others, @ForAll boolean first) {
        Assume.that(!others.contains(Objective.MINIMAL_CHANGE));
        List<Objective> objectives = new ArrayList<>(others);
        objectives.add(first ? 0 : others.size(), Objective.MINIMAL_CHANGE);
        RandomCase given = RandomCase.of(seed).with(objectives);
        TryEverything everything = new TryEverything(given);
        Assume.that(!everything.valid.isEmpty());
        Resolution.Solved solved = (Resolution.Solved) Resolver.resolve(given.universe(), given.request());
        Map<String, CapabilityVersion> chosen = given.chosen(solved);
        assertThat(everything.valid).contains(chosen);
        assertThat(new HardRules(given.request()).isFounded(chosen)).isTrue();
        assertThat(everything.costs(chosen)).isEqualTo(everything.least());
        // A reason may lead through a version that no need of the rule would have chosen, hence "contains".
        assertThat(chosen)
                .containsAllEntriesOf(
                        everything.byTheRule(everything.foundedCheapest()).orElseThrow());
        requireProven(everything.least(), solved.optimality());
    }
}
