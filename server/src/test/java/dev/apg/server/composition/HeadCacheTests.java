package dev.apg.server.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.Request;
import dev.apg.server.composition.CompositionHeads.Head;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is let go cannot be seen from outside: it is only read again. */
class HeadCacheTests {
    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);

    /** Room for some forty requests that ask for nothing. */
    private final HeadCache cache = new HeadCache(12_500);

    private static List<Head> heads(int count, int revision) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Head(new UUID(1, i), "composition-" + i, revision))
                .toList();
    }

    private static Map<Head, Request> requests(List<Head> heads) {
        return heads.stream().collect(Collectors.toMap(Function.identity(), head -> Request.of()));
    }

    private void put(UUID tenant, long epoch, Map<Head, Request> read) {
        cache.put(tenant, epoch, cache.shared(tenant, epoch), read);
    }

    @Test
    void the_tenant_that_asked_longest_ago_makes_room_for_others() {
        List<Head> heads = heads(30, 1);
        put(FIRST, 1, requests(heads));
        assertThat(cache.find(FIRST, 1, heads)).hasSize(30);

        put(SECOND, 1, requests(heads));

        assertThat(cache.find(SECOND, 1, heads)).hasSize(30);
        assertThat(cache.find(FIRST, 1, heads)).isEmpty();
    }

    @Test
    void what_is_too_much_for_one_tenant_is_kept_in_part() {
        List<Head> heads = heads(100, 1);
        put(FIRST, 1, requests(heads));
        assertThat(cache.find(FIRST, 1, heads)).hasSizeBetween(30, 41);
    }

    @Test
    void values_that_are_too_much_alone_are_let_go_with_the_requests() {
        List<Head> heads = heads(10, 1);
        put(FIRST, 1, requests(heads));
        SharedValues shared = cache.shared(FIRST, 1);
        IntStream.range(0, 100).forEach(i -> shared.version("code-" + i + "\n1.0.0"));

        put(FIRST, 1, requests(heads(11, 1)));

        assertThat(cache.find(FIRST, 1, heads)).isEmpty();
        assertThat(cache.shared(FIRST, 1)).isNotSameAs(shared);
    }

    @Test
    void a_long_range_counts_as_much_as_it_takes() {
        String range = IntStream.range(0, 128).mapToObj(i -> "" + 2 * i).collect(Collectors.joining("||"));
        var shared = new SharedValues();
        shared.root("ccart\n^1.0.0");
        assertThat(shared.bytes()).isBetween(500L, 2_000L);
        long before = shared.bytes();

        shared.root("ccart\n" + range);
        assertThat(shared.bytes() - before).isBetween(20_000L, 60_000L);
        long after = shared.bytes();
        shared.root("ccart\n" + range);
        assertThat(shared.bytes()).isEqualTo(after);

        List<Head> heads = heads(10, 1);
        put(FIRST, 1, requests(heads));
        cache.shared(FIRST, 1).root("ccart\n" + range);
        put(FIRST, 1, requests(heads(11, 1)));
        assertThat(cache.find(FIRST, 1, heads)).isEmpty();
    }

    @Test
    void what_was_read_with_values_that_were_let_go_since_is_not_kept() {
        List<Head> heads = heads(10, 1);
        SharedValues shared = cache.shared(FIRST, 1);
        put(SECOND, 1, requests(heads(30, 1)));
        put(FIRST, 1, requests(heads(30, 2)));
        put(SECOND, 1, requests(heads(40, 3)));
        assertThat(cache.shared(FIRST, 1)).isNotSameAs(shared);

        cache.put(FIRST, 1, shared, requests(heads));

        assertThat(cache.find(FIRST, 1, heads)).isEmpty();
    }

    @Test
    void old_revisions_are_let_go_once_they_are_most() {
        List<Head> old = heads(10, 1);
        List<Head> fresh = heads(10, 2);
        put(FIRST, 1, requests(old));
        put(FIRST, 1, requests(fresh));
        cache.keepUseful(FIRST, 1, 10);
        assertThat(cache.find(FIRST, 1, old)).hasSize(10);

        put(FIRST, 1, requests(heads(10, 3)));
        put(FIRST, 1, requests(heads(10, 4)));
        cache.keepUseful(FIRST, 1, 9);

        assertThat(cache.find(FIRST, 1, old)).isEmpty();
    }

    @Test
    void what_was_read_in_an_epoch_that_is_over_is_neither_found_nor_kept() {
        List<Head> heads = heads(10, 1);
        put(FIRST, 1, requests(heads));
        assertThat(cache.find(FIRST, 2, heads)).isEmpty();

        put(FIRST, 2, requests(heads.subList(0, 3)));
        put(FIRST, 1, requests(heads));

        assertThat(cache.find(FIRST, 2, heads)).hasSize(3);
        assertThat(cache.find(FIRST, 1, heads)).isEmpty();
    }
}
