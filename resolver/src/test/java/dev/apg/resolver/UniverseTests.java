package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class UniverseTests {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "queue", "store");

    private static String everythingIn(Universe universe) {
        StringBuilder text = new StringBuilder();
        text.append(universe.capabilityCount()).append(' ').append(universe.versionCount());
        for (String name : NAMES) {
            text.append('\n').append(universe.versions(name)).append(universe.providers(name));
            for (Target.Kind kind : Target.Kind.values()) {
                text.append(universe.dependents(kind, name))
                        .append(universe.enhancers(kind, name))
                        .append(universe.opponents(kind, name));
            }
        }
        return text.toString();
    }

    @Property(seed = "1", tries = 300)
    void aChangedUniverseIsTheSameAsOneBuiltAnew(@ForAll long seed, @ForAll long otherSeed) {
        RandomCase before = RandomCase.of(seed);
        RandomCase after = RandomCase.of(otherSeed);
        Map<String, List<CapabilityVersion>> changes = NAMES.stream()
                .collect(Collectors.toMap(
                        name -> name,
                        name -> after.versions().stream()
                                .filter(each -> each.code().equals(name))
                                .toList()));
        Universe old = before.universe();
        String oldText = everythingIn(old);
        assertThat(everythingIn(old.with(changes))).isEqualTo(everythingIn(after.universe()));
        assertThat(everythingIn(old)).isEqualTo(oldText);
    }

    @Property(seed = "1", tries = 300)
    void aSupposedUniverseIsTheSameAndLeavesNothingBehind(@ForAll long seed, @ForAll long otherSeed) {
        Universe universe = RandomCase.of(seed).universe();
        Map<String, List<CapabilityVersion>> changes =
                RandomCase.of(otherSeed).versions().stream().collect(Collectors.groupingBy(CapabilityVersion::code));
        Requirement news = Requirement.required(Target.capability("news", "~7.7.7"));
        changes.put(
                "f",
                List.of(new CapabilityVersion(
                        "f", SemVer.parse("7.7.8"), Set.of(), List.of(), List.of(news), List.of(), 0)));
        Universe supposed = universe.supposing(changes);
        assertThat(universe.symbols.names.known("news")).isNegative();
        assertThat(universe.symbols.ranges.known(VersionRange.parse("~7.7.7"))).isNegative();
        universe.symbols.names.id("others");
        assertThat(supposed.version(new ExactVersion("f", SemVer.parse("7.7.8"))))
                .contains(changes.get("f").getFirst());
        assertThat(everythingIn(supposed)).isEqualTo(everythingIn(universe.with(changes)));
    }

    @Property(seed = "1", tries = 300)
    void versionsAreReadBackAsTheyWereGiven(@ForAll long seed) {
        RandomCase given = RandomCase.of(seed);
        Universe universe = given.universe();
        for (CapabilityVersion version : given.versions()) {
            assertThat(universe.version(version.exact())).contains(version);
        }
    }

    @Property(seed = "1", tries = 300)
    void aUniverseOfNumberedFactsIsTheSameAsOneOfRecords(@ForAll long seed) {
        RandomCase given = RandomCase.of(seed);
        Universe.Builder builder = Universe.builder();
        FactsWriter facts = builder.facts();
        for (CapabilityVersion version : given.versions()) {
            version.provides()
                    .forEach(each -> facts.provision(facts.name(each.service()), facts.version(each.version())));
            for (Requirement requirement : version.requirements()) {
                facts.requirement(facts.name(requirement.name()), requirement.strength());
                requirement
                        .anyOf()
                        .forEach(each -> facts.target(each.kind(), facts.name(each.code()), facts.range(each.range())));
            }
            version.conflicts()
                    .forEach(each -> facts.conflict(each.kind(), facts.name(each.code()), facts.range(each.range())));
            builder.add(facts.name(version.code()), version.number(), version.marks(), version.cost());
        }
        assertThat(everythingIn(builder.build())).isEqualTo(everythingIn(given.universe()));
    }

    @Test
    void aVersionThatIsAddedAlikeSaysWhatTheOneBeforeItSays() {
        Universe.Builder builder = Universe.builder();
        FactsWriter facts = builder.facts();
        facts.provision(facts.name("store"), facts.version(SemVer.parse("2.0.0")));
        builder.add(facts.name("a"), SemVer.parse("1.0.0"), Set.of(), 7);
        builder.addAlike(facts.name("a"), SemVer.parse("1.1.0"), Set.of(Mark.YANKED), 7);
        List<CapabilityVersion> versions = builder.build().versions("a");
        CapabilityVersion before = versions.getFirst();
        CapabilityVersion alike = versions.getLast();
        assertThat(alike.provides()).isNotEmpty().isEqualTo(before.provides());
        assertThat(alike.marks()).containsExactly(Mark.YANKED);
        assertThat(alike.cost()).isEqualTo(7);
    }

    @Test
    void aVersionThatIsAddedAlikeBeforeAnyOtherIsRefused() {
        Universe.Builder builder = Universe.builder();
        int name = builder.facts().name("a");
        assertThatThrownBy(() -> builder.addAlike(name, SemVer.parse("1.0.0"), Set.of(), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("addAlike: no version to be alike");
    }

    @Test
    void aCostOutsideItsBoundsIsRefusedHoweverAVersionIsAdded() {
        Universe.Builder builder = Universe.builder();
        int name = builder.facts().name("a");
        SemVer number = SemVer.parse("1.0.0");
        builder.add(name, number, Set.of(), CapabilityVersion.MAX_COST);
        for (long cost : new long[] {-1, CapabilityVersion.MAX_COST + 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            String refusal = "cost of a 1.0.0: %d (expected: 0 to 1000000000000)".formatted(cost);
            assertThatThrownBy(() -> builder.add(name, number, Set.of(), cost))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(refusal);
            assertThatThrownBy(() -> builder.addAlike(name, number, Set.of(), cost))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(refusal);
        }
    }

    @Test
    void factsOutOfOrderAreRefused() {
        Universe.Builder builder = Universe.builder();
        FactsWriter facts = builder.facts();
        int any = facts.range(VersionRange.any());
        int store = facts.name("store");
        assertThatThrownBy(() -> facts.target(Target.Kind.SERVICE, store, any))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("target: out of order");
        facts.requirement(store, Strength.REQUIRED);
        assertThatThrownBy(() -> facts.requirement(store, Strength.REQUIRED))
                .hasMessageStartingWith("requirement without a target: out of order");
        facts.target(Target.Kind.SERVICE, store, any);
        assertThatThrownBy(() -> facts.provision(store, 0)).hasMessageStartingWith("provision: out of order");
    }

    @Test
    void theServicesOfACapabilityAreThoseOfAllItsVersions() {
        Universe universe = Universe.of(
                providing("a", "1.0.0", "store"), providing("a", "2.0.0", "queue"), providing("b", "1.0.0", "menu"));
        assertThat(universe.services("a")).containsExactly("queue", "store");
        assertThat(universe.services("nobody")).isEmpty();
    }

    private static CapabilityVersion providing(String code, String number, String service) {
        var provision = new Provision(service, SemVer.parse("1.0.0"));
        return new CapabilityVersion(code, SemVer.parse(number), Set.of(), List.of(provision), List.of(), List.of(), 0);
    }

    @Test
    void aNumberThatIsGivenTwiceIsRefused() {
        CapabilityVersion version = CapabilityVersion.plain("menu", "1.0.0");
        assertThatThrownBy(() -> Universe.of(version, version))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("version 1.0.0 of menu: given twice");
    }

    @Test
    void aVersionUnderTheCodeOfAnotherIsRefused() {
        Map<String, List<CapabilityVersion>> wrong = Map.of("menu", List.of(CapabilityVersion.plain("icons", "1.0.0")));
        assertThatThrownBy(() -> Universe.empty().with(wrong)).hasMessageContaining("icons 1.0.0");
    }
}
