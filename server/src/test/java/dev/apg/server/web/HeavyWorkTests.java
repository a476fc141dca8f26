package dev.apg.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeavyWorkTests {
    private static final String EMPTY =
            "{\"document\": {\"format\": \"apg.composition/1\", \"composition\": \"empty\"}}";

    /** The tenant of the development server. */
    private static final UUID DEFAULT = UUID.fromString("00000000-0000-7000-8000-000000000001");

    @Test
    void when_a_tenant_has_its_share_under_way_others_are_served_and_one_more_computation_is_refused()
            throws Exception {
        var end = new CountDownLatch(1);
        try (TestServer server = TestServer.start();
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var heavyWork = server.bean(HeavyWork.class);
            try {
                fill(callers, heavyWork, DEFAULT, end);

                assertThat(server.anonymous().get("/livez").status()).isEqualTo(200);
                assertThat(server.client().get("/api/v1/capabilities").status()).isEqualTo(200);
                Answer refused = server.client().post("/api/v1/resolve", EMPTY);
                assertThat(refused.status()).as(refused.text()).isEqualTo(503);
                assertThat(refused.problem()).isEqualTo("server.busy");
                assertThat(refused.header("Retry-After")).isPresent();
            } finally {
                end.countDown();
            }
            Answer answered;
            do {
                answered = server.client().post("/api/v1/resolve", EMPTY);
            } while (answered.status() == 503);
            assertThat(answered.status()).as(answered.text()).isEqualTo(200);
        }
    }

    @Test
    void a_tenant_that_asks_for_much_keeps_a_thread_from_no_other() throws Exception {
        var end = new CountDownLatch(1);
        var heavyWork = new HeavyWork();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                fill(callers, heavyWork, new UUID(0, 1), end);
                assertThat(heavyWork.run(context(new UUID(0, 2)), () -> "served"))
                        .isEqualTo("served");
            } finally {
                end.countDown();
            }
        }
        heavyWork.stop();
    }

    @Test
    void where_no_thread_is_free_whoever_has_asked_for_least_comes_first() throws Exception {
        var end = new CountDownLatch(1);
        var served = new CountDownLatch(1);
        var heavyWork = new HeavyWork();
        int share = Runtime.getRuntime().availableProcessors();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var begun = new CountDownLatch(share + 1);
            for (int i = 0; i <= share; i++) {
                UUID greedy = new UUID(0, i < share ? 1 : 2);
                callers.submit(() -> heavyWork.run(context(greedy), () -> {
                    begun.countDown();
                    return awaited(end);
                }));
            }
            begun.await();
            // Whatever of this came before the modest tenant's would keep its thread until that one is served.
            for (int i = 0; i < 2 * share - 1; i++) {
                UUID greedy = new UUID(0, i < share - 1 ? 2 : 3);
                callers.submit(() -> heavyWork.run(context(greedy), () -> awaited(served)));
            }
            awaitWaiting(heavyWork, 2 * share - 1);
            var modest = callers.submit(() -> heavyWork.run(context(new UUID(0, 4)), () -> "served"));
            awaitWaiting(heavyWork, 2 * share);
            end.countDown();
            try {
                assertThat(modest.get(1, TimeUnit.MINUTES)).isEqualTo("served");
            } finally {
                served.countDown();
            }
        }
        heavyWork.stop();
    }

    private static void awaitWaiting(HeavyWork heavyWork, int computations) {
        while (heavyWork.waiting() < computations) {
            Thread.onSpinWait();
        }
    }

    /** Asks for more than the tenant may; the first that is refused says that its share is under way. */
    private static void fill(ExecutorService callers, HeavyWork heavyWork, UUID tenant, CountDownLatch end)
            throws InterruptedException {
        var full = new CountDownLatch(1);
        for (int i = 0; i < 80; i++) {
            callers.submit(() -> {
                try {
                    return heavyWork.run(context(tenant), () -> awaited(end));
                } catch (Rejection refused) {
                    full.countDown();
                    throw refused;
                }
            });
        }
        full.await();
    }

    private static TenantContext context(UUID tenant) {
        var actor = new Actor(tenant, ActorKind.TOKEN, "test", Role.TENANT_ADMINISTRATOR);
        return new TenantContext(tenant, actor, "test", Optional.empty(), Optional.empty());
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
