package dev.apg.server.composition.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.capability.Codes;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ResourceNamesTests {
    @Test
    void a_plain_name_stays_as_it_is() {
        assertThat(ResourceNames.of("redis-cart")).isEqualTo("redis-cart");
    }

    @Test
    void slash_dot_and_underscore_become_hyphens_and_upper_case_lower_case() {
        assertThat(ResourceNames.of("Acme/redis.cart_2")).isEqualTo("acme-redis-cart-2");
        assertThat(ResourceNames.of("ends.")).isEqualTo("ends");
    }

    @Test
    void a_name_that_starts_with_a_digit_gets_a_letter_in_front() {
        assertThat(ResourceNames.of("3scale")).isEqualTo("app-3scale");
    }

    @Test
    void long_codes_that_begin_alike_keep_different_names() {
        String start = "a".repeat(100);

        assertThat(ResourceNames.of(start + "/x"))
                .hasSize(ResourceNames.MAX_LENGTH)
                .isNotEqualTo(ResourceNames.of(start + "/y"));
    }

    @Property(seed = "1")
    void every_code_has_a_dns_label_that_kubernetes_takes_for_a_service_and_a_stateful_set(
            @ForAll
                    @AlphaChars
                    @NumericChars
                    @Chars({'.', '_', '-', '/'})
                    @CharRange(from = 'a', to = 'z')
                    @StringLength(min = 1, max = 201)
                    String code) {
        assertThat(ResourceNames.of(code))
                .matches(Codes.DNS_LABEL)
                .matches("[a-z].*")
                .hasSizeLessThanOrEqualTo(52);
    }

    @Test
    void collisions_name_every_code_that_would_share_a_name() {
        assertThat(ResourceNames.collisions(List.of("acme/redis", "acme-redis", "cart", "acme.redis", "cart")))
                .containsOnlyKeys("acme-redis")
                .containsEntry("acme-redis", List.of("acme-redis", "acme.redis", "acme/redis"));
    }
}
