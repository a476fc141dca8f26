package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartOrderTests {
    @Test
    void whatIsNeededComesFirstAndTheSmallerCodeWhereThatLeavesAChoice() {
        StartOrder order = StartOrder.of(Map.of(
                "shop", List.of("cart", "menu"), "cart", List.of("redis"), "menu", List.of(), "redis", List.of()));
        assertThat(order.codes()).containsExactly("menu", "redis", "cart", "shop");
        assertThat(order.cycles()).isEmpty();
    }

    @Test
    void aCycleStandsTogetherByCodeWithAShortestWayRound() {
        StartOrder order = StartOrder.of(Map.of(
                "a",
                List.of("b"),
                "b",
                List.of("c", "a"),
                "c",
                List.of("a", "base"),
                "base",
                List.of(),
                "z",
                List.of("b")));
        assertThat(order.codes()).containsExactly("base", "a", "b", "c", "z");
        assertThat(order.cycles()).containsExactly(new Cycle(List.of("a", "b", "c"), List.of("a", "b", "a")));
    }

    @Test
    void needsOfUnknownThingsAndOfItselfDoNotMatter() {
        assertThat(StartOrder.of(Map.of("a", List.of("a", "unknown"))).codes()).containsExactly("a");
    }
}
