package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PersonalTokenTests {
    private static final String PATH = "/api/v1/me/tokens";
    private static final String ADA = "ada@example.com";

    @AutoClose
    private final TestServer server = TestServer.start();

    private People people;
    private String account;
    private TestClient browser;

    @BeforeEach
    void start() {
        people = People.in(server);
        account = people.join(ADA, "capability_developer");
        browser = people.browser(ADA);
    }

    private static String issue(TestClient browser, Map<String, Object> wanted) {
        Answer issued = browser.post(PATH, wanted);
        assertThat(issued.status()).as(issued.text()).isEqualTo(201);
        return issued.json().get("text").asString();
    }

    private TestClient bearer(Map<String, Object> wanted) {
        return server.client(issue(browser, wanted));
    }

    private static int register(TestClient client, String code) {
        return client.post("/api/v1/capabilities", Map.of("capability", code)).status();
    }

    @Test
    void whoever_bears_one_acts_as_the_person() {
        String text = issue(browser, Map.of("label", "laptop"));
        assertThat(text).startsWith("apgp_");
        TestClient bearer = server.client(text);

        JsonNode me = bearer.get("/api/v1/me").json();
        assertThat(me.get("kind").asString()).isEqualTo("account");
        assertThat(me.get("id").asString())
                .isEqualTo(browser.get("/api/v1/me").json().get("id").asString());
        assertThat(me.get("role").asString()).isEqualTo("capability_developer");
        assertThat(register(bearer, "mine")).isEqualTo(201);
        JsonNode entry =
                people.administrator().get("/api/v1/audit?target=mine").json().at("/items/0");
        assertThat(entry.get("actor").asString()).isEqualTo("Ada Lovelace");
        assertThat(entry.get("actor_kind").asString()).isEqualTo("account");

        JsonNode listed = browser.get(PATH).json();
        assertThat(listed.get("total_count").asInt()).isEqualTo(1);
        assertThat(listed.at("/items/0/label").asString()).isEqualTo("laptop");
        assertThat(Instant.parse(listed.at("/items/0/expires_at").asString()))
                .isBetween(
                        Instant.now().plus(Duration.ofDays(89)), Instant.now().plus(Duration.ofDays(91)));
        assertThat(listed.at("/items/0").has("last_used_at")).isFalse();
        server.bean(LastUses.class).write();
        assertThat(browser.get(PATH).json().at("/items/0").has("last_used_at")).isTrue();
        assertThat(listed.toString()).doesNotContain(text.substring(20));
        assertThat(people.administrator()
                        .get("/api/v1/audit?action=token.issued")
                        .text())
                .contains("laptop")
                .doesNotContain(text.substring(20));
    }

    @Test
    void it_may_never_do_more_than_the_person_may_at_that_moment() {
        TestClient all = bearer(Map.of("label", "all"));
        TestClient reading = bearer(Map.of("label", "reading", "scopes", List.of("catalog:read")));
        assertThat(reading.get("/api/v1/capabilities").status()).isEqualTo(200);
        assertThat(register(reading, "by-reader")).isEqualTo(403);
        assertThat(register(all, "first")).isEqualTo(201);

        TestClient administrator = people.administrator().with("If-Match", "*");
        assertThat(administrator.patch(account, Map.of("role", "observer")).status())
                .isEqualTo(200);
        assertThat(register(all, "second")).isEqualTo(403);
        assertThat(administrator
                        .patch(account, Map.of("role", "tenant_administrator"))
                        .status())
                .isEqualTo(200);
        assertThat(register(all, "second")).isEqualTo(201);
        assertThat(register(reading, "by-reader")).isEqualTo(403);
    }

    @Test
    void what_cannot_be_is_refused() {
        for (Map.Entry<Map<String, Object>, String> wrong : List.of(
                Map.entry(Map.<String, Object>of("label", "x", "scopes", List.of("nonsense")), "scope.unknown"),
                Map.entry(Map.<String, Object>of("label", "x", "scopes", List.of("audit:read")), "scope.beyond_role"),
                Map.entry(Map.<String, Object>of("label", "x", "expires_at", "2020-01-01T00:00:00Z"), "token.expired"),
                Map.entry(
                        Map.<String, Object>of("label", "x", "expires_at", "2999-01-01T00:00:00Z"),
                        "token.too_long"))) {
            Answer refused = browser.post(PATH, wrong.getKey());
            assertThat(refused.status()).as(refused.text()).isEqualTo(422);
            assertThat(refused.problem()).isEqualTo(wrong.getValue());
        }
        assertThat(browser.post(PATH, Map.of("label", "x", "role", "observer")).status())
                .isEqualTo(400);
        assertThat(people.administrator().post(PATH, Map.of("label", "x")).problem())
                .isEqualTo("account.required");
        String text = issue(browser, Map.of("label", "laptop"));
        String other = text.substring(0, text.length() - 1) + (text.endsWith("A") ? "B" : "A");
        assertThat(server.client(other).get("/api/v1/me").status()).isEqualTo(401);
        assertThat(server.client(text.replace("apgp_", "apg_"))
                        .get("/api/v1/me")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_token_makes_no_token_and_puts_nobody_out() {
        TestClient bearer = bearer(Map.of("label", "laptop"));
        for (Answer refused : List.of(
                bearer.post(PATH, Map.of("label", "another")),
                bearer.delete("/api/v1/me/sessions"),
                bearer.get("/api/v1/me/sessions"),
                bearer.post("/api/v1/me/second-factor", Map.of("current_password", People.PASSWORD)),
                bearer.post(
                        "/api/v1/me/password",
                        Map.of("current_password", People.PASSWORD, "password", "another tram in harbour 8")))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
            assertThat(refused.problem()).isEqualTo("session.required");
        }
        assertThat(browser.get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void a_token_reaches_no_other_token_of_the_person() {
        TestClient reading = bearer(Map.of("label", "reading", "scopes", List.of("catalog:read")));
        TestClient all = bearer(Map.of("label", "all"));
        JsonNode listed = browser.get(PATH).json().get("items");
        String idOfAll = listed.at("/0/id").asString();
        String idOfReading = listed.at("/1/id").asString();
        for (Answer refused : List.of(
                reading.get(PATH), reading.delete(PATH + "/" + idOfAll), all.delete(PATH + "/" + idOfReading))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
            assertThat(refused.problem()).isEqualTo("session.required");
        }
        assertThat(all.get("/api/v1/me").status()).isEqualTo(200);
        assertThat(reading.delete(PATH + "/" + idOfReading).status()).isEqualTo(204);
        assertThat(reading.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void a_revoked_one_is_refused_on_every_node_and_nobody_revokes_anothers() throws Exception {
        String text = issue(browser, Map.of("label", "laptop"));
        String id = browser.get(PATH).json().at("/items/0/id").asString();
        people.join("eve@example.com", "tenant_administrator");
        assertThat(people.browser("eve@example.com").delete(PATH + "/" + id).status())
                .isEqualTo(404);
        TestServer second = TestServer.start(server.database());
        try {
            TestClient there = second.client(text);
            assertThat(there.get("/api/v1/me").status()).isEqualTo(200);
            assertThat(server.client(text).get("/api/v1/me").status()).isEqualTo(200);

            assertThat(browser.delete(PATH + "/" + id).status()).isEqualTo(204);
            assertThat(server.client(text).get("/api/v1/me").status()).isEqualTo(401);
            int status;
            do {
                status = there.get("/api/v1/me").status();
            } while (status == 200);
            assertThat(status).isEqualTo(401);
        } finally {
            second.stop();
        }
        assertThat(browser.delete(PATH + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void a_token_revokes_itself() {
        TestClient bearer = bearer(Map.of("label", "laptop"));
        assertThat(browser.delete(PATH + "/current").problem()).isEqualTo("personal_token.required");
        assertThat(bearer.delete(PATH + "/current").status()).isEqualTo(204);
        assertThat(bearer.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(browser.get(PATH).json().get("total_count").asInt()).isZero();
    }

    @Test
    void it_is_dead_when_the_account_is_disabled_and_stays_so() {
        TestClient bearer = bearer(Map.of("label", "laptop"));
        assertThat(bearer.get("/api/v1/me").status()).isEqualTo(200);
        TestClient administrator = people.administrator().with("If-Match", "*");
        assertThat(administrator.patch(account, Map.of("disabled", true)).status())
                .isEqualTo(200);
        assertThat(bearer.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(administrator.patch(account, Map.of("disabled", false)).status())
                .isEqualTo(200);
        assertThat(bearer.get("/api/v1/me").status()).isEqualTo(401);

        TestClient again = server.client(issue(people.browser(ADA), Map.of("label", "laptop")));
        assertThat(administrator.delete(account).status()).isEqualTo(204);
        assertThat(again.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void whatever_ends_the_sessions_of_an_account_revokes_its_tokens() {
        TestClient bearer = bearer(Map.of("label", "laptop"));
        assertThat(bearer.get("/api/v1/me").status()).isEqualTo(200);
        assertThat(people.administrator().delete(account + "/sessions").status())
                .isEqualTo(204);
        assertThat(bearer.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(people.administrator()
                        .get("/api/v1/audit?action=token.revoked")
                        .text())
                .contains("laptop");
    }

    @Test
    void of_those_who_make_too_many_at_once_the_last_are_refused() throws Exception {
        List<Callable<Integer>> making = new ArrayList<>();
        for (int i = 0; i < 55; i++) {
            Map<String, Object> wanted = Map.of("label", "token " + i);
            making.add(() -> browser.post(PATH, wanted).status());
        }
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(making)) {
                statuses.add(done.get());
            }
        }
        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(50);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(5);
    }
}
