package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.WireJson;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.Objective;
import dev.apg.contract.composition.Policy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DocumentChangeTests {
    private static final DraftDocument SHOP = WireJson.MAPPER.readValue("""
            {
              "format": "apg.composition/1", "composition": "shop", "type": "microservice",
              "members": [{"capability": "front", "range": "^1.0.0"}, {"capability": "redis"}],
              "services": [{"service": "store", "range": "^1.0.0"}],
              "pins": {"redis": "7.2.5"},
              "exclusions": [{"capability": "spanner"}],
              "configuration": {"cart": {"size": 1}}
            }
            """, DraftDocument.class);

    @Test
    void each_operation_changes_its_part_and_leaves_the_others() {
        assertThat(after(new DraftOperation.AddMember("cart", "~2.0.0", null)).members())
                .extracting(member -> member.capability() + member.range())
                .containsExactly("front^1.0.0", "redisnull", "cart~2.0.0");
        assertThat(after(new DraftOperation.RemoveMember("Redis")).members()).hasSize(1);
        assertThat(after(new DraftOperation.SetRange("front", ">=2")).members())
                .extracting(member -> member.capability() + member.range())
                .containsExactly("front>=2", "redisnull");
        assertThat(after(new DraftOperation.SetConfiguration("front", Map.of("a", 1)))
                        .members()
                        .getFirst()
                        .configuration())
                .isEqualTo(Map.of("a", 1));
        assertThat(after(new DraftOperation.SetConfiguration("other", Map.of("a", 1)))
                        .configuration())
                .containsOnlyKeys("cart", "other");
        assertThat(after(new DraftOperation.SetConfiguration("cart", null)).configuration())
                .isEmpty();
        assertThat(after(new DraftOperation.RequireService("store", "^2.0.0")).services())
                .extracting(service -> service.service() + service.range())
                .containsExactly("store^2.0.0");
        assertThat(after(new DraftOperation.DropService("store")).services()).isEmpty();
        assertThat(after(new DraftOperation.Pin("redis", "7.4.1")).pins()).isEqualTo(Map.of("redis", "7.4.1"));
        assertThat(after(new DraftOperation.Unpin("redis")).pins()).isEmpty();
        assertThat(after(new DraftOperation.Exclude("front", "<1")).exclusions())
                .hasSize(2);
        assertThat(after(new DraftOperation.Include("spanner", "*")).exclusions())
                .isEmpty();
        var cheapest = new Policy(List.of(Objective.CHEAPEST), false, Set.of());
        assertThat(after(new DraftOperation.SetPolicy(cheapest)).policy()).isEqualTo(cheapest);
        assertThat(after(new DraftOperation.Unpin("redis")).members()).isEqualTo(SHOP.members());
    }

    @Test
    void operations_apply_in_order() {
        DraftDocument changed = DocumentChange.apply(
                SHOP,
                List.of(
                        new DraftOperation.RemoveMember("redis"),
                        new DraftOperation.AddMember("redis", "^8.0.0", null),
                        new DraftOperation.SetRange("redis", "^9.0.0")));

        assertThat(changed.members().getLast().range()).isEqualTo("^9.0.0");
        assertThat(DocumentChange.apply(changed, List.of(new DraftOperation.Replace(SHOP))))
                .isEqualTo(SHOP);
    }

    private static DraftDocument after(DraftOperation operation) {
        return DocumentChange.apply(SHOP, List.of(operation));
    }
}
