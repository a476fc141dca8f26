package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ResolverAgainstTryingEverythingTests {
    private static String render(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Solved solved ->
                solved.entries().stream()
                        .map(each -> each.version().toString())
                        .sorted()
                        .collect(Collectors.joining(", "));
            case Resolution.Unsolvable _ -> "unsolvable";
            case Resolution.Exhausted _ -> "exhausted";
        };
    }

    private static String render(Optional<Map<String, CapabilityVersion>> chosen) {
        return chosen.map(map -> new TreeMap<>(map)
                        .values().stream().map(each -> each.exact().toString()).collect(Collectors.joining(", ")))
                .orElse("unsolvable");
    }

    @Property(seed = "1", tries = 3_000)
    void theAnswerIsTheOneThatTheRuleDefines(@ForAll long seed) {
        RandomCase given = RandomCase.of(seed);
        Resolution resolution = Resolver.resolve(given.universe(), given.request());
        assertThat(render(resolution)).isEqualTo(render(new TryEverything(given).byTheRule()));
    }

    @Property(seed = "1", tries = 1_000)
    void theOrderOfTheInputHasNoInfluence(@ForAll long seed) {
        RandomCase given = RandomCase.of(seed);
        RandomCase shuffled = given.shuffled(new Random(seed));
        assertThat(render(Resolver.resolve(shuffled.universe(), shuffled.request())))
                .isEqualTo(render(Resolver.resolve(given.universe(), given.request())));
    }
}
