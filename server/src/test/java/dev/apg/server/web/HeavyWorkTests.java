package dev.apg.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class HeavyWorkTests {
    private static final String EMPTY =
            "{\"document\": {\"format\": \"apg.composition/1\", \"composition\": \"empty\"}}";

    @Test
    void when_all_threads_compute_others_are_served_and_one_more_computation_is_refused() throws Exception {
        var end = new CountDownLatch(1);
        try (TestServer server = TestServer.start();
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var heavyWork = server.bean(HeavyWork.class);
            try {
                var full = new CountDownLatch(1);
                // More than there is room for: the first that is refused says that all threads and the queue are taken.
                for (int i = 0; i < Runtime.getRuntime().availableProcessors() + 80; i++) {
                    callers.submit(() -> {
                        try {
                            return heavyWork.run(() -> awaited(end));
                        } catch (Rejection refused) {
                            full.countDown();
                            throw refused;
                        }
                    });
                }
                full.await();

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
