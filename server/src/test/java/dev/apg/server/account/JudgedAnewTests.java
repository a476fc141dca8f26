package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What somebody may do when their request is committed counts, and not what they could do when it came. */
class JudgedAnewTests {
    private static final String NEXT = "cobalt pigeon orchestra 4";

    @AutoClose
    private static final TestServer server = TestServer.start();

    @AutoClose
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    private final People people = People.in(server);

    @Test
    void whoever_is_demoted_while_their_body_is_on_its_way_does_no_more_with_what_they_could_do() throws Exception {
        String path = people.join("ada@example.com", "tenant_administrator");
        TestClient ada = people.browser("ada@example.com");
        TestClient byToken = server.client(ada.post("/api/v1/me/tokens", Map.of("label", "laptop"))
                .json()
                .get("text")
                .asString());

        UUID tenant = people.tenantId();
        Held session = hold(ada, tenant, "one", List.of("Cookie", "X-APG-CSRF"));
        Held token = hold(byToken, tenant, "two", List.of("Authorization"));
        demote(path);

        assertThat(List.of(session.finish(), token.finish()))
                .allSatisfy(answer -> assertThat(answer).contains("HTTP/1.1 409", "\"access.changed\""));
        assertThat(labels()).doesNotContain("one", "two");
    }

    @Test
    void whoever_is_demoted_while_their_write_waits_writes_nothing() throws Exception {
        makeRole("watcher");
        String path = people.join("ada@example.com", "tenant_administrator");
        TestClient ada = people.browser("ada@example.com");
        try (var connection = server.database().superuser()) {
            lock(connection, "SELECT FROM custom_role WHERE tenant_id = ? AND code = 'watcher' FOR UPDATE");
            Future<Answer> late =
                    executor.submit(() -> ada.post("/api/v1/tokens", Map.of("label", "late", "role", "watcher")));
            awaitWaiting(connection, 1);
            demote(path);
            connection.rollback();

            assertThat(late.get().status()).as(late.get().text()).isEqualTo(409);
            assertThat(late.get().problem()).isEqualTo("access.changed");
        }
        assertThat(labels()).doesNotContain("late");
    }

    @Test
    void whoever_is_disabled_while_their_write_waits_writes_nothing_in_a_session_or_by_a_token() throws Exception {
        makeRole("watcher");
        String path = people.join("ada@example.com", "tenant_administrator");
        TestClient ada = people.browser("ada@example.com");
        TestClient byToken = server.client(ada.post("/api/v1/me/tokens", Map.of("label", "laptop"))
                .json()
                .get("text")
                .asString());
        try (var connection = server.database().superuser()) {
            lock(connection, "SELECT FROM custom_role WHERE tenant_id = ? AND code = 'watcher' FOR UPDATE");
            Future<Answer> session =
                    executor.submit(() -> ada.post("/api/v1/tokens", Map.of("label", "one", "role", "watcher")));
            Future<Answer> token =
                    executor.submit(() -> byToken.post("/api/v1/tokens", Map.of("label", "two", "role", "watcher")));
            awaitWaiting(connection, 2);
            change(path, Map.of("disabled", true));
            connection.rollback();

            assertThat(session.get().status() + " " + session.get().problem()).isEqualTo("401 session.ended");
            assertThat(token.get().status() + " " + token.get().problem()).isEqualTo("401 token.invalid");
        }
        assertThat(labels()).doesNotContain("one", "two");
    }

    @Test
    void a_token_that_waits_for_another_password_is_not_made_in_a_session_that_this_ends() throws Exception {
        people.join("ada@example.com", "observer");
        TestClient ada = people.browser("ada@example.com");
        TestClient thief = people.browser("ada@example.com");
        try (var connection = server.database().superuser()) {
            lock(connection, "SELECT FROM account WHERE tenant_id = ? AND email = 'ada@example.com' FOR UPDATE");
            Future<Answer> chosen = executor.submit(() ->
                    ada.post("/api/v1/me/password", Map.of("current_password", People.PASSWORD, "password", NEXT)));
            awaitWaiting(connection, 1);
            Future<Answer> stolen = executor.submit(() -> thief.post("/api/v1/me/tokens", Map.of("label", "stolen")));
            // PostgreSQL lets them in as they came.
            awaitWaiting(connection, 2);
            connection.rollback();

            assertThat(chosen.get().status()).as(chosen.get().text()).isEqualTo(204);
            assertThat(stolen.get().status() + " " + stolen.get().problem()).isEqualTo("401 session.ended");
        }
        assertThat(ada.get("/api/v1/me/tokens").json().get("items")).isEmpty();
    }

    @Test
    void a_token_that_is_made_while_its_session_is_being_ended_is_revoked_with_it() throws Exception {
        String path = people.join("ada@example.com", "observer");
        TestClient thief = people.browser("ada@example.com");
        try (var connection = server.database().superuser()) {
            lock(connection, "SELECT FROM account WHERE tenant_id = ? AND email = 'ada@example.com' FOR UPDATE");
            Future<Answer> stolen = executor.submit(() -> thief.post("/api/v1/me/tokens", Map.of("label", "stolen")));
            awaitWaiting(connection, 1);
            Future<Answer> ended = executor.submit(() -> people.administrator().delete(path + "/sessions"));
            awaitWaiting(connection, 2);
            connection.rollback();

            assertThat(stolen.get().status()).isEqualTo(201);
            assertThat(ended.get().status()).isEqualTo(204);
            assertThat(server.client(stolen.get().json().get("text").asString())
                            .get("/api/v1/me")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void what_was_taken_from_others_meanwhile_keeps_nobody_from_what_they_may_do() throws Exception {
        makeRole("watcher");
        people.join("ada@example.com", "observer");
        TestClient ada = people.browser("ada@example.com");
        people.join("carol@example.com", "tenant_administrator");
        TestClient carol = people.browser("carol@example.com");
        String bob = people.join("bob@example.com", "observer");
        people.browser("bob@example.com");
        try (var connection = server.database().superuser()) {
            lock(connection, "SELECT FROM custom_role WHERE tenant_id = ? AND code = 'watcher' FOR UPDATE");
            lock(connection, "SELECT FROM account WHERE tenant_id = ? AND email = 'ada@example.com' FOR UPDATE");
            Future<Answer> issued =
                    executor.submit(() -> carol.post("/api/v1/tokens", Map.of("label", "late", "role", "watcher")));
            // A write that takes access itself, from other sessions of hers.
            Future<Answer> chosen = executor.submit(() ->
                    ada.post("/api/v1/me/password", Map.of("current_password", People.PASSWORD, "password", NEXT)));
            awaitWaiting(connection, 2);
            people.administrator().delete(bob + "/sessions");
            connection.rollback();

            assertThat(chosen.get().status()).as(chosen.get().text()).isEqualTo(204);
            assertThat(issued.get().status()).as(issued.get().text()).isEqualTo(201);
        }
        assertThat(ada.get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void of_two_roles_that_are_made_at_once_the_last_that_there_may_be_is_one() throws Exception {
        for (int i = 0; i < 99; i++) {
            makeRole("role-" + i);
        }
        try (var connection = server.database().superuser()) {
            lock(connection, "SELECT FROM tenant_cursor WHERE tenant_id = ? FOR UPDATE");
            Future<Answer> one = executor.submit(() -> makeRole("one"));
            Future<Answer> two = executor.submit(() -> makeRole("two"));
            awaitWaiting(connection, 2);
            connection.rollback();

            assertThat(List.of(one.get().status(), two.get().status())).containsExactlyInAnyOrder(201, 409);
        }
    }

    private Answer makeRole(String code) {
        return people.administrator()
                .post("/api/v1/roles", Map.of("code", code, "permissions", List.of("catalog:read")));
    }

    /** A request of which the last byte waits. */
    private record Held(Socket socket) {
        String finish() throws Exception {
            try (socket) {
                socket.getOutputStream().write('}');
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    /** Issues a machine token, as far as that its sender was let in. */
    private Held hold(TestClient client, UUID tenant, String label, List<String> credentials) throws Exception {
        int before = claimed(tenant);
        String body = "{\"label\": \"%s\", \"role\": \"tenant_administrator\"}".formatted(label);
        var socket = new Socket(server.url().getHost(), server.url().getPort());
        var headers = new StringBuilder();
        credentials.forEach(name -> headers.append("%s: %s\r\n".formatted(name, client.header(name))));
        socket.getOutputStream()
                .write(("POST /api/v1/tokens HTTP/1.1\r\nHost: localhost\r\n%sIdempotency-Key: %s\r\n"
                                + "Content-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s")
                        .formatted(headers, label, body.length(), body.substring(0, body.length() - 1))
                        .getBytes(StandardCharsets.US_ASCII));
        while (claimed(tenant) == before) {
            Thread.onSpinWait();
        }
        return new Held(socket);
    }

    /** How many keys of requests are taken, which happens when it is clear whose they are. */
    private static int claimed(UUID tenant) throws Exception {
        try (var connection = server.database().superuser();
                var keys = connection.prepareStatement("SELECT count(*) FROM idempotency_key WHERE tenant_id = ?")) {
            keys.setObject(1, tenant);
            try (var row = keys.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private void demote(String path) {
        change(path, Map.of("role", "observer"));
    }

    private void change(String path, Map<String, Object> change) {
        Answer changed = people.administrator().with("If-Match", "*").patch(path, change);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    private List<String> labels() {
        return people.administrator().get("/api/v1/tokens").json().get("items").values().stream()
                .map(token -> token.get("label").asString())
                .toList();
    }

    private void lock(Connection connection, String row) throws Exception {
        connection.setAutoCommit(false);
        try (var statement = connection.prepareStatement(row)) {
            statement.setObject(1, people.tenantId());
            assertThat(statement.executeQuery().next()).isTrue();
        }
    }

    /** Returns when so many wait in the database of the connection. */
    private static void awaitWaiting(Connection connection, int many) throws Exception {
        try (var statement = connection.createStatement()) {
            while (true) {
                try (var row = statement.executeQuery("""
                        SELECT count(DISTINCT w.pid) FROM pg_locks w JOIN pg_stat_activity a USING (pid)
                        WHERE NOT w.granted AND a.datname = current_database()
                        """)) {
                    row.next();
                    if (row.getInt(1) >= many) {
                        return;
                    }
                }
                Thread.onSpinWait();
            }
        }
    }
}
