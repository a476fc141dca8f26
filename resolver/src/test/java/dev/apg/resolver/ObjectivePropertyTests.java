package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ObjectivePropertyTests {
    private static RandomCase given(long seed, Objective objective) {
        RandomCase given = RandomCase.of(seed);
        return given.with(given.request().withPolicy(policy -> policy.withObjective(objective)));
    }

    private static String render(Collection<CapabilityVersion> versions) {
        return new TreeSet<>(
                        versions.stream().map(each -> each.exact().toString()).toList())
                .toString();
    }

    private static void followsTheRuleAmongTheCheapest(RandomCase given) {
        TryEverything everything = new TryEverything(given);
        Assume.that(!everything.valid.isEmpty());
        Resolution.Solved solved = (Resolution.Solved) Resolver.resolve(given.universe(), given.request());
        assertThat(solved.optimality()).isEqualTo(new Optimality(everything.least(), everything.least()));
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
    void minimalChangeChangesAsLittleAsIsPossibleWithAReasonForEverything(@ForAll long seed) {
        RandomCase given = given(seed, Objective.MINIMAL_CHANGE);
        TryEverything everything = new TryEverything(given);
        Assume.that(!everything.valid.isEmpty());
        Resolution.Solved solved = (Resolution.Solved) Resolver.resolve(given.universe(), given.request());
        Map<String, CapabilityVersion> chosen = given.chosen(solved);
        assertThat(everything.valid).contains(chosen);
        assertThat(new HardRules(given.request()).isFounded(chosen)).isTrue();
        assertThat(everything.cost(chosen)).isEqualTo(everything.least());
        // A reason may lead through a version that no need of the rule would have chosen, hence "contains".
        assertThat(chosen)
                .containsAllEntriesOf(
                        everything.byTheRule(everything.foundedCheapest()).orElseThrow());
        assertThat(solved.optimality()).isEqualTo(new Optimality(everything.least(), everything.least()));
    }
}
