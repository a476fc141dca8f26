package dev.apg.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestRedis;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Two nodes that count together. */
class SharedRateTests {
    private static TestServer node(TestDatabase database, String redis) throws IOException {
        return TestServer.start(
                database,
                Files.createTempDirectory("apg-test-"),
                settings -> TestServer.withRedis(redis)
                        .apply(TestServer.withRateLimit(RateLimitTests.RATE).apply(settings)));
    }

    private static int read(TestTenant tenant, TestServer node) {
        Answer answer = tenant.client(node).get("/api/v1/me");
        assertThat(answer.status()).as(answer.text()).isIn(200, 429);
        return answer.status();
    }

    /** Whether what is used up on one node is used up on the other. */
    private static boolean countTogether(TestServer one, TestServer other) {
        TestTenant tenant = TestTenant.in(one);
        while (read(tenant, one) == 200) {
            // Until there is nothing left.
        }
        return read(tenant, other) == 429;
    }

    /** The component's health; that of the whole is good whatever it is. */
    private static String cache(TestServer node) {
        Answer health = node.anonymous().get("/api/health");
        assertThat(health.status()).as(health.text()).isEqualTo(200);
        return health.json().at("/components/cache/status").asString();
    }

    private static void until(BooleanSupplier happened) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime()).as("nothing happened for a minute").isLessThan(end);
        }
    }

    @Test
    void nodes_count_together_and_each_on_its_own_while_redis_is_away() throws Exception {
        TestDatabase database = TestDatabase.create();
        try (var redis = TestRedis.start();
                TestServer one = node(database, redis.url())) {
            TestServer other = node(database, redis.url());
            try {
                until(() -> countTogether(one, other));
                assertThat(cache(one)).isEqualTo("up");

                redis.stop();
                until(() -> !countTogether(one, other));
                until(() -> cache(one).equals("unknown"));

                redis.startAgain();
                until(() -> countTogether(one, other));
                assertThat(cache(one)).isEqualTo("up");
            } finally {
                other.stop();
            }
        }
    }

    @Test
    void a_redis_that_says_nothing_holds_no_request_up() throws Exception {
        TestDatabase database = TestDatabase.create();
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                TestServer node = node(database, "redis://127.0.0.1:" + silent.getLocalPort())) {
            TestTenant tenant = TestTenant.in(node);
            for (int i = 0; i < 20; i++) {
                assertThat(read(tenant, node)).isEqualTo(200);
            }
            assertThat(read(tenant, node)).isEqualTo(429);
        }
    }
}
