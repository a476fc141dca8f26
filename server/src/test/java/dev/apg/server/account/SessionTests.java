package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.catalog.Eventually;
import dev.apg.server.platform.config.AccessTokenSettings;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two nodes on one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionTests {
    private static final String KEY = "6f2d9a1c4b7e8035e1d2c3b4a5968778697a5b4c3d2e1f00";

    private TestDatabase database;
    private TestServer node;
    private TestServer other;
    private People people;

    @BeforeAll
    void start(@TempDir Path one, @TempDir Path two) {
        database = TestDatabase.create();
        node = TestServer.start(database, one, sameKey());
        // It polls so rarely, and so believes for so long, that only a notification can end its belief in time.
        var feed = TestServer.withFeed(any -> new Settings.Feed(Duration.ofHours(1), true, any.longestWait()));
        other = TestServer.start(database, two, settings -> feed.apply(sameKey().apply(settings)));
    }

    private static UnaryOperator<Settings> sameKey() {
        return TestServer.withSecretKey(KEY);
    }

    @AfterAll
    void stop() {
        other.stop();
        node.close();
    }

    @BeforeEach
    void gather() {
        people = People.in(node);
        people.join("ada@example.com", "capability_developer");
    }

    private static TestClient withCookie(TestServer server, Answer login) {
        return server.anonymous().with("Cookie", People.cookie(login));
    }

    private void change(String sql) throws SQLException {
        try (var connection = database.superuser();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
        node.bean(Sessions.class).forget(people.tenantId());
    }

    @Test
    void the_cookie_is_for_this_host_and_no_script() {
        Answer login = people.logIn(node, "ada@example.com", People.PASSWORD);
        assertThat(login.header("Set-Cookie").orElseThrow())
                .startsWith("apg_session=apgu_")
                .contains("; Path=/", "; HttpOnly", "; SameSite=Lax")
                .doesNotContain("Domain", "Max-Age", "Expires");
        assertThat(login.header("Cache-Control")).contains("no-store");
        assertThat(login.text()).doesNotContain("apgu_");
    }

    @Test
    void outside_development_the_cookie_is_for_https_and_this_very_host(@TempDir Path directory) {
        TestServer strict = TestServer.start(
                database,
                directory,
                TestServer.withKeys(
                        List.of(),
                        tokens -> new AccessTokenSettings(
                                tokens.algorithm(),
                                tokens.lifetime(),
                                "https://apg.example",
                                tokens.sharedKey(),
                                tokens.privateKeys())));
        try {
            Answer login = people.logIn(strict, "ada@example.com", People.PASSWORD);
            assertThat(login.header("Set-Cookie").orElseThrow())
                    .startsWith("__Host-apg_session=apgu_")
                    .contains("; Secure", "; Path=/", "; HttpOnly", "; SameSite=Lax")
                    .doesNotContain("Domain");
        } finally {
            strict.stop();
        }
    }

    @Test
    void a_login_never_takes_over_the_session_that_was_there() {
        Answer planted = people.logIn(node, "ada@example.com", People.PASSWORD);
        Answer login = withCookie(node, planted)
                .post(
                        "/api/auth/login",
                        Map.of("tenant", people.tenant(), "email", "ada@example.com", "password", People.PASSWORD));
        assertThat(login.status()).isEqualTo(200);
        assertThat(People.cookie(login)).isNotEqualTo(People.cookie(planted));
    }

    @Test
    void a_session_is_good_on_every_node_and_after_a_restart(@TempDir Path directory) {
        TestClient browser = people.browser("ada@example.com");
        assertThat(browser.get("/api/v1/me").status()).isEqualTo(200);
        TestServer third = TestServer.start(database, directory, sameKey());
        TestClient restarted = third.anonymous()
                .with("Cookie", browser.header("Cookie"))
                .with("X-APG-CSRF", browser.header("X-APG-CSRF"));
        assertThat(restarted.post("/api/v1/services", Map.of("service", "mail")).status())
                .isEqualTo(201);
        third.stop();
    }

    @Test
    void a_change_needs_the_token_that_only_our_own_pages_can_read() {
        Answer login = people.logIn(node, "ada@example.com", People.PASSWORD);
        TestClient cookie = withCookie(node, login);
        Map<String, String> service = Map.of("service", "csrf");
        JsonNode me = cookie.get("/api/v1/me").json();
        String token = me.get("csrf_token").asString();
        assertThat(token).isEqualTo(login.json().get("csrf_token").asString());

        assertThat(cookie.post("/api/v1/services", service).problem()).isEqualTo("csrf.token");
        assertThat(cookie.with("X-APG-CSRF", "x" + token)
                        .post("/api/v1/services", service)
                        .problem())
                .isEqualTo("csrf.token");
        String others = people.logIn(node, "ada@example.com", People.PASSWORD)
                .json()
                .get("csrf_token")
                .asString();
        assertThat(cookie.with("X-APG-CSRF", others)
                        .post("/api/v1/services", service)
                        .problem())
                .isEqualTo("csrf.token");
        TestClient own = cookie.with("X-APG-CSRF", token);
        for (TestClient foreign : List.of(
                own.with("Origin", "https://evil.example"),
                own.with("Origin", "null"),
                own.with("Sec-Fetch-Site", "cross-site"),
                own.with("Sec-Fetch-Site", "same-site"))) {
            assertThat(foreign.post("/api/v1/services", service).problem()).isEqualTo("csrf.origin");
            assertThat(foreign.delete("/api/v1/me/sessions").problem()).isEqualTo("csrf.origin");
            assertThat(foreign.get("/api/v1/me").status()).isEqualTo(200);
        }
        assertThat(own.with("Origin", node.url().toString())
                        .with("Sec-Fetch-Site", "same-origin")
                        .post("/api/v1/services", service)
                        .status())
                .isEqualTo(201);
        assertThat(node.client(people.administrator().header("Authorization").substring("Bearer ".length()))
                        .with("Origin", "https://evil.example")
                        .post("/api/v1/services", Map.of("service", "bearer"))
                        .status())
                .as("no browser sends a token by itself")
                .isEqualTo(201);
    }

    @Test
    void a_page_of_others_logs_nobody_in() {
        Map<String, String> login =
                Map.of("tenant", people.tenant(), "email", "ada@example.com", "password", People.PASSWORD);
        assertThat(node.anonymous()
                        .with("Origin", "https://evil.example")
                        .post("/api/auth/login", login)
                        .problem())
                .isEqualTo("csrf.origin");
        assertThat(node.anonymous()
                        .send("POST", "/api/auth/login", BodyPublishers.ofString("{}"), "text/plain")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void sessions_are_listed_and_end_at_once_on_every_node() {
        TestClient here = people.browser(node, "ada@example.com");
        TestClient there = people.browser(other, "ada@example.com");
        TestClient elsewhere = people.browser(node, "ada@example.com");
        assertThat(there.get("/api/v1/me").status()).isEqualTo(200);

        JsonNode sessions = here.get("/api/v1/me/sessions").json().get("items");
        assertThat(sessions.size()).isEqualTo(3);
        assertThat(sessions.valueStream()
                        .filter(session -> session.get("current").asBoolean()))
                .hasSize(1);
        assertThat(sessions.get(0).get("address").asString()).isEqualTo("127.0.0.1");
        assertThat(sessions.get(0).get("user_agent").asString()).contains("Java-http-client");

        String theirs = sessions.get(1).get("id").asString();
        assertThat(here.delete("/api/v1/me/sessions/" + theirs).status()).isEqualTo(204);
        Eventually.holds(() -> assertThat(there.get("/api/v1/me").status()).isEqualTo(401));
        assertThat(here.delete("/api/v1/me/sessions/" + theirs).status()).isEqualTo(404);

        assertThat(here.delete("/api/v1/me/sessions").status()).isEqualTo(204);
        assertThat(elsewhere.get("/api/v1/me").status()).isEqualTo(401);
        Answer out = here.post("/api/auth/logout", "");
        assertThat(out.status()).as(out.text()).isEqualTo(204);
        assertThat(out.header("Set-Cookie").orElseThrow()).contains("Max-Age=0");
        Answer gone = here.get("/api/v1/me");
        assertThat(gone.status()).isEqualTo(401);
        assertThat(gone.problem()).isEqualTo("session.ended");
    }

    @Test
    void nobody_ends_the_session_of_somebody_else() {
        people.join("eve@example.com", "observer");
        TestClient ada = people.browser("ada@example.com");
        String session = ada.get("/api/v1/me/sessions").json().at("/items/0/id").asString();
        assertThat(people.browser("eve@example.com")
                        .delete("/api/v1/me/sessions/" + session)
                        .status())
                .isEqualTo(404);
        assertThat(ada.get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void a_session_that_nobody_uses_ends_and_so_does_one_that_is_too_old() throws Exception {
        TestClient idle = people.browser("ada@example.com");
        change("UPDATE session SET last_seen_at = now() - interval '31 minutes' WHERE ended_at IS NULL");
        assertThat(idle.get("/api/v1/me").status()).isEqualTo(401);

        TestClient old = people.browser("ada@example.com");
        change("UPDATE session SET expires_at = now() WHERE ended_at IS NULL");
        assertThat(old.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void the_secret_is_replaced_now_and_then_and_the_old_one_ends_the_session() throws Exception {
        TestClient before = people.browser("ada@example.com");
        change("UPDATE session SET rotated_at = now() - interval '16 minutes' WHERE ended_at IS NULL");
        TestClient elsewhere = people.browser("ada@example.com");
        String token = elsewhere
                .post("/api/v1/me/tokens", Map.of("label", "laptop"))
                .json()
                .get("text")
                .asString();

        Answer rotating = before.get("/api/v1/me");
        assertThat(rotating.status()).isEqualTo(200);
        TestClient after = node.anonymous()
                .with("Cookie", People.cookie(rotating))
                .with("X-APG-CSRF", before.header("X-APG-CSRF"));
        assertThat(People.cookie(rotating)).isNotEqualTo(before.header("Cookie"));
        assertThat(before.get("/api/v1/me").status())
                .as("a request that was under way when the answer came")
                .isEqualTo(200);
        assertThat(after.post("/api/v1/services", Map.of("service", "rotated")).status())
                .isEqualTo(201);
        assertThat(before.get("/api/v1/me").status()).isEqualTo(200);

        change(
                "UPDATE session SET confirmed_at = now() - interval '1 minute' WHERE ended_at IS NULL AND confirmed_at IS NOT NULL");
        Answer theft = before.get("/api/v1/me");
        assertThat(theft.status()).isEqualTo(401);
        assertThat(after.get("/api/v1/me").status())
                .as("nobody knows which of the two is the thief")
                .isEqualTo(401);
        assertThat(elsewhere.get("/api/v1/me").status())
                .as("nor which sessions and tokens are the thief's")
                .isEqualTo(401);
        assertThat(node.client(token).get("/api/v1/me").status()).isEqualTo(401);
        List<JsonNode> ended = people.administrator()
                .get("/api/v1/audit?action=session.ended")
                .json()
                .get("items")
                .valueStream()
                .toList();
        assertThat(ended).hasSize(2).allSatisfy(entry -> {
            assertThat(entry.at("/after/why").asString()).isEqualTo("a secret was shown that had been replaced");
            assertThat(entry.get("actor_kind").asString()).isEqualTo("stranger");
            assertThat(entry.get("address").asString()).isEqualTo("127.0.0.1");
            assertThat(entry.get("request_id").asString())
                    .isEqualTo(theft.header("X-Request-Id").orElseThrow());
        });
    }

    @Test
    void an_answer_with_the_next_secret_that_got_lost_logs_nobody_out() throws Exception {
        TestClient before = people.browser("ada@example.com");
        change("UPDATE session SET rotated_at = now() - interval '16 minutes' WHERE ended_at IS NULL");
        before.get("/api/v1/me");
        change("UPDATE session SET rotated_at = now() - interval '2 minutes' WHERE ended_at IS NULL");
        Answer again = before.get("/api/v1/me");
        assertThat(again.status()).isEqualTo(200);
        assertThat(node.anonymous()
                        .with("Cookie", People.cookie(again))
                        .get("/api/v1/me")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_cookie_that_is_none_or_there_twice_opens_nothing() {
        TestClient browser = people.browser("ada@example.com");
        String cookie = browser.header("Cookie");
        for (String wrong : List.of(
                "apg_session=",
                "apg_session=nonsense",
                cookie.substring(0, cookie.length() - 4) + "AAAA",
                cookie + "; " + cookie,
                cookie.replace("apgu_", "apg_"))) {
            Answer refused = node.anonymous().with("Cookie", wrong).get("/api/v1/me");
            assertThat(refused.status()).as(wrong).isEqualTo(401);
        }
        assertThat(node.client(cookie.substring("apg_session=".length()))
                        .get("/api/v1/me")
                        .status())
                .as("a session is no token")
                .isEqualTo(401);
    }
}
