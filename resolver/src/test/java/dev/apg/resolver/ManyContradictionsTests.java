package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManyContradictionsTests {
    @ParameterizedTest
    @ValueSource(ints = {15, 40, 100})
    void aDraftWithManyOutdatedRangesGetsAFixThatSolvesAndHasNarrowRanges(int members) {
        Universe.Builder builder = Universe.builder();
        for (int i = 0; i < members; i++) {
            for (String number : List.of("1.0.0", "3.1.0")) {
                builder.add(new CapabilityVersion(
                        "c" + i, SemVer.parse(number), Set.of(), List.of(), List.of(), List.of(), 0));
            }
        }
        Universe universe = builder.build();
        Request request = Request.of(IntStream.range(0, members)
                .mapToObj(i -> Root.capability("c" + i, "^2.0.0"))
                .toArray(Root[]::new));

        Explanation explanation = ((Resolution.Unsolvable) Resolver.resolve(universe, request)).explanation();

        List<Change> changes = explanation.fixes().getFirst().changes();
        assertThat(changes).hasSize(members);
        assertThat(changes)
                .allSatisfy(change -> assertThat(change)
                        .isInstanceOfSatisfying(
                                Change.SetRange.class,
                                set -> assertThat(set.range()).isEqualTo(VersionRange.parse("^3.1.0"))));
        assertThat(Resolver.resolve(universe, Change.applyAll(changes, request)))
                .isInstanceOf(Resolution.Solved.class);
    }
}
