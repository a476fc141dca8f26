package dev.apg.server.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.apg.contract.capability.Provision;
import dev.apg.contract.capability.Strength;
import dev.apg.server.capability.VersionStructure.Kind;
import dev.apg.server.capability.VersionStructure.Requirement;
import dev.apg.server.capability.VersionStructure.Target;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class VersionStructureTests {
    @Property(seed = "1", tries = 300)
    void its_json_reads_back_equal(@ForAll("structures") VersionStructure structure) {
        assertThat(VersionStructure.fromJson(structure.toJson())).isEqualTo(structure);
    }

    @Test
    void its_json_leaves_out_defaults() {
        var structure = new VersionStructure(
                List.of(),
                List.of(new Requirement(
                        "store", Strength.REQUIRED, List.of(new Target(Kind.SERVICE, "cart-store", "*")))),
                List.of(),
                0);

        assertThat(structure.toJson()).isEqualTo("{\"requirements\":[[\"store\",[[\"s\",\"cart-store\"]]]]}");
        assertThat(VersionStructure.EMPTY.toJson()).isEqualTo("{}");
    }

    @Test
    void text_of_another_form_is_refused() {
        for (String text : List.of("[]", "{\"cost\":", "{\"colour\":1}", "{\"conflicts\":[[1]]}", "")) {
            assertThatIllegalArgumentException().isThrownBy(() -> VersionStructure.fromJson(text));
        }
    }

    @Provide
    Arbitrary<VersionStructure> structures() {
        Arbitrary<String> text = Arbitraries.strings().ascii().ofMaxLength(12);
        Arbitrary<Target> target = Combinators.combine(
                        Arbitraries.of(Kind.values()), text, Arbitraries.of("*", "^1.0.0", ">=1 <2 || 3"))
                .as(Target::new);
        Arbitrary<Requirement> requirement = Combinators.combine(
                        text,
                        Arbitraries.of(Strength.values()),
                        target.list().ofMinSize(1).ofMaxSize(3))
                .as(Requirement::new);
        return Combinators.combine(
                        Combinators.combine(text, text)
                                .as(Provision::new)
                                .list()
                                .ofMaxSize(3),
                        requirement.list().ofMaxSize(4),
                        target.list().ofMaxSize(3),
                        Arbitraries.longs().between(0, 1_000_000_000_000L))
                .as(VersionStructure::new);
    }
}
