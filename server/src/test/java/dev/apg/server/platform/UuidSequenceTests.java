package dev.apg.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UuidSequenceTests {
    /** The time of the example in appendix A.6 of RFC 9562. */
    private static final long EXAMPLE = 0x017F22E279B0L;

    private final AtomicLong clock = new AtomicLong(EXAMPLE);
    private final UuidSequence sequence = new UuidSequence(clock::get, new Random(1));

    @Test
    void an_id_has_the_layout_of_version_7() {
        UUID id = sequence.next();
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.toString()).startsWith("017f22e2-79b0-7000-");
    }

    @Test
    void ids_of_one_millisecond_grow_and_run_on_into_the_next() {
        List<UUID> ids = Stream.generate(sequence::next).limit(10_000).toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        // As text, which is how PostgreSQL and clients see them.
        assertThat(ids.stream().map(UUID::toString).toList()).isSorted();
        assertThat(ids.getLast().toString()).startsWith("017f22e2-79b2-7");
    }

    @Test
    void ids_grow_when_the_clock_is_set_back() {
        UUID before = sequence.next();
        clock.addAndGet(-60_000);
        UUID after = sequence.next();
        clock.addAndGet(120_000);
        UUID later = sequence.next();
        assertThat(List.of(before, after, later)).isSorted();
        assertThat(later.getMostSignificantBits() >>> 16).isEqualTo(clock.get());
    }

    @Test
    void many_threads_get_distinct_ids_and_each_sees_them_grow() throws Exception {
        Callable<List<UUID>> thousand =
                () -> Stream.generate(sequence::next).limit(1_000).toList();
        List<UUID> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<UUID>> ids : threads.invokeAll(List.of(thousand, thousand, thousand, thousand))) {
                assertThat(ids.get()).isSorted();
                all.addAll(ids.get());
            }
        }
        assertThat(all).doesNotHaveDuplicates().hasSize(4_000);
    }

    @Test
    void two_nodes_at_the_same_moment_make_different_ids() {
        UuidSequence other = new UuidSequence(clock::get, new Random(2));
        assertThat(sequence.next()).isNotEqualTo(other.next());
    }
}
