package dev.apg.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.web.TenantTurns.Turn;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TenantTurnsTests {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final UUID GREEDY = new UUID(0, 1);
    private static final UUID MODEST = new UUID(0, 2);
    private static final UUID LATE = new UUID(0, 3);

    private final TenantTurns turns = new TenantTurns(2);

    @Test
    void a_tenant_that_asks_twice_waits_for_itself_and_another_passes_it() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Turn first = turns.await(GREEDY, LONG).orElseThrow();
            Future<Optional<Turn>> second = threads.submit((Callable<Optional<Turn>>) () -> turns.await(GREEDY, LONG));
            awaitWaiting(1);

            Turn other = turns.await(MODEST, LONG).orElseThrow();
            assertThat(second.isDone()).isFalse();
            first.close();
            second.get().orElseThrow().close();
            other.close();
        }
    }

    @Test
    void whoever_may_run_comes_in_the_order_of_arrival() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Turn first = turns.await(GREEDY, LONG).orElseThrow();
            Turn other = turns.await(MODEST, LONG).orElseThrow();
            Future<Optional<Turn>> second = threads.submit((Callable<Optional<Turn>>) () -> turns.await(GREEDY, LONG));
            awaitWaiting(1);
            Future<Optional<Turn>> late = threads.submit((Callable<Optional<Turn>>) () -> turns.await(LATE, LONG));
            awaitWaiting(2);

            first.close();
            Turn next = second.get().orElseThrow();
            assertThat(late.isDone()).isFalse();
            other.close();
            late.get().orElseThrow().close();
            next.close();
        }
    }

    @Test
    void a_turn_that_does_not_come_in_time_is_given_up_and_holds_nobody_back() {
        Turn first = turns.await(GREEDY, LONG).orElseThrow();
        assertThat(turns.await(GREEDY, Duration.ofMillis(5))).isEmpty();
        turns.await(MODEST, LONG).orElseThrow().close();
        first.close();
        turns.await(GREEDY, LONG).orElseThrow().close();
    }

    private void awaitWaiting(int number) {
        while (turns.waiting() < number) {
            Thread.onSpinWait();
        }
    }
}
