package dev.apg.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PublisherNamesTests {
    @Test
    void codes_are_found_by_exactly_their_name_in_the_order_of_their_publishers() {
        PublisherNames names = PublisherNames.of(
                Stream.of("redis", "b/redis", "a/redis", "a/redis-cart", "a/redis.x", "a/redi", "c/redis0", "redis/a"));

        assertThat(names.named("redis")).containsExactly("a/redis", "b/redis");
        assertThat(names.named("redi")).containsExactly("a/redi");
        assertThat(names.named("a")).containsExactly("redis/a");
        assertThat(names.named("red")).isEmpty();
        assertThat(names.named("zzz")).isEmpty();
    }

    @Test
    void later_codes_are_found_too_and_are_not_in_what_was_before() {
        PublisherNames before = PublisherNames.of(Stream.of("b/redis"));
        PublisherNames after = before.with(List.of("redis", "b/redis", "a/redis", "z/other"));

        assertThat(after.named("redis")).containsExactly("a/redis", "b/redis");
        assertThat(after.named("other")).containsExactly("z/other");
        assertThat(before.named("redis")).containsExactly("b/redis");
        assertThat(before.with(List.of("redis", "b/redis"))).isSameAs(before);
    }
}
