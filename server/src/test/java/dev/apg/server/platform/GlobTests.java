package dev.apg.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTests {
    @ParameterizedTest
    @CsvSource({
        "cart, cart, true",
        "cart, carts, false",
        "cart, Cart, false",
        "*, cart, true",
        "*, '', true",
        "*, acme/cart, false",
        "acme/*, acme/cart, true",
        "acme/*, acme/cart/fork, false",
        "acme/*, acme/, true",
        "*/*, acme/cart, true",
        "cart-*, cart-, true",
        "cart-*, acme/cart-ui, false",
        "*-cart-*, my-cart-cart-ui, true",
        "*a*b, aab, true",
        "*a*b, aabc, false",
        "a**b, ab, true",
        "repo:acme/*:ref:refs/heads/main, repo:acme/cart:ref:refs/heads/main, true",
        "repo:acme/*:ref:refs/heads/main, repo:acme/cart:environment:x:ref:refs/heads/main, false",
        "acme/*@refs/heads/main, acme/a@evil@refs/heads/main, false",
        "'', '', true",
        "'', a, false"
    })
    void a_star_reaches_to_the_end_of_a_part(String pattern, String value, boolean matches) {
        assertThat(new Glob(pattern).matches(value)).isEqualTo(matches);
    }

    @Test
    void many_stars_take_no_longer_than_text_and_pattern_are_long() {
        assertThat(new Glob("*a".repeat(250)).matches("a".repeat(499) + "b")).isFalse();
    }
}
