package dev.apg.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.platform.config.Settings;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexAtStartTests {
    @Test
    void a_node_that_has_started_has_an_index_and_makes_no_search_wait(@TempDir Path one, @TempDir Path other) {
        try (TestDatabase database = TestDatabase.create()) {
            TestServer first = TestServer.start(database, one, UnaryOperator.identity());
            Answer registered = first.client()
                    .post(
                            "/api/v1/capabilities",
                            Map.of("capability", "cart", "about", Map.of("display_name", "Shopping cart")));
            first.stop();
            assertThat(registered.status()).as(registered.text()).isEqualTo(201);

            TestServer second = TestServer.start(database, other, withoutWaiting());
            Answer found = second.client(first.token()).get("/api/v1/search?q=cart");
            second.stop();

            assertThat(found.status()).as(found.text()).isEqualTo(200);
            assertThat(found.json().path("total_count").asInt()).isEqualTo(1);
        }
    }

    @Test
    void the_first_start_has_an_index_for_the_tenant_that_it_makes(@TempDir Path directory) {
        try (TestServer server = TestServer.start(TestDatabase.create(), directory, withoutWaiting())) {
            Answer found = server.client().get("/api/v1/search?q=cart");

            assertThat(found.status()).as(found.text()).isEqualTo(200);
            assertThat(found.json().path("total_count").asInt()).isZero();
        }
    }

    private static UnaryOperator<Settings> withoutWaiting() {
        return TestServer.withFeed(feed -> new Settings.Feed(feed.pollInterval(), feed.listen(), Duration.ZERO));
    }
}
