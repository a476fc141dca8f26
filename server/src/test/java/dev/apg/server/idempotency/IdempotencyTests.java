package dev.apg.server.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.account.Callers;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdempotencyTests {
    private static final String COMPOSITIONS = "/api/v1/compositions";

    private static final String WAITING = "datname = current_database() AND wait_event_type = 'Lock'";

    @AutoClose
    private static final TestServer server = TestServer.start();

    private TestTenant tenant;

    @BeforeEach
    void freshTenant() {
        tenant = TestTenant.in(server);
    }

    private TestClient with(String key) {
        return tenant.client().with("Idempotency-Key", key);
    }

    private static Map<String, String> shop(String code) {
        return Map.of("code", code);
    }

    private long compositions() {
        return tenant.client().get(COMPOSITIONS).json().get("total_count").asLong();
    }

    @Test
    void a_request_that_is_sent_again_is_carried_out_once_and_brings_the_first_answer_back() {
        Answer first = with("k-1").post(COMPOSITIONS, shop("shop"));
        Answer second = with("k-1").post(COMPOSITIONS, shop("shop"));

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Idempotency-Replayed")).contains("true");
        for (String header : List.of("Location", "Content-Type", "X-APG-Seq")) {
            assertThat(second.header(header)).as(header).isEqualTo(first.header(header));
        }
        assertThat(compositions()).isEqualTo(1);
    }

    @Test
    void a_key_is_not_good_for_another_request() {
        with("k-1").post(COMPOSITIONS, shop("shop"));

        Answer other = with("k-1").post(COMPOSITIONS, shop("other"));
        Answer elsewhere = with("k-1").post(COMPOSITIONS + "/shop/revisions", shop("shop"));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo("idempotency_key.reused");
        assertThat(elsewhere.problem()).isEqualTo("idempotency_key.reused");
        Answer ofAnother = with("k-1").with("If-Match", "\"9\"").post(COMPOSITIONS, shop("shop"));
        assertThat(ofAnother.problem()).isEqualTo("idempotency_key.reused");
        assertThat(compositions()).isEqualTo(1);
    }

    @Test
    void a_refused_request_may_be_mended_and_sent_with_the_same_key() {
        assertThat(with("k-1").post(COMPOSITIONS, "{\"code\": 7}").status()).isBetween(400, 422);
        assertThat(with("k-1").post(COMPOSITIONS, shop("shop")).status()).isEqualTo(201);
    }

    @Test
    void of_many_at_once_one_is_carried_out() throws Exception {
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(() -> with("k-1").post(COMPOSITIONS, shop("shop")));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> call : threads.invokeAll(calls)) {
                Answer answer = call.get();
                if (answer.status() != 201) {
                    assertThat(answer.problem()).isEqualTo("idempotency_key.under_way");
                }
            }
        }
        assertThat(with("k-1").post(COMPOSITIONS, shop("shop")).status()).isEqualTo(201);
        assertThat(compositions()).isEqualTo(1);
    }

    @Test
    void keys_of_two_tenants_have_nothing_to_do_with_each_other() {
        TestTenant neighbour = TestTenant.in(server);
        with("k-1").post(COMPOSITIONS, shop("shop"));

        Answer answer = neighbour.client().with("Idempotency-Key", "k-1").post(COMPOSITIONS, shop("shop"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Idempotency-Replayed")).isEmpty();
    }

    @Test
    void nobody_else_gets_the_answer_or_is_kept_from_using_the_key() {
        TestClient colleague = colleague("composition_designer");
        with("k-1").post(COMPOSITIONS, shop("shop"));

        Answer answer = colleague.with("Idempotency-Key", "k-1").post(COMPOSITIONS, shop("shop"));
        assertThat(answer.problem()).isEqualTo("composition.exists");
        assertThat(answer.header("Idempotency-Replayed")).isEmpty();

        Answer own = colleague.with("Idempotency-Key", "k-1").post(COMPOSITIONS, shop("other"));
        assertThat(own.status()).as(own.text()).isEqualTo(201);
        assertThat(compositions()).isEqualTo(2);
    }

    private TestClient colleague(String role) {
        Answer issued = tenant.client().post("/api/v1/tokens", Map.of("label", "colleague", "role", role));
        return server.client(issued.json().get("text").asString());
    }

    @Test
    void an_access_token_with_fewer_scopes_does_not_get_what_one_with_more_was_answered() {
        Answer created =
                tenant.client().post("/api/v1/clients", Map.of("label", "service", "role", "composition_designer"));
        TestClient full = fetched(created, "composition:edit composition:read");
        TestClient again = fetched(created, "composition:read composition:edit");
        TestClient narrow = fetched(created, "catalog:read");
        assertThat(full.with("Idempotency-Key", "k-1")
                        .post(COMPOSITIONS, shop("shop"))
                        .status())
                .isEqualTo(201);

        assertThat(narrow.with("Idempotency-Key", "k-1")
                        .post(COMPOSITIONS, shop("shop"))
                        .status())
                .isEqualTo(403);
        assertThat(again.with("Idempotency-Key", "k-1")
                        .post(COMPOSITIONS, shop("shop"))
                        .header("Idempotency-Replayed"))
                .contains("true");
    }

    private static TestClient fetched(Answer client, String scope) {
        Answer fetched = server.anonymous()
                .post(
                        "/api/auth/token",
                        Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                client.json().at("/client/client_id").asString(),
                                "client_secret",
                                client.json().get("client_secret").asString(),
                                "scope",
                                scope));
        assertThat(fetched.status()).as(fetched.text()).isEqualTo(200);
        return server.client(fetched.json().get("access_token").asString());
    }

    @Test
    void a_purge_erases_the_answers_that_may_quote_what_is_purged() {
        String versions = "/api/v1/capabilities/leaky/versions";
        Map<String, Object> version = Map.of("format", "apg.version/1", "capability", "leaky", "version", "1.0.0");
        assertThat(with("k-1").post(versions, version).status()).isEqualTo(201);
        Answer purged = tenant.client()
                .with("If-Match", "*")
                .put(versions + "/1.0.0/state", Map.of("state", "purged", "reason", "a password leaked"));
        assertThat(purged.status()).as(purged.text()).isEqualTo(200);

        assertThat(with("k-1").post(versions, version).problem()).isEqualTo("idempotency_key.answer_not_kept");
    }

    @Test
    void an_answer_with_a_secret_is_not_kept_and_the_request_not_repeated() {
        Map<String, String> token = Map.of("label", "build", "role", "observer");
        assertThat(with("k-1").post("/api/v1/tokens", token).status()).isEqualTo(201);

        Answer second = with("k-1").post("/api/v1/tokens", token);

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.problem()).isEqualTo("idempotency_key.answer_not_kept");
        assertThat(tenant.client().get("/api/v1/tokens").text()).containsOnlyOnce("\"build\"");
    }

    @Test
    void a_large_import_is_recognised_by_its_bytes() {
        String lines =
                "{\"format\":\"apg.version/1\",\"capability\":\"a\",\"version\":\"1.0.0\"}\n" + "\n".repeat(5 << 20);
        Answer first =
                with("k-1").send("POST", "/api/v1/imports", BodyPublishers.ofString(lines), "application/x-ndjson");
        assertThat(first.status()).as(first.text()).isEqualTo(200);

        Answer same =
                with("k-1").send("POST", "/api/v1/imports", BodyPublishers.ofString(lines), "application/x-ndjson");
        Answer longer = with("k-1")
                .send("POST", "/api/v1/imports", BodyPublishers.ofString(lines + "\n"), "application/x-ndjson");

        assertThat(same.body()).isEqualTo(first.body());
        assertThat(longer.problem()).isEqualTo("idempotency_key.reused");
    }

    @Test
    void a_malformed_key_is_refused() {
        assertThat(with("two words").post(COMPOSITIONS, shop("shop")).problem()).isEqualTo("idempotency_key.malformed");
        assertThat(with("k".repeat(256)).post(COMPOSITIONS, shop("shop")).problem())
                .isEqualTo("idempotency_key.malformed");
        assertThat(with("k-1")
                        .with("Idempotency-Key", "k-2")
                        .post(COMPOSITIONS, shop("shop"))
                        .problem())
                .isEqualTo("idempotency_key.malformed");
        assertThat(compositions()).isZero();
    }

    @Test
    void a_request_whose_node_died_before_it_changed_anything_is_carried_out() {
        var keys = server.bean(IdempotencyKeys.class);
        OwnKey key = OwnKey.of(
                server.bean(Callers.class).authenticate(tenant.token()).orElseThrow(), "k-1");
        keys.claim(key, "died");
        assertThat(with("k-1").post(COMPOSITIONS, shop("shop")).problem()).isEqualTo("idempotency_key.under_way");

        keys.leaveOpen(key, "died");

        assertThat(with("k-1").post(COMPOSITIONS, shop("shop")).status()).isEqualTo(201);
    }

    @Test
    void a_request_whose_node_died_before_it_answered_is_not_carried_out_again() throws Exception {
        Answer first = with("k-1").with("X-Request-Id", "job-7").post(COMPOSITIONS, shop("shop"));
        try (var connection = server.database().superuser();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE idempotency_key SET status = NULL, leased_until = now() WHERE " + ofTenant());
        }

        Answer answer = with("k-1").with("X-Request-Id", "job-7").post(COMPOSITIONS, shop("shop"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("idempotency_key.answer_lost");
        assertThat(answer.json().get("detail").asString())
                .contains(first.header("X-Request-Id").orElseThrow());
        assertThat(compositions()).isEqualTo(1);
    }

    @Test
    void what_another_call_with_the_same_request_id_did_is_not_taken_for_the_request() throws Exception {
        TestClient job = tenant.client().with("X-Request-Id", "job-7");
        TestClient keyed = job.with("Idempotency-Key", "k-1");
        try (var connection = server.database().superuser();
                var statement = connection.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE composition");
            Future<Answer> first = threads.submit(() -> keyed.post(COMPOSITIONS, shop("shop")));
            awaitWaiting(statement);
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + WAITING);
            assertThat(first.get().status()).isEqualTo(503);
            connection.rollback();
        }
        assertThat(job.post(COMPOSITIONS, shop("other")).status()).isEqualTo(201);

        Answer again = keyed.post(COMPOSITIONS, shop("shop"));

        assertThat(again.status()).as(again.text()).isEqualTo(201);
        assertThat(compositions()).isEqualTo(2);
    }

    @Test
    void a_key_that_is_forgotten_while_a_request_asks_for_it_is_a_new_one() throws Exception {
        with("k-1").post(COMPOSITIONS, shop("shop"));
        try (var connection = server.database().superuser();
                var statement = connection.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT FROM idempotency_key WHERE " + ofTenant() + " FOR UPDATE");
            Future<Answer> second = threads.submit(() -> with("k-1").post(COMPOSITIONS, shop("other")));
            awaitWaiting(statement);
            statement.execute("DELETE FROM idempotency_key WHERE " + ofTenant());
            connection.commit();

            assertThat(second.get().status()).as(second.get().text()).isEqualTo(201);
        }
        assertThat(compositions()).isEqualTo(2);
    }

    private String ofTenant() {
        return "tenant_id = '%s'".formatted(tenant.id());
    }

    /** Returns when somebody in this database waits for a lock. */
    private static void awaitWaiting(Statement statement) throws SQLException {
        while (true) {
            // In a transaction, the view would stay as it was when it was first read.
            statement.execute("SELECT pg_stat_clear_snapshot()");
            try (var row = statement.executeQuery("SELECT FROM pg_stat_activity WHERE " + WAITING)) {
                if (row.next()) {
                    return;
                }
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void a_forgotten_key_is_a_new_one() {
        with("k-1").post(COMPOSITIONS, shop("shop"));
        assertThat(server.bean(IdempotencyKeys.class).forget(tenant.id(), Duration.ofDays(1), 10))
                .isZero();
        assertThat(server.bean(IdempotencyKeys.class).forget(tenant.id(), Duration.ZERO, 10))
                .isEqualTo(1);

        assertThat(with("k-1").post(COMPOSITIONS, shop("shop")).problem()).isEqualTo("composition.exists");
    }
}
