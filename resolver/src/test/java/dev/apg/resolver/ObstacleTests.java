package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is told of versions and recommendations that were not chosen is what is in the way of them. */
class ObstacleTests {
    private static final Target S = Target.service("s", "^1.0.0");

    private static CapabilityVersion version(
            String code, String number, List<Provision> provides, List<Requirement> needs, Target... conflicts) {
        return new CapabilityVersion(code, SemVer.parse(number), Set.of(), provides, needs, List.of(conflicts), 1);
    }

    private static CapabilityVersion plain(String code, String number) {
        return CapabilityVersion.plain(code, number);
    }

    private static List<Provision> ofS() {
        return List.of(new Provision("s", SemVer.parse("1.0.0")));
    }

    private static Resolution.Solved solved(Universe universe, Request request) {
        return (Resolution.Solved) Resolver.resolve(universe, request);
    }

    private static HeldBack heldBack(Universe universe, Request request, String code) {
        return Objects.requireNonNull(solved(universe, request).entries().stream()
                .filter(entry -> entry.version().code().equals(code))
                .findFirst()
                .orElseThrow()
                .heldBack());
    }

    private static Request locked(String code) {
        return Request.of(Root.capability(code, "*")).withPrevious(Map.of(code, SemVer.parse("1.0.0")));
    }

    @Test
    void a_need_that_only_excluded_versions_meet_is_an_obstacle() {
        Requirement needsY = Requirement.required(Target.capability("y", "*"));
        Universe universe = Universe.of(
                plain("a", "1.0.0"), version("a", "2.0.0", List.of(), List.of(needsY)), plain("y", "1.0.0"));
        Request request = locked("a").withExclusions(List.of(Target.capability("y", "*")));

        HeldBack held = heldBack(universe, request, "a");

        assertThat(held.cause()).isEqualTo(new HeldBack.Cause.OwnNeed(needsY));
        assertThat(held.kept()).isNull();
    }

    @Test
    void a_need_that_only_the_replaced_version_meets_is_an_obstacle() {
        Requirement needsS = Requirement.required(S);
        Universe universe =
                Universe.of(version("a", "1.0.0", ofS(), List.of()), version("a", "2.0.0", List.of(), List.of(needsS)));

        for (List<Objective> objectives : List.of(List.<Objective>of(), List.of(Objective.CHEAPEST))) {
            Request request =
                    locked("a").withPolicy(policy -> policy.withObjectives(objectives.toArray(Objective[]::new)));
            HeldBack held = heldBack(universe, request, "a");
            assertThat(held.cause()).isEqualTo(new HeldBack.Cause.OwnNeed(needsS));
            assertThat(held.kept()).isNull();
        }
    }

    @Test
    void a_need_that_a_version_meets_itself_is_no_obstacle() {
        Universe universe =
                Universe.of(plain("a", "1.0.0"), version("a", "2.0.0", ofS(), List.of(Requirement.required(S))));

        assertThat(heldBack(universe, locked("a"), "a").kept()).isEqualTo(SemVer.parse("2.0.0"));
    }

    @Test
    void what_the_replaced_version_asks_of_itself_goes_with_it() {
        Universe universe = Universe.of(
                version("a", "1.0.0", ofS(), List.of(Requirement.required(S))),
                version(
                        "a",
                        "2.0.0",
                        List.of(new Provision("s", SemVer.parse("2.0.0"))),
                        List.of(Requirement.required(Target.service("s", "^2.0.0")))));

        assertThat(heldBack(universe, locked("a"), "a").kept()).isEqualTo(SemVer.parse("2.0.0"));
    }

    @Test
    void a_recommendation_that_another_capability_could_meet_is_left_to_the_objectives() {
        Requirement recommends = new Requirement("r", Strength.RECOMMENDED, List.of(S));
        Universe universe = Universe.of(
                version("app", "1.0.0", List.of(), List.of(recommends)),
                plain("a", "1.0.0"),
                version("a", "2.0.0", ofS(), List.of()),
                version("z", "1.0.0", ofS(), List.of()));
        Request request = Request.of(Root.capability("app", "*"), Root.capability("a", "^1.0.0"))
                .withPolicy(policy -> policy.withObjectives(Objective.FEWEST));

        assertThat(solved(universe, request).leftOut())
                .singleElement()
                .extracting(LeftOut::cause, LeftOut::why)
                .containsExactly(
                        LeftOut.Cause.OBJECTIVE,
                        "app 1.0.0 recommends the service s ^1.0.0, but the policy asks for the fewest capabilities, which would"
                                + " be 1 more with z 1.0.0.");
    }

    private static LeftOut leftOut(CapabilityVersion... others) {
        Requirement recommends = new Requirement("r", Strength.RECOMMENDED, List.of(Target.capability("cache", "*")));
        List<CapabilityVersion> versions = new ArrayList<>(List.of(others));
        versions.add(version(
                "app", "1.0.0", List.of(), List.of(recommends, Requirement.required(Target.capability("x", "*")))));
        Request request =
                Request.of(Root.capability("app", "*")).withPolicy(policy -> policy.withObjectives(Objective.FEWEST));
        return solved(Universe.of(versions.toArray(CapabilityVersion[]::new)), request)
                .leftOut()
                .getFirst();
    }

    @Test
    void a_recommendation_that_something_chosen_conflicts_with_is_not_left_to_the_objectives() {
        LeftOut left = leftOut(
                plain("cache", "1.0.0"), version("x", "1.0.0", List.of(), List.of(), Target.capability("cache", "*")));

        assertThat(left.cause()).isEqualTo(LeftOut.Cause.CONTRADICTS_CHOICE);
        assertThat(left.why()).endsWith("but x 1.0.0 conflicts with cache 1.0.0.");
    }

    @Test
    void a_recommendation_that_an_older_version_could_follow_is_left_to_the_objectives() {
        LeftOut left = leftOut(
                plain("cache", "1.0.0"),
                version("cache", "2.0.0", List.of(), List.of(), Target.capability("app", "*")),
                plain("x", "1.0.0"));

        assertThat(left.cause()).isEqualTo(LeftOut.Cause.OBJECTIVE);
        assertThat(left.why()).contains("1 more with cache 1.0.0");
    }

    @Test
    void the_last_of_many_exclusions_can_be_what_stands_in_the_way() {
        List<Target> exclusions = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            exclusions.add(Target.capability("other-" + i, "*"));
        }
        exclusions.add(Target.capability("y", "*"));

        var refused = (Resolution.Unsolvable) Resolver.resolve(
                Universe.of(plain("y", "1.0.0")),
                Request.of(Root.capability("y", "*")).withExclusions(exclusions));

        assertThat(refused.explanation().fixes().getFirst().changes())
                .containsExactly(new Change.DropExclusion(Target.capability("y", "*")));
    }

    @Test
    void nothing_of_the_request_is_blamed_for_a_version_that_contradicts_itself() {
        Universe universe = Universe.of(
                plain("a", "1.0.0"),
                version(
                        "a",
                        "2.0.0",
                        List.of(),
                        List.of(
                                Requirement.required(Target.capability("lib", "^1.0.0")),
                                Requirement.required(Target.capability("tax", "*")))),
                version("tax", "1.0.0", List.of(), List.of(Requirement.required(Target.capability("lib", "^2.0.0")))),
                plain("lib", "1.0.0"),
                plain("lib", "2.0.0"));
        Request request = Request.of(Root.capability("a", "*"), Root.capability("lib", "^2.0.0"));

        WhyNot answer = Resolver.whyNot(universe, request, new ExactVersion("a", SemVer.parse("2.0.0")));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        WhyNot.Impossible.class,
                        impossible ->
                                assertThat(impossible.explanation().core()).noneMatch(Fact.Asked.class::isInstance));
    }

    @Test
    void of_several_that_would_meet_a_recommendation_the_one_that_costs_the_least_is_told() {
        Requirement recommends = new Requirement("r", Strength.RECOMMENDED, List.of(S));
        Universe universe = Universe.of(
                version("app", "1.0.0", List.of(), List.of(recommends)),
                dear("dear", 850),
                dear("fair", 60),
                dear("high", 90));
        Request request =
                Request.of(Root.capability("app", "*")).withPolicy(policy -> policy.withObjectives(Objective.CHEAPEST));

        assertThat(solved(universe, request).leftOut())
                .singleElement()
                .extracting(LeftOut::why)
                .isEqualTo(
                        "app 1.0.0 recommends the service s ^1.0.0, but the policy asks for the lowest cost, which would be"
                                + " 60 more with fair 1.0.0.");
    }

    private static CapabilityVersion dear(String code, int cost) {
        return new CapabilityVersion(code, SemVer.parse("1.0.0"), Set.of(), ofS(), List.of(), List.of(), cost);
    }

    @Test
    void a_candidate_that_something_would_need_is_not_told_as_one_that_nothing_needs() {
        Target queue = Target.service("a-queue", "*");
        List<Provision> ofQueue = List.of(new Provision("a-queue", SemVer.parse("1.0.0")));
        Requirement service = new Requirement("n1", Strength.REQUIRED, List.of(queue));
        Requirement either = new Requirement(
                "n2", Strength.REQUIRED, List.of(Target.capability("b", "*"), Target.capability("g", "*")));
        Universe universe = Universe.of(
                version("app", "1.0.0", List.of(), List.of(service, either)),
                version("a", "1.0.0", ofQueue, List.of(), queue),
                plain("b", "1.0.0"),
                version("b", "2.0.0", ofQueue, List.of()),
                plain("g", "1.0.0"));
        Request head = Request.of(Root.capability("app", "*"))
                .withPrevious(
                        Map.of("app", SemVer.parse("1.0.0"), "a", SemVer.parse("1.0.0"), "b", SemVer.parse("1.0.0")));
        Impact impact = Impact.ofVersion(universe, new ExactVersion("b", SemVer.parse("2.0.0")));

        assertThat(impact.on(head)).isInstanceOf(Effect.Refused.class);
        assertThat(impact.whyRefused(head)).isInstanceOf(Impact.Refusal.NotPreferred.class);
    }
}
