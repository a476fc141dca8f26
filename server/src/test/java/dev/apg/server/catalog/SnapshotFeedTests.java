package dev.apg.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.capability.Provision;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Several nodes on one database; each test has a tenant of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotFeedTests {
    private static final String MIN_SEQ = "X-APG-Min-Seq";

    private TestDatabase database;
    private TestServer node;
    private TestServer listening;
    private TestServer polling;

    @BeforeAll
    void start(@TempDir Path one, @TempDir Path two, @TempDir Path three) {
        database = TestDatabase.create();
        node = TestServer.start(database, one, feed(Duration.ofSeconds(1), true));
        // So rarely that only a notification can be the reason when it sees something in time.
        listening = TestServer.start(database, two, feed(Duration.ofHours(1), true));
        polling = TestServer.start(database, three, feed(Duration.ofMillis(100), false));
    }

    @AfterAll
    void stop() {
        polling.stop();
        listening.stop();
        node.close();
    }

    private static UnaryOperator<Settings> feed(Duration interval, boolean listen) {
        return TestServer.withFeed(feed -> new Settings.Feed(interval, listen, Duration.ofSeconds(5)));
    }

    @Test
    void a_client_that_names_the_cursor_of_its_write_reads_it_at_once() {
        TestTenant tenant = TestTenant.in(node);
        var rows = new CatalogRows(tenant);
        for (int i = 0; i < 20; i++) {
            String code = "redis-" + i;
            Cursor written = rows.write(batch -> batch.capability(code));
            Answer answer = tenant.client().with(MIN_SEQ, written.toString()).get("/api/v1/capabilities/" + code);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(Cursor.parse(answer.header("X-APG-Seq").orElseThrow()).orElseThrow())
                    .isGreaterThanOrEqualTo(written);
        }
    }

    @Test
    void a_node_that_starts_with_more_tenants_than_processors_can_list_and_search_for_each(@TempDir Path four) {
        int many = 4 * Runtime.getRuntime().availableProcessors();
        List<TestTenant> tenants =
                Stream.generate(() -> TestTenant.in(node)).limit(many).toList();
        tenants.forEach(tenant -> new CatalogRows(tenant).write(batch -> batch.capability("redis")));

        TestServer late = TestServer.start(database, four, feed(Duration.ofSeconds(1), true));

        try {
            for (TestTenant tenant : tenants) {
                for (String path : List.of("/api/v1/capabilities", "/api/v1/search?q=redis")) {
                    Answer answer = tenant.client(late).get(path);
                    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                    assertThat(answer.json().get("total_count").asInt()).isEqualTo(1);
                }
            }
        } finally {
            late.stop();
        }
    }

    @Test
    void a_cursor_that_does_not_exist_yet_is_waited_for_and_then_said_to_be_out_of_reach() {
        TestTenant tenant = TestTenant.in(node);
        Cursor written = new CatalogRows(tenant).write(batch -> batch.capability("redis"));
        var beyond = new Cursor(written.epoch(), written.seq() + 1_000);
        Answer answer = tenant.client().with(MIN_SEQ, beyond.toString()).get("/api/v1/capabilities");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("snapshot.behind");
        assertThat(answer.text()).contains(beyond.toString()).contains("at " + written);
        assertThat(answer.header("Retry-After")).isPresent();
    }

    @Test
    void a_cursor_that_is_written_while_somebody_waits_for_it_ends_the_wait() throws Exception {
        TestTenant tenant = TestTenant.in(node);
        var rows = new CatalogRows(tenant);
        Cursor before = rows.write(batch -> batch.capability("redis"));
        var next = new Cursor(before.epoch(), before.seq() + 1);
        var answer = new Answer[1];
        Thread waiting = Thread.ofVirtual()
                .start(() -> answer[0] =
                        tenant.client().with(MIN_SEQ, next.toString()).get("/api/v1/capabilities/valkey"));
        rows.write(batch -> batch.capability("valkey"));
        waiting.join();
        assertThat(answer[0].status()).isEqualTo(200);
    }

    @Test
    void a_cursor_of_an_epoch_that_is_over_tells_the_client_to_read_anew() throws SQLException {
        TestTenant tenant = TestTenant.in(node);
        Cursor old = new CatalogRows(tenant).write(batch -> batch.capability("redis"));
        try (var connection = database.superuser();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE tenant_cursor SET epoch = 2 WHERE tenant_id = '" + tenant.id() + "'");
        }
        var now = new Cursor(2, old.seq());
        assertThat(tenant.client()
                        .with(MIN_SEQ, now.toString())
                        .get("/api/v1/capabilities")
                        .header("X-APG-Seq"))
                .contains(now.toString());
        Answer answer = tenant.client().with(MIN_SEQ, old.toString()).get("/api/v1/capabilities");
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.problem()).isEqualTo("cursor.other_epoch");
    }

    @Test
    void a_cursor_of_an_epoch_that_the_log_never_had_is_not_waited_for() {
        TestTenant tenant = TestTenant.in(node);
        new CatalogRows(tenant).write(batch -> batch.capability("redis"));
        Answer answer = tenant.client().with(MIN_SEQ, "7.1").get("/api/v1/capabilities");
        assertThat(answer.status()).as(answer.text()).isEqualTo(410);
        assertThat(answer.problem()).isEqualTo("cursor.other_epoch");
    }

    @Test
    void a_cursor_that_is_not_one_is_refused() {
        TestClient client = TestTenant.in(node).client();
        for (String text : new String[] {"1", "1.", "x.y", "-1.4", "1.2.3", "01.4"}) {
            Answer answer = client.with(MIN_SEQ, text).get("/api/v1/capabilities");
            assertThat(answer.status()).as(text).isEqualTo(400);
            assertThat(answer.problem()).as(text).isEqualTo("cursor.malformed");
        }
    }

    @Test
    void another_node_sees_a_change_by_notification() {
        seesWhatIsWrittenElsewhere(listening);
    }

    @Test
    void another_node_sees_a_change_by_polling_alone() {
        seesWhatIsWrittenElsewhere(polling);
    }

    private void seesWhatIsWrittenElsewhere(TestServer other) {
        TestTenant tenant = TestTenant.in(node);
        var rows = new CatalogRows(tenant);
        rows.write(batch -> batch.capability("redis"));
        TestClient client = tenant.client(other);
        assertThat(client.get("/api/v1/capabilities/redis").status()).isEqualTo(200);
        rows.write(batch -> batch.capability("valkey"));
        // Without a minimum, which would make the node look by itself.
        Eventually.holds(() ->
                assertThat(client.get("/api/v1/capabilities/valkey").status()).isEqualTo(200));
    }

    @Test
    void reads_go_on_while_the_database_is_away_and_the_feed_recovers_by_itself() {
        TestTenant tenant = TestTenant.in(node);
        var rows = new CatalogRows(tenant);
        Cursor before = rows.write(batch -> batch.capability("redis"));
        TestClient client = tenant.client();
        assertThat(client.with(MIN_SEQ, before.toString())
                        .get("/api/v1/capabilities/redis")
                        .status())
                .isEqualTo(200);
        var later = new Cursor(before.epoch(), before.seq() + 1);
        database.goAway();
        try {
            assertThat(client.get("/api/v1/capabilities/redis").status()).isEqualTo(200);
            Answer behind = client.with(MIN_SEQ, later.toString()).get("/api/v1/capabilities");
            assertThat(behind.status()).isEqualTo(503);
            assertThat(behind.problem()).isEqualTo("snapshot.behind");
        } finally {
            database.comeBack();
        }
        Eventually.holds(() -> {
            Cursor written = rows.write(batch -> batch.capability("valkey"));
            assertThat(client.with(MIN_SEQ, written.toString())
                            .get("/api/v1/capabilities/valkey")
                            .status())
                    .isEqualTo(200);
        });
        TestClient elsewhere = tenant.client(listening);
        Eventually.holds(
                () -> assertThat(elsewhere.get("/api/v1/capabilities/valkey").status())
                        .isEqualTo(200));
    }

    @Test
    void no_read_of_one_tenant_shows_anything_of_another() {
        TestTenant mine = TestTenant.in(node);
        TestTenant other = TestTenant.in(node);
        new CatalogRows(mine)
                .write(batch -> batch.capability("secret-plan")
                        .version(
                                "secret-plan",
                                "1.0.0",
                                CatalogRows.structure(List.of(new Provision("secret", "1.0.0")))));
        Cursor written = new CatalogRows(other).write(batch -> batch.capability("public-plan"));
        TestClient client = other.client().with(MIN_SEQ, written.toString());
        for (String path : new String[] {
            "/api/v1/capabilities",
            "/api/v1/search?q=plan",
            "/api/v1/search?q=sacret",
            "/api/v1/search",
            "/api/v1/graph",
            "/api/v1/services",
            "/api/v1/events"
        }) {
            Answer answer = client.get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.text()).as(path).doesNotContain("secret-plan").doesNotContain("\"secret\"");
        }
        for (String path : new String[] {
            "/api/v1/capabilities/secret-plan",
            "/api/v1/capabilities/secret-plan/versions",
            "/api/v1/capabilities/secret-plan/dependents",
            "/api/v1/capabilities/secret-plan/dependencies",
            "/api/v1/graph?root=secret-plan",
            "/api/v1/services/secret"
        }) {
            assertThat(client.get(path).status()).as(path).isEqualTo(404);
        }
    }
}
