package dev.apg.server.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.impact.ImpactVerdict;
import dev.apg.resolver.Universe;
import dev.apg.server.composition.CompositionHeads;
import dev.apg.server.composition.CompositionHeads.Head;
import dev.apg.server.impact.Verdicts.Judged;
import dev.apg.server.tenancy.Cursor;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Called directly, because no client can choose the moment between two readings of one question. */
class LastVerdictsTests {
    private static final UUID TENANT = UUID.randomUUID();
    private static final Head SHOP = new Head(UUID.randomUUID(), "shop", 1);

    private final LastVerdicts last = new LastVerdicts();
    private final Universe universe = Universe.empty();

    private ImpactVerdict asked(Set<UUID> concerned, ImpactVerdict judged) {
        var all = new CompositionHeads.All(new Cursor(1, 7), List.of(SHOP), 0, concerned, Set.of());
        return last.orElse(TENANT, universe, "redis yanked", all, () -> List.of(new Judged(SHOP, judged, false)))
                .getFirst()
                .verdict();
    }

    @Test
    void what_was_judged_is_not_judged_again_for_the_next_page() {
        asked(Set.of(SHOP.compositionId()), ImpactVerdict.BROKEN);
        assertThat(asked(Set.of(SHOP.compositionId()), ImpactVerdict.UPGRADABLE))
                .isEqualTo(ImpactVerdict.BROKEN);
    }

    @Test
    void what_was_judged_before_a_composition_was_concerned_is_judged_again() {
        asked(Set.of(), ImpactVerdict.UNAFFECTED);
        assertThat(asked(Set.of(SHOP.compositionId()), ImpactVerdict.BROKEN)).isEqualTo(ImpactVerdict.BROKEN);
    }
}
