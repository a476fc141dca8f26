package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
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
    void versionsAreReadBackAsTheyWereGiven(@ForAll long seed) {
        RandomCase given = RandomCase.of(seed);
        Universe universe = given.universe();
        for (CapabilityVersion version : given.versions()) {
            assertThat(universe.version(version.exact())).contains(version);
        }
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
