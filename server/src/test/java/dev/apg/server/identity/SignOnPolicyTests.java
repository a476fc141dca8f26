package dev.apg.server.identity;

import static dev.apg.server.testing.TestAuthenticator.code;
import static dev.apg.server.testing.TestProvider.visit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.identity.Corporate.Way;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestProvider;
import dev.apg.server.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** How a tenant's login policy and its identity providers go together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignOnPolicyTests {
    private static final String ADA = "ada@example.com";
    private static final String PASSWORD = "violet harbour tram 7 quilt";

    @AutoClose
    private final TestServer server = TestServer.start();

    @AutoClose
    private final TestProvider provider = TestProvider.start();

    private Corporate corporate;

    @BeforeEach
    void gather() {
        corporate = Corporate.in(server, provider);
        comesWith(Map.of());
    }

    /** What the provider says of Ada beside what it always does. */
    private void comesWith(Map<String, Object> more) {
        Map<String, Object> claims = new HashMap<>(
                Map.of("email", ADA, "email_verified", true, "name", "Ada Lovelace", "groups", List.of("admins")));
        claims.putAll(more);
        provider.isVisitedBy("ada-7", claims);
    }

    private static String problem(Answer answer) {
        return answer.status() + " " + answer.problem();
    }

    private Answer policy(TestClient client, String factor, String passwords) {
        return client.with("If-Match", "*")
                .put("/api/v1/login-policy", Map.of("second_factor", factor, "passwords", passwords));
    }

    /** Somebody who has a password. */
    private void join(String email, String role) {
        JsonNode invited = corporate
                .administrator()
                .post("/api/v1/accounts", Map.of("email", email, "name", "Somebody", "role", role))
                .json();
        Answer chosen = server.anonymous()
                .post(
                        "/api/auth/password",
                        Map.of("token", invited.at("/invitation/token").asString(), "password", PASSWORD));
        assertThat(chosen.status()).as(chosen.text()).isEqualTo(204);
    }

    private Answer logIn(String email, String password) {
        return server.anonymous()
                .post("/api/auth/login", Map.of("tenant", corporate.tenant(), "email", email, "password", password));
    }

    /** The only token of a tenant that has one. */
    private static void revokeToken(TestClient administrator) {
        JsonNode tokens = administrator.get("/api/v1/tokens").json().get("items");
        assertThat(administrator
                        .delete("/api/v1/tokens/" + tokens.get(0).get("id").asString())
                        .status())
                .isEqualTo(204);
    }

    @Test
    void where_passwords_are_off_only_administrators_come_in_with_one() {
        join("bob@example.com", "observer");
        join("eve@example.com", "tenant_administrator");
        corporate.withProvider();
        assertThat(policy(corporate.administrator(), "nobody", "administrators")
                        .json()
                        .get("passwords")
                        .asString())
                .isEqualTo("administrators");
        assertThat(problem(logIn("bob@example.com", PASSWORD))).isEqualTo("403 login.passwords_off");
        assertThat(problem(logIn("bob@example.com", "guess")))
                .as("only who knows it learns of it")
                .isEqualTo("401 login.refused");
        assertThat(logIn("eve@example.com", PASSWORD).status())
                .as("the way in when the provider fails")
                .isEqualTo(200);
        assertThat(corporate.browser().get("/api/v1/me").status()).isEqualTo(200);
        Answer other = corporate
                .administrator()
                .with("If-Match", "*")
                .put("/api/v1/login-policy", Map.of("second_factor", "administrators"));
        assertThat(other.json().get("passwords").asString())
                .as("what is not said stays")
                .isEqualTo("administrators");
    }

    @Test
    void passwords_stay_on_until_there_is_another_way_in_than_the_provider() {
        corporate.withProvider(Map.of("roles", Map.of("otherwise", "tenant_administrator")));
        TestClient ada = corporate.browser();
        revokeToken(ada);
        assertThat(problem(policy(ada, "nobody", "administrators"))).isEqualTo("409 login_policy.no_way_in");
        ada.post("/api/v1/tokens", Map.of("label", "break glass", "role", "tenant_administrator"));
        assertThat(policy(ada, "nobody", "administrators").status()).isEqualTo(200);
    }

    @Test
    void the_last_administrator_does_not_lose_the_role_by_a_login() {
        join(ADA, "tenant_administrator");
        Map<String, Object> administrators = Map.of(
                "by_group",
                List.of(Map.of("group", "admins", "role", "tenant_administrator")),
                "otherwise",
                "observer");
        corporate.withProvider(Map.of("accounts", Map.of("link", true), "roles", administrators));
        TestClient ada = corporate.browser();
        revokeToken(ada);
        comesWith(Map.of("groups", List.of("all")));
        assertThat(problem(corporate.comeIn())).isEqualTo("409 account.last_administrator");
        assertThat(ada.get("/api/v1/me").json().get("role").asString()).isEqualTo("tenant_administrator");
    }

    private Answer pending(Answer end) {
        assertThat(end.status()).as(end.text()).isEqualTo(303);
        return server.anonymous()
                .with("Cookie", Corporate.cookie(end, "apg_login"))
                .send("POST", "/api/auth/login/pending", BodyPublishers.noBody(), null);
    }

    @Test
    void a_second_factor_that_is_demanded_is_shown_here_or_counts_from_there() {
        corporate.withProvider();
        policy(corporate.administrator(), "everybody", "everybody");
        Way way = corporate.begin(server, corporate.door() + "?return_to=/start?a=b");
        Answer end = corporate.comeBack(way, visit(way.provider()));
        assertThat(end.header("Location")).hasValue("http://localhost:8000/start?a=b&login=enrolment");
        assertThat(end.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("apg_session="));
        Answer step = pending(end);
        assertThat(step.json().get("state").asString()).isEqualTo("enrolment");
        String token = step.json().get("token").asString();
        JsonNode secret = server.anonymous()
                .post("/api/auth/login/enrolment", Map.of("token", token))
                .json();
        Answer enrolled = server.anonymous()
                .post(
                        "/api/auth/login/enrolment/confirmation",
                        Map.of("token", token, "code", code(secret.get("secret").asString(), 0)));
        assertThat(enrolled.status()).as(enrolled.text()).isEqualTo(200);
        TestClient ada = server.anonymous().with("Cookie", Corporate.cookie(enrolled, "apg_session"));
        assertThat(ada.get("/api/v1/me").json().get("email").asString()).isEqualTo(ADA);

        Answer again = corporate.comeIn();
        assertThat(again.header("Location")).hasValue("http://localhost:8000/?login=second_factor");
        String second = pending(again).json().get("token").asString();
        assertThat(problem(server.anonymous()
                        .post("/api/auth/login/second-factor", Map.of("token", second, "code", "000000"))))
                .isEqualTo("401 login.refused");
        Answer proven = server.anonymous()
                .post(
                        "/api/auth/login/second-factor",
                        Map.of(
                                "token",
                                second,
                                "code",
                                code(secret.get("secret").asString(), 1)));
        assertThat(proven.status()).as(proven.text()).isEqualTo(200);

        corporate.change(Map.of("second_factors", List.of("mfa", "urn:strong")));
        comesWith(Map.of("amr", List.of("pwd")));
        assertThat(corporate.comeIn().header("Location").orElseThrow()).contains("login=second_factor");
        comesWith(Map.of("amr", List.of("pwd", "mfa")));
        assertThat(corporate.browser().get("/api/v1/me").status()).isEqualTo(200);
        comesWith(Map.of("acr", "urn:strong"));
        assertThat(corporate.browser().get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void a_second_step_without_a_first_one_or_after_the_provider_is_gone_is_refused() {
        assertThat(problem(server.anonymous()
                        .with("Cookie", "apg_login=nonsense")
                        .send("POST", "/api/auth/login/pending", BodyPublishers.noBody(), null)))
                .isEqualTo("404 login.not_pending");
        corporate.withProvider();
        policy(corporate.administrator(), "everybody", "everybody");
        String token = pending(corporate.comeIn()).json().get("token").asString();
        corporate.administrator().delete(Corporate.PROVIDERS + "/corporate");
        assertThat(problem(server.anonymous().post("/api/auth/login/enrolment", Map.of("token", token))))
                .isEqualTo("401 login.refused");
    }

    /** Whoever is on the way in when this happens: while the provider's answer is fetched, or before the second step. */
    private static Stream<Arguments> changes() {
        Map<String, Object> narrowed = Map.of("roles", Map.of("by_group", List.of(), "otherwise", "observer"));
        return Stream.of(
                Arguments.of("disabled", (Consumer<Corporate>) tenant -> tenant.change(Map.of("disabled", true))),
                Arguments.of("narrowed", (Consumer<Corporate>) tenant -> tenant.change(narrowed)),
                Arguments.of("deleted", (Consumer<Corporate>)
                        tenant -> tenant.administrator().delete(Corporate.PROVIDERS + "/corporate")));
    }

    private void withAdministrators() {
        corporate.withProvider(Map.of(
                "roles",
                Map.of(
                        "by_group",
                        List.of(Map.of("group", "admins", "role", "tenant_administrator")),
                        "otherwise",
                        "observer")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void whoever_is_on_the_way_in_when_the_provider_is_changed_does_not_come_in(
            String name, Consumer<Corporate> change) {
        withAdministrators();
        for (boolean known : List.of(false, true)) {
            if (known) {
                assertThat(corporate.comeIn().status()).isEqualTo(303);
            }
            Way way = corporate.begin();
            provider.twists(claims -> change.accept(corporate));
            Answer end = corporate.comeBack(way, visit(way.provider()));
            provider.twists(claims -> {});
            assertThat(problem(end))
                    .as("known " + known)
                    .isIn(
                            "409 sign_on.again",
                            // Whom a provider knew, nobody knows when it is deleted.
                            "403 sign_on.address_taken");
            assertThat(end.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("apg_session="));
            corporate.administrator().delete(Corporate.PROVIDERS + "/corporate");
            withAdministrators();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void a_second_step_is_over_when_the_provider_is_changed(String name, Consumer<Corporate> change) {
        withAdministrators();
        policy(corporate.administrator(), "administrators", "everybody");
        String token = pending(corporate.comeIn()).json().get("token").asString();
        String secret = server.anonymous()
                .post("/api/auth/login/enrolment", Map.of("token", token))
                .json()
                .get("secret")
                .asString();
        change.accept(corporate);
        Answer end = server.anonymous()
                .post("/api/auth/login/enrolment/confirmation", Map.of("token", token, "code", code(secret, 0)));
        assertThat(problem(end)).isEqualTo("401 login.refused");
        assertThat(corporate.audit()).doesNotContain("account.factor_added");
    }

    @Test
    void a_group_that_gives_power_does_not_give_it_to_what_came_in_without_a_second_factor() {
        withAdministrators();
        policy(corporate.administrator(), "administrators", "everybody");
        comesWith(Map.of("groups", List.of("all")));
        TestClient before = corporate.browser();
        comesWith(Map.of("groups", List.of("admins")));
        assertThat(corporate.comeIn().header("Location").orElseThrow()).contains("login=enrolment");
        assertThat(before.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void tokens_of_whom_only_providers_know_are_good_as_long_as_one_lets_them_in() {
        corporate.withProvider();
        TestClient ada = corporate.browser();
        TestClient token = server.client(ada.post("/api/v1/me/tokens", Map.of("label", "laptop"))
                .json()
                .get("text")
                .asString());
        assertThat(token.get("/api/v1/me").status()).isEqualTo(200);
        corporate.change(Map.of("disabled", true));
        assertThat(token.get("/api/v1/me").status()).isEqualTo(401);
        corporate.change(Map.of("disabled", false));
        assertThat(token.get("/api/v1/me").status()).isEqualTo(200);
        corporate.administrator().delete(Corporate.PROVIDERS + "/corporate");
        assertThat(token.get("/api/v1/me").status()).isEqualTo(401);
    }
}
