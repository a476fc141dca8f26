package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.version.SemVer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which steps a plan has: that each of them holds is what {@link UpgradePlanPropertyTests} look at. */
class UpgradePlanTests {
    private static final long AMPLE = 1_000_000;

    @Test
    void what_goes_and_comes_again_waits_until_it_can_stay() {
        Universe universe = Universe.of(
                version("cart", "1.0.0")
                        .needs(Target.service("cache", "^1.0.0"))
                        .made(),
                version("cart", "2.0.0")
                        .needs(Target.service("cache", ">=1.1.0"))
                        .made(),
                version("redis", "6.0.0").provides("cache", "1.0.0").made(),
                version("redis", "7.0.0").provides("cache", "1.1.0").made(),
                version("redis", "8.0.0").provides("cache", "2.0.0").made(),
                version("valkey", "7.0.0")
                        .provides("cache", "1.1.0")
                        .conflicts("redis")
                        .made());
        Request request =
                Request.of(Root.capability("cart", "~1.0.0")).withPins(Map.of("redis", SemVer.parse("6.0.0")));
        assertThat(steps(universe, request))
                .containsExactly("cart 1.0.0, redis 7.0.0", "cart 2.0.0, redis 7.0.0", "cart 2.0.0, redis 8.0.0");
    }

    @Test
    void another_provider_of_a_service_is_no_step_by_itself() {
        Universe universe = Universe.of(
                version("aa", "1.0.0").provides("db", "1.1.0").made(),
                version("aa", "2.0.0").provides("db", "2.0.0").made(),
                version("mz", "1.0.0").provides("db", "1.0.0").made(),
                version("mz", "1.1.0").provides("db", "1.1.0").made(),
                version("erp", "1.0.0").needs(Target.service("db", "~1.0.0")).made(),
                version("erp", "2.0.0").needs(Target.service("db", "^1.0.0")).made());
        Request request = Request.of(Root.capability("erp", "~1.0.0"), Root.service("db", "^1.0.0"))
                .withPolicy(policy -> policy.withObjectives(Objective.FEWEST));
        assertThat(steps(universe, request)).allMatch(versions -> versions.split(", ").length == 2);
    }

    @Test
    void a_deprecated_version_is_left_first_also_where_its_pin_keeps_it() {
        Universe universe = Universe.of(
                version("pay", "1.0.0").marked(Mark.DEPRECATED).made(),
                version("pay", "1.1.0").made(),
                version("card", "2.0.0").made(),
                version("checkout", "1.0.0")
                        .needs(Target.capability("pay", "^1.0.0"), Target.capability("card", "*"))
                        .made(),
                version("checkout", "2.0.0")
                        .needs(Target.capability("card", "*"))
                        .made());
        Request request = Request.of(Root.capability("checkout", "~1.0.0"), Root.capability("pay", "^1.0.0"))
                .withPins(Map.of("pay", SemVer.parse("1.0.0")));
        assertThat(steps(universe, request).getFirst()).isEqualTo("checkout 1.0.0, pay 1.1.0");
    }

    @Test
    void the_order_of_the_roots_decides_nothing() {
        Universe universe = Universe.of(
                version("cache", "2.0.0").provides("queue", "1.0.0").made(),
                version("redis", "0.1.0").made(),
                version("redis", "2.0.0").provides("queue", "2.0.0").made());
        Root redis = Root.capability("redis", "^0.1.0");
        Root queue = Root.service("queue", "^1.0.0");
        Request request = Request.of(redis, queue).withPins(Map.of("redis", SemVer.parse("0.1.0")));

        assertThat(steps(universe, request)).containsExactly("cache 2.0.0, redis 2.0.0");
        assertThat(steps(universe, request.withRoots(List.of(queue, redis))))
                .containsExactly("cache 2.0.0, redis 2.0.0");
    }

    private static List<String> steps(Universe universe, Request request) {
        var now = (Resolution.Solved) Resolver.resolve(universe, request);
        return UpgradePlanner.plan(universe, request, now, AMPLE, Integer.MAX_VALUE).steps().stream()
                .map(step -> step.state().solved().entries().stream()
                        .map(entry -> entry.version().toString())
                        .sorted()
                        .toList())
                .map(versions -> String.join(", ", versions))
                .toList();
    }

    private static Version version(String code, String number) {
        return new Version(
                new CapabilityVersion(code, SemVer.parse(number), Set.of(), List.of(), List.of(), List.of(), 0));
    }

    /** Says one thing of a version after the other. */
    private record Version(CapabilityVersion made) {
        Version provides(String service, String number) {
            return with(made.marks(), List.of(new Provision(service, SemVer.parse(number))), made.requirements());
        }

        Version marked(Mark mark) {
            return with(Set.of(mark), made.provides(), made.requirements());
        }

        Version needs(Target... anyOf) {
            var requirement = new Requirement(anyOf[0].code(), Strength.REQUIRED, List.of(anyOf));
            return with(
                    made.marks(),
                    made.provides(),
                    Stream.concat(made.requirements().stream(), Stream.of(requirement))
                            .toList());
        }

        Version conflicts(String code) {
            return new Version(new CapabilityVersion(
                    made.code(),
                    made.number(),
                    made.marks(),
                    made.provides(),
                    made.requirements(),
                    List.of(Target.capability(code, "*")),
                    made.cost()));
        }

        private Version with(Set<Mark> marks, List<Provision> provides, List<Requirement> requirements) {
            return new Version(new CapabilityVersion(
                    made.code(), made.number(), marks, provides, requirements, made.conflicts(), made.cost()));
        }
    }
}
