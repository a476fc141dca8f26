package dev.apg.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestProvider;
import dev.apg.server.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What becomes of people whom only an identity provider, or only a password, lets in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LastWayInTests {
    private static final String PASSWORD = "violet harbour tram 7 quilt";
    private static final Map<String, Object> ADMINISTRATORS = Map.of(
            "roles",
            Map.of(
                    "by_group",
                    List.of(Map.of("group", "admins", "role", "tenant_administrator")),
                    "otherwise",
                    "observer"));

    @AutoClose
    private final TestServer server = TestServer.start();

    @AutoClose
    private final TestProvider provider = TestProvider.start();

    private Corporate corporate;

    @BeforeEach
    void gather() {
        corporate = Corporate.in(server, provider);
    }

    private static String problem(Answer answer) {
        return answer.status() + " " + answer.problem();
    }

    /** Whom the provider lets in next. */
    private void comes(String name, String group) {
        provider.isVisitedBy(
                name, Map.of("email", name + "@example.com", "email_verified", true, "groups", List.of(group)));
    }

    private TestClient browser(String name, String group) {
        comes(name, group);
        return corporate.browser();
    }

    private static String role(TestClient browser) {
        return browser.get("/api/v1/me").json().get("role").asString();
    }

    private static String account(TestClient browser) {
        return "/api/v1/accounts/" + browser.get("/api/v1/me").json().get("id").asString();
    }

    private static Answer change(TestClient administrator, String account, Map<String, Object> change) {
        return administrator.with("If-Match", "*").patch(account, change);
    }

    /** All of a tenant's, by somebody who comes in otherwise. */
    private static void revokeTokens(TestClient administrator) {
        administrator
                .get("/api/v1/tokens")
                .json()
                .get("items")
                .forEach(token -> assertThat(administrator
                                .delete("/api/v1/tokens/" + token.get("id").asString())
                                .status())
                        .isEqualTo(204));
    }

    @Test
    void administrators_whom_a_provider_lets_in_are_left_when_another_one_goes() {
        corporate.withProvider(ADMINISTRATORS);
        TestClient ada = browser("ada", "admins");
        TestClient bob = browser("bob", "admins");
        revokeTokens(ada);
        String gone = account(bob);
        assertThat(change(ada, gone, Map.of("name", "Robert")).status()).isEqualTo(200);
        assertThat(change(ada, gone, Map.of("disabled", true)).status()).isEqualTo(200);
        assertThat(bob.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(change(ada, gone, Map.of("disabled", false)).status()).isEqualTo(200);
        assertThat(role(browser("bob", "all")))
                .as("out of the group, out of the role")
                .isEqualTo("observer");
        assertThat(role(browser("bob", "admins"))).isEqualTo("tenant_administrator");
        assertThat(ada.delete(gone).status()).isEqualTo(204);
    }

    @Test
    void the_last_administrator_whom_a_provider_lets_in_stays_one_and_may_have_another_name() {
        corporate.withProvider(ADMINISTRATORS);
        TestClient ada = browser("ada", "admins");
        revokeTokens(ada);
        String own = account(ada);
        assertThat(change(ada, own, Map.of("name", "Ada King")).status()).isEqualTo(200);
        assertThat(problem(change(ada, own, Map.of("disabled", true)))).isEqualTo("409 account.last_administrator");
        assertThat(problem(change(ada, own, Map.of("role", "observer")))).isEqualTo("409 account.last_administrator");
        assertThat(problem(ada.delete(own))).isEqualTo("409 account.last_administrator");
        comes("ada", "all");
        assertThat(problem(corporate.comeIn())).isEqualTo("409 account.last_administrator");
    }

    @Test
    void whom_only_a_disabled_provider_would_let_in_is_nobody_who_is_left() {
        corporate.withProvider(ADMINISTRATORS);
        browser("ada", "admins");
        String bob = join("bob", "tenant_administrator");
        TestClient administrator = logIn("bob");
        corporate.change(Map.of("disabled", true));
        revokeTokens(administrator);
        assertThat(problem(change(administrator, bob, Map.of("disabled", true))))
                .isEqualTo("409 account.last_administrator");
        assertThat(administrator
                        .with("If-Match", "*")
                        .patch(Corporate.PROVIDERS + "/corporate", Map.of("disabled", false))
                        .status())
                .isEqualTo(200);
        assertThat(change(administrator, bob, Map.of("disabled", true)).status())
                .isEqualTo(200);
    }

    /** Somebody who has a password: the path of the account. */
    private String join(String name, String role) {
        Answer invited = corporate
                .administrator()
                .post("/api/v1/accounts", Map.of("email", name + "@example.com", "name", "Somebody", "role", role));
        Answer chosen = server.anonymous()
                .post(
                        "/api/auth/password",
                        Map.of("token", invited.json().at("/invitation/token").asString(), "password", PASSWORD));
        assertThat(chosen.status()).as(chosen.text()).isEqualTo(204);
        return invited.header("Location").orElseThrow();
    }

    private TestClient logIn(String name) {
        Answer answer = server.anonymous()
                .post(
                        "/api/auth/login",
                        Map.of("tenant", corporate.tenant(), "email", name + "@example.com", "password", PASSWORD));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return server.anonymous()
                .with("Cookie", Corporate.cookie(answer, "apg_session"))
                .with("X-APG-CSRF", answer.json().get("csrf_token").asString());
    }

    private TestClient tokenOf(TestClient browser) {
        Answer issued = browser.post("/api/v1/me/tokens", Map.of("label", "laptop"));
        assertThat(issued.status()).as(issued.text()).isEqualTo(201);
        return server.client(issued.json().get("text").asString());
    }

    private void passwords(String whose) {
        assertThat(corporate
                        .administrator()
                        .with("If-Match", "*")
                        .put("/api/v1/login-policy", Map.of("second_factor", "nobody", "passwords", whose))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void where_passwords_are_off_a_token_of_whom_nothing_else_lets_in_is_not_good() {
        corporate.withProvider(Map.of("accounts", Map.of("link", true)));
        join("bob", "observer");
        join("eve", "tenant_administrator");
        join("ada", "observer");
        TestClient bob = tokenOf(logIn("bob"));
        TestClient eve = tokenOf(logIn("eve"));
        TestClient ada = tokenOf(browser("ada", "all"));
        for (TestClient token : List.of(bob, eve, ada)) {
            assertThat(token.get("/api/v1/me").status()).isEqualTo(200);
        }
        passwords("administrators");
        assertThat(bob.get("/api/v1/me").status()).as("a password, and no more").isEqualTo(401);
        assertThat(eve.get("/api/v1/me").status())
                .as("administrators come in with theirs")
                .isEqualTo(200);
        assertThat(ada.get("/api/v1/me").status())
                .as("the provider lets them in")
                .isEqualTo(200);
        corporate.change(Map.of("disabled", true));
        assertThat(ada.get("/api/v1/me").status()).isEqualTo(401);
        passwords("everybody");
        assertThat(bob.get("/api/v1/me").status()).isEqualTo(200);
    }
}
