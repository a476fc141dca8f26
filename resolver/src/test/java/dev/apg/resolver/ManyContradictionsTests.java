package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManyContradictionsTests {
    @ParameterizedTest
    @ValueSource(ints = {15, 40, 300})
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

    @Test
    void noFixIsOfferedTwice() {
        Universe universe = Universe.of(
                new CapabilityVersion(
                        "b",
                        SemVer.parse("2.0.0"),
                        Set.of(),
                        List.of(new Provision("queue", SemVer.parse("1.0.0"))),
                        List.of(Requirement.required(Target.capability("d", "*"))),
                        List.of(),
                        0),
                new CapabilityVersion(
                        "c",
                        SemVer.parse("2.0.0"),
                        Set.of(),
                        List.of(new Provision("queue", SemVer.parse("1.0.0"))),
                        List.of(),
                        List.of(Target.capability("d", "*")),
                        0),
                new CapabilityVersion(
                        "d",
                        SemVer.parse("2.0.0"),
                        Set.of(),
                        List.of(new Provision("queue", SemVer.parse("1.0.0"))),
                        List.of(),
                        List.of(),
                        0));
        Request request = Request.of(Root.capability("b", "1.0.0"), Root.capability("c", "*"));

        List<Fix> fixes = ((Resolution.Unsolvable) Resolver.resolve(universe, request))
                .explanation()
                .fixes();

        assertThat(fixes).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void contradictionsWithPinsAndExclusionsGetAFixForAllOfThem() {
        int count = 60;
        Universe.Builder builder = Universe.builder();
        List<Root> roots = new ArrayList<>();
        Map<String, SemVer> pins = new HashMap<>();
        List<Target> exclusions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String base = "base" + i;
            builder.add(version(base, "1.0.0", List.of()));
            builder.add(version(base, "2.0.0", List.of()));
            builder.add(version("old" + i, "1.0.0", List.of(Requirement.required(Target.capability(base, "^1.0.0")))));
            builder.add(version("new" + i, "1.0.0", List.of(Requirement.required(Target.capability(base, "^2.0.0")))));
            roots.add(Root.capability("old" + i, "*"));
            roots.add(Root.capability("new" + i, "*"));
            pins.put(base, SemVer.parse("1.0.0"));
            exclusions.add(Target.capability(base, "2.0.0"));
        }
        Universe universe = builder.build();
        Request request = Request.of(roots.toArray(Root[]::new)).withPins(pins).withExclusions(exclusions);

        Explanation explanation = ((Resolution.Unsolvable) Resolver.resolve(universe, request)).explanation();

        assertThat(explanation.fixes())
                .isNotEmpty()
                .allSatisfy(fix -> assertThat(Resolver.resolve(universe, Change.applyAll(fix.changes(), request)))
                        .isInstanceOf(Resolution.Solved.class));
    }

    private static CapabilityVersion version(String code, String number, List<Requirement> requirements) {
        return new CapabilityVersion(code, SemVer.parse(number), Set.of(), List.of(), requirements, List.of(), 0);
    }

    /** Two members that cannot be had, both of which the same third could replace. */
    @Test
    void a_fix_does_not_ask_for_the_same_twice() {
        Universe.Builder builder = Universe.builder();
        for (String code : List.of("a", "b", "c")) {
            List<Requirement> needs =
                    code.equals("a") ? List.of() : List.of(Requirement.required(Target.capability("missing", "*")));
            builder.add(new CapabilityVersion(
                    code,
                    SemVer.parse("1.0.0"),
                    Set.of(),
                    List.of(new Provision("store", SemVer.parse("1.0.0"))),
                    needs,
                    List.of(),
                    0));
        }
        builder.add(new CapabilityVersion(
                "b",
                SemVer.parse("2.0.0"),
                Set.of(),
                List.of(new Provision("store", SemVer.parse("1.0.0"))),
                List.of(),
                List.of(),
                0));
        Request request = Request.of(Root.capability("b", "^1.0.0"), Root.capability("c", "*"));

        var refused = (Resolution.Unsolvable) Resolver.resolve(builder.build(), request);

        assertThat(refused.explanation().fixes())
                .isNotEmpty()
                .allSatisfy(fix -> assertThat(fix.applyTo(request).roots())
                        .extracting(root -> root.target().code())
                        .doesNotHaveDuplicates());
    }
}
