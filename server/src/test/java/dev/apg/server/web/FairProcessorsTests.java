package dev.apg.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.engine.Interruption;
import dev.apg.server.web.FairProcessors.Computation;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FairProcessorsTests {
    private static final UUID GREEDY = new UUID(0, 1);
    private static final UUID AS_GREEDY = new UUID(0, 2);
    private static final UUID MODEST = new UUID(0, 3);

    private final FairProcessors processors = new FairProcessors(1);

    /** Ends the long ones. */
    private final AtomicBoolean end = new AtomicBoolean();

    @AfterEach
    void stop() {
        end.set(true);
        processors.stop();
    }

    private Computation<String> longOne(UUID tenant) throws InterruptedException {
        var begun = new CountDownLatch(1);
        Computation<String> computation = processors.submit(tenant, () -> {
            begun.countDown();
            while (!end.get()) {
                Interruption.check();
            }
            return "long";
        });
        begun.await();
        return computation;
    }

    private static String result(Computation<String> computation)
            throws ExecutionException, InterruptedException, TimeoutException {
        return computation.get(1, TimeUnit.MINUTES);
    }

    @Test
    void long_computations_of_others_are_not_waited_for() throws Exception {
        Computation<String> first = longOne(GREEDY);
        Computation<String> second = longOne(AS_GREEDY);
        Computation<String> third = longOne(GREEDY);

        for (int i = 0; i < 20; i++) {
            assertThat(result(processors.submit(MODEST, () -> "short"))).isEqualTo("short");
        }
        assertThat(first.isDone() || second.isDone() || third.isDone()).isFalse();

        end.set(true);
        assertThat(result(first) + result(second) + result(third)).isEqualTo("longlonglong");
    }

    @Test
    void a_tenant_s_own_long_computations_are_not_waited_for() throws Exception {
        Computation<String> first = longOne(GREEDY);
        Computation<String> second = longOne(GREEDY);

        assertThat(result(processors.submit(GREEDY, () -> "short"))).isEqualTo("short");
        assertThat(first.isDone() || second.isDone()).isFalse();
    }

    @Test
    void a_tenant_s_short_computations_do_not_hold_up_its_long_ones_for_ever() throws Exception {
        var turns = new CountDownLatch(200);
        Computation<String> oneLong = processors.submit(GREEDY, () -> {
            while (turns.getCount() > 0) {
                Interruption.check();
            }
            return "long";
        });
        // There is always another short one.
        for (int i = 0; i < 10_000 && !oneLong.isDone(); i++) {
            processors.submit(GREEDY, () -> {
                spin(2);
                turns.countDown();
                return "short";
            });
            while (processors.waiting() > 8) {
                Thread.onSpinWait();
            }
        }
        assertThat(oneLong.isDone()).isTrue();
    }

    @Test
    void tenants_share_by_time_and_not_by_how_much_they_ask() throws Exception {
        var complete = new CountDownLatch(1);
        Queue<UUID> moments = new ConcurrentLinkedQueue<>();
        Function<UUID, Computation<String>> ask = tenant -> processors.submit(tenant, () -> {
            await(complete);
            while (moments.size() < 1_000) {
                spin(1);
                moments.add(tenant);
                Interruption.check();
            }
            return "long";
        });
        List<Computation<String>> asked = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            asked.add(ask.apply(GREEDY));
        }
        asked.add(ask.apply(MODEST));
        complete.countDown();
        for (Computation<String> each : asked) {
            assertThat(result(each)).isEqualTo("long");
        }

        // One of ten that are asked for. A machine that has other work makes it less than exactly a half.
        assertThat(moments.stream().filter(MODEST::equals).count()).isBetween(250L, 750L);
    }

    @Test
    void what_is_given_up_before_its_turn_is_never_begun() throws Exception {
        var begun = new AtomicBoolean();
        var free = new CountDownLatch(1);
        // The tenant's only processor is held by one that does not pause.
        Computation<String> first = processors.submit(GREEDY, () -> {
            await(free);
            return "first";
        });
        Computation<String> second = processors.submit(GREEDY, () -> {
            begun.set(true);
            return "second";
        });
        second.giveUp();
        assertThat(processors.waiting()).isZero();
        free.countDown();

        assertThat(result(first)).isEqualTo("first");
        assertThat(result(processors.submit(GREEDY, () -> "third"))).isEqualTo("third");
        assertThat(begun).isFalse();
        assertThat(second.isCancelled()).isTrue();
    }

    @Test
    void what_is_given_up_after_it_was_begun_ends_at_a_pause() throws Exception {
        var ended = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        Computation<String> first = longOne(GREEDY);
        Computation<String> second = processors.submit(GREEDY, () -> {
            begun.countDown();
            try {
                while (!end.get()) {
                    Interruption.check();
                }
                return "second";
            } catch (CancellationException givenUp) {
                ended.countDown();
                throw givenUp;
            }
        });
        begun.await();
        second.giveUp();
        assertThat(ended.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(first.isDone()).isFalse();
    }

    private static void spin(long milliseconds) {
        long since = System.nanoTime();
        while (System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(milliseconds)) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
