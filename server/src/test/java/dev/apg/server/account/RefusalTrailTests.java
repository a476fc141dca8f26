package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestAuthenticator;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What the audit log has of those who know much and are refused all the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalTrailTests {
    private static final String ADA = "ada@example.com";

    @AutoClose
    private final TestServer server = TestServer.start();

    private People people;

    @BeforeEach
    void gather() {
        people = People.in(server);
        people.join(ADA, "observer");
    }

    private List<JsonNode> audited(String action) {
        return people.administrator()
                .get("/api/v1/audit?action=" + action)
                .json()
                .get("items")
                .valueStream()
                .toList();
    }

    private List<String> reasons(String action) {
        return audited(action).stream()
                .map(entry -> entry.at("/after/why").asString())
                .toList();
    }

    @Test
    void a_wrong_present_password_in_a_session_is_an_attempt_in_vain() {
        TestClient browser = people.browser(ADA);
        Answer wrong = browser.post(
                "/api/v1/me/password", Map.of("current_password", "a guess", "password", "another tram in harbour 8"));
        assertThat(wrong.problem()).isEqualTo("password.wrong");
        JsonNode failed = audited("login.failed").getFirst();
        assertThat(failed.at("/after/why").asString()).isEqualTo("password.wrong");
        assertThat(failed.get("target").asString()).isEqualTo(ADA);
        assertThat(failed.get("actor_kind").asString()).isEqualTo("account");
        assertThat(failed.get("address").asString()).isEqualTo("127.0.0.1");
    }

    @Test
    void so_is_a_wrong_code() {
        TestClient browser = people.browser(ADA);
        String secret = browser.post("/api/v1/me/second-factor", Map.of("current_password", People.PASSWORD))
                .json()
                .get("secret")
                .asString();
        browser.post("/api/v1/me/second-factor/confirmation", Map.of("code", TestAuthenticator.code(secret, 0)));
        Answer wrong = browser.post("/api/v1/me/second-factor/removal", Map.of("code", "abcd-efgh-2345-6723"));
        assertThat(wrong.problem()).isEqualTo("second_factor.wrong");
        assertThat(reasons("login.failed")).containsExactly("second_factor.wrong");
    }

    @Test
    void a_right_password_that_lets_nobody_in_is_told_with_the_reason() {
        people.join("boss@example.com", "tenant_administrator");
        people.administrator()
                .with("If-Match", "*")
                .put("/api/v1/login-policy", Map.of("second_factor", "nobody", "passwords", "administrators"));
        assertThat(people.logIn(server, ADA, People.PASSWORD).problem()).isEqualTo("login.passwords_off");
        server.platform().post("/api/v1/tenants/" + people.tenant() + "/suspend", Map.of("reason", "unpaid"));
        assertThat(people.logIn(server, "boss@example.com", People.PASSWORD).problem())
                .isEqualTo("tenant.suspended");
        server.platform().post("/api/v1/tenants/" + people.tenant() + "/resume", Map.of());

        assertThat(reasons("login.failed")).containsExactly("tenant.suspended", "login.passwords_off");
    }

    @Test
    void what_pages_of_others_try_with_a_session_is_a_refusal_of_its_person() {
        TestClient browser = people.browser(ADA);
        TestClient without = server.anonymous().with("Cookie", browser.header("Cookie"));
        assertThat(without.post("/api/v1/services", Map.of("service", "x")).problem())
                .isEqualTo("csrf.token");
        assertThat(browser.with("Origin", "https://evil.example")
                        .delete("/api/v1/me/sessions")
                        .problem())
                .isEqualTo("csrf.origin");
        List<JsonNode> denied = audited("access.denied");
        assertThat(reasons("access.denied")).containsExactly("csrf.origin", "csrf.token");
        assertThat(denied.getFirst().get("actor").asString()).isEqualTo("Ada Lovelace");
        assertThat(denied.getFirst().get("target").asString()).isEqualTo("DELETE");
        assertThat(denied.getFirst().at("/after/role").asString()).isEqualTo("observer");
    }

    @Test
    void so_is_what_a_token_tries_that_needs_a_session_and_what_no_person_tries() {
        String text = people.browser(ADA)
                .post("/api/v1/me/tokens", Map.of("label", "laptop"))
                .json()
                .get("text")
                .asString();
        assertThat(server.client(text).get("/api/v1/me/sessions").problem()).isEqualTo("session.required");
        assertThat(people.administrator()
                        .post("/api/v1/me/tokens", Map.of("label", "x"))
                        .problem())
                .isEqualTo("account.required");
        assertThat(reasons("access.denied")).containsExactly("account.required", "session.required");
        assertThat(audited("access.denied").getFirst().get("target").asString()).isEqualTo("POST /api/v1/me/tokens");
    }
}
