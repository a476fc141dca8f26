package dev.apg.server.account;

import static dev.apg.server.testing.TestAuthenticator.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
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
class SecondFactorTests {
    private static final String ADA = "ada@example.com";

    @AutoClose
    private final TestServer server = TestServer.start();

    private People people;
    private String account;

    @BeforeEach
    void gather() {
        people = People.in(server);
        account = people.join(ADA, "tenant_administrator");
    }

    /** Whoever has a device, and the codes for when it is lost. */
    private record Enrolled(TestClient browser, String secret, List<String> codes) {}

    private Enrolled enrol() {
        TestClient browser = people.browser(ADA);
        Answer begun = browser.post("/api/v1/me/second-factor", Map.of("current_password", People.PASSWORD));
        assertThat(begun.status()).as(begun.text()).isEqualTo(200);
        String secret = begun.json().get("secret").asString();
        assertThat(begun.json().get("uri").asString())
                .startsWith("otpauth://totp/APG%20" + people.tenant())
                .contains("secret=" + secret);
        assertThat(browser.post("/api/v1/me/second-factor/confirmation", Map.of("code", "000000"))
                        .problem())
                .isEqualTo("second_factor.wrong");
        Answer confirmed = browser.post("/api/v1/me/second-factor/confirmation", Map.of("code", code(secret, -1)));
        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
        List<String> codes = new ArrayList<>();
        confirmed.json().get("recovery_codes").forEach(code -> codes.add(code.asString()));
        assertThat(codes).hasSize(10).doesNotHaveDuplicates();
        return new Enrolled(browser, secret, codes);
    }

    private JsonNode firstStep() {
        Answer login = people.logIn(server, ADA, People.PASSWORD);
        assertThat(login.status()).as(login.text()).isEqualTo(200);
        return login.json();
    }

    private Answer secondStep(String token, String code) {
        return server.anonymous().post("/api/auth/login/second-factor", Map.of("token", token, "code", code));
    }

    @Test
    void a_login_needs_the_password_and_a_code_that_is_good_once() {
        Enrolled enrolled = enrol();
        Answer login = people.logIn(server, ADA, People.PASSWORD);
        assertThat(login.header("Set-Cookie")).isEmpty();
        assertThat(login.json().get("state").asString()).isEqualTo("second_factor");
        String token = login.json().get("token").asString();

        assertThat(secondStep(token, "000000").problem()).isEqualTo("login.refused");
        String code = code(enrolled.secret(), 0);
        Answer done = secondStep(token, code);
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        TestClient browser = server.anonymous().with("Cookie", People.cookie(done));
        assertThat(browser.get("/api/v1/me").status()).isEqualTo(200);

        assertThat(secondStep(token, code).status()).as("the same code again").isEqualTo(401);
        assertThat(secondStep(firstStep().get("token").asString(), code).status())
                .as("and at another login")
                .isEqualTo(401);
    }

    @Test
    void of_two_who_use_a_code_at_once_one_comes_in() throws Exception {
        Enrolled enrolled = enrol();
        String token = firstStep().get("token").asString();
        for (String code : List.of(code(enrolled.secret(), 0), enrolled.codes().getFirst())) {
            Callable<Integer> attempt = () -> secondStep(token, code).status();
            try (var both = Executors.newFixedThreadPool(2)) {
                var done = both.invokeAll(List.of(attempt, attempt));
                assertThat(List.of(done.get(0).get(), done.get(1).get())).containsExactlyInAnyOrder(200, 401);
            }
        }
    }

    @Test
    void a_recovery_code_stands_in_for_the_device_once() {
        Enrolled enrolled = enrol();
        String token = firstStep().get("token").asString();
        String code = enrolled.codes().get(3);
        assertThat(secondStep(token, code.toUpperCase().replace("-", " ")).status())
                .isEqualTo(200);
        assertThat(secondStep(token, code).status()).isEqualTo(401);

        Answer renewed = enrolled.browser()
                .post("/api/v1/me/second-factor/recovery-codes", Map.of("code", code(enrolled.secret(), 0)));
        assertThat(renewed.status()).as(renewed.text()).isEqualTo(200);
        assertThat(secondStep(token, enrolled.codes().get(4)).status()).isEqualTo(401);
        assertThat(secondStep(token, renewed.json().at("/recovery_codes/0").asString())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoever_guesses_codes_waits() {
        enrol();
        String token = firstStep().get("token").asString();
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            statuses.add(secondStep(token, "00000" + i).status());
        }
        assertThat(statuses).containsExactly(401, 401, 401, 401, 401, 429, 429);
    }

    @Test
    void the_first_step_alone_opens_nothing_and_another_password_ends_it() {
        Enrolled enrolled = enrol();
        String token = firstStep().get("token").asString();
        assertThat(server.client(token).get("/api/v1/me").status()).isEqualTo(401);
        assertThat(server.anonymous()
                        .with("Cookie", "apg_session=" + token)
                        .get("/api/v1/me")
                        .status())
                .isEqualTo(401);
        for (String forged : List.of(
                token.replace("SECOND_FACTOR", "ENROLMENT"),
                token.substring(0, token.length() - 3) + "AAA",
                "x.y.z",
                "")) {
            Answer refused = server.anonymous()
                    .post("/api/auth/login/enrolment", Map.of("token", forged.isEmpty() ? "x" : forged));
            assertThat(refused.status()).as(forged).isEqualTo(401);
        }
        Answer changed = enrolled.browser()
                .post(
                        "/api/v1/me/password",
                        Map.of("current_password", People.PASSWORD, "password", "cobalt pigeon orchestra 4"));
        assertThat(changed.status()).isEqualTo(204);
        assertThat(secondStep(token, code(enrolled.secret(), 0)).status()).isEqualTo(401);
    }

    private Answer demand(String of) {
        return people.administrator().with("If-Match", "*").put("/api/v1/login-policy", Map.of("second_factor", of));
    }

    @Test
    void where_one_is_demanded_a_login_without_it_can_only_enrol() {
        people.join("bob@example.com", "observer");
        assertThat(people.administrator()
                        .get("/api/v1/login-policy")
                        .json()
                        .get("second_factor")
                        .asString())
                .isEqualTo("nobody");
        assertThat(demand("administrators").status()).isEqualTo(200);
        assertThat(people.logIn(server, "bob@example.com", People.PASSWORD)
                        .json()
                        .get("state")
                        .asString())
                .isEqualTo("complete");

        JsonNode first = firstStep();
        assertThat(first.get("state").asString()).isEqualTo("enrolment");
        String token = first.get("token").asString();
        assertThat(secondStep(token, "000000").status()).isEqualTo(401);
        String secret = server.anonymous()
                .post("/api/auth/login/enrolment", Map.of("token", token))
                .json()
                .get("secret")
                .asString();
        Answer done = server.anonymous()
                .post("/api/auth/login/enrolment/confirmation", Map.of("token", token, "code", code(secret, 0)));
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(done.json().get("recovery_codes").size()).isEqualTo(10);
        TestClient browser = server.anonymous()
                .with("Cookie", People.cookie(done))
                .with("X-APG-CSRF", done.json().at("/login/csrf_token").asString());
        assertThat(browser.post("/api/v1/me/second-factor/removal", Map.of("code", code(secret, 1)))
                        .problem())
                .isEqualTo("second_factor.demanded");
        assertThat(firstStep().get("state").asString()).isEqualTo("second_factor");

        assertThat(demand("nobody").status()).isEqualTo(200);
        assertThat(browser.post("/api/v1/me/second-factor/removal", Map.of("code", code(secret, 1)))
                        .status())
                .isEqualTo(204);
        assertThat(firstStep().get("state").asString()).isEqualTo("complete");
    }

    /** Enrols at a login, where one is demanded. */
    private Answer enrolAtLogin(String token) {
        String secret = server.anonymous()
                .post("/api/auth/login/enrolment", Map.of("token", token))
                .json()
                .get("secret")
                .asString();
        return server.anonymous()
                .post("/api/auth/login/enrolment/confirmation", Map.of("token", token, "code", code(secret, 0)));
    }

    @Test
    void one_that_is_added_at_a_login_ends_what_came_in_without_and_is_in_the_audit_log() {
        TestClient before = people.browser(ADA);
        Answer issued = before.post("/api/v1/me/tokens", Map.of("label", "laptop"));
        TestClient token = server.client(issued.json().get("text").asString());
        demand("administrators");
        Answer enrolled = enrolAtLogin(firstStep().get("token").asString());
        assertThat(enrolled.status()).as(enrolled.text()).isEqualTo(200);
        assertThat(enrolled.json().get("recovery_codes").size()).isEqualTo(10);
        assertThat(before.get("/api/v1/me").status()).as("the session before").isEqualTo(401);
        assertThat(token.get("/api/v1/me").status()).as("the token before").isEqualTo(401);
        assertThat(server.anonymous()
                        .with("Cookie", People.cookie(enrolled))
                        .get("/api/v1/me")
                        .status())
                .isEqualTo(200);
        JsonNode entries = people.administrator()
                .get("/api/v1/audit?action=account.factor_added&target=" + ADA)
                .json()
                .get("items");
        assertThat(entries.size()).isEqualTo(1);
        assertThat(entries.at("/0/actor").asString()).isEqualTo("Ada Lovelace");
    }

    @Test
    void power_that_demands_one_is_not_had_by_what_came_in_without() {
        String bob = people.join("bob@example.com", "observer");
        demand("administrators");
        TestClient browser = people.browser("bob@example.com");
        TestClient token = server.client(browser.post("/api/v1/me/tokens", Map.of("label", "laptop"))
                .json()
                .get("text")
                .asString());
        TestClient administrator = people.administrator().with("If-Match", "*");
        assertThat(administrator
                        .patch(bob, Map.of("role", "capability_developer"))
                        .status())
                .isEqualTo(200);
        assertThat(browser.get("/api/v1/me").status()).as("no more is demanded").isEqualTo(200);
        assertThat(token.get("/api/v1/me").status()).isEqualTo(200);
        assertThat(administrator
                        .patch(bob, Map.of("role", "tenant_administrator"))
                        .status())
                .isEqualTo(200);
        assertThat(browser.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(token.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(people.administrator()
                        .get("/api/v1/audit?action=session.ended")
                        .text())
                .contains("the role demands a second factor");

        Answer login = people.logIn(server, "bob@example.com", People.PASSWORD);
        Answer enrolled = enrolAtLogin(login.json().get("token").asString());
        TestClient proven = server.anonymous().with("Cookie", People.cookie(enrolled));
        administrator.patch(bob, Map.of("role", "observer"));
        administrator.patch(bob, Map.of("role", "tenant_administrator"));
        assertThat(proven.get("/api/v1/accounts").status())
                .as("whoever came in with one stays in")
                .isEqualTo(200);
    }

    @Test
    void a_role_that_gets_such_power_puts_out_whoever_has_it_without_a_second_factor() {
        demand("administrators");
        TestClient administrator = people.administrator().with("If-Match", "*");
        Answer made =
                administrator.post("/api/v1/roles", Map.of("code", "helper", "permissions", List.of("catalog:read")));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        people.join("bob@example.com", "helper");
        TestClient browser = people.browser("bob@example.com");
        assertThat(administrator
                        .patch("/api/v1/roles/helper", Map.of("permissions", List.of("catalog:read", "audit:read")))
                        .status())
                .isEqualTo(200);
        assertThat(browser.get("/api/v1/me").status()).isEqualTo(200);
        assertThat(administrator
                        .patch(
                                "/api/v1/roles/helper",
                                Map.of("permissions", List.of("catalog:read", "account:administer")))
                        .status())
                .isEqualTo(200);
        assertThat(browser.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void a_second_step_is_over_when_passwords_are_turned_off_for_the_person() {
        people.join("bob@example.com", "observer");
        TestClient bob = people.browser("bob@example.com");
        String secret = bob.post("/api/v1/me/second-factor", Map.of("current_password", People.PASSWORD))
                .json()
                .get("secret")
                .asString();
        bob.post("/api/v1/me/second-factor/confirmation", Map.of("code", code(secret, -1)));
        String token = people.logIn(server, "bob@example.com", People.PASSWORD)
                .json()
                .get("token")
                .asString();
        Answer off = people.administrator()
                .with("If-Match", "*")
                .put("/api/v1/login-policy", Map.of("second_factor", "nobody", "passwords", "administrators"));
        assertThat(off.status()).as(off.text()).isEqualTo(200);
        Answer refused = secondStep(token, code(secret, 0));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("login.passwords_off");
    }

    @Test
    void a_second_factor_ends_the_sessions_that_came_in_without() {
        TestClient before = people.browser(ADA);
        Enrolled enrolled = enrol();
        assertThat(before.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(enrolled.browser().get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void an_administrator_removes_the_factor_of_somebody_who_lost_it() {
        Enrolled enrolled = enrol();
        assertThat(people.administrator().delete(account + "/second-factor").status())
                .isEqualTo(204);
        assertThat(enrolled.browser().get("/api/v1/me").status()).isEqualTo(401);
        assertThat(firstStep().get("state").asString()).isEqualTo("complete");
        assertThat(people.administrator().get("/api/v1/audit?limit=100").text())
                .contains("account.factor_added", "account.factor_removed")
                .doesNotContain(enrolled.secret(), enrolled.codes().getFirst());
    }

    @Test
    void beginning_needs_the_password_once_more() {
        assertThat(people.browser(ADA)
                        .post("/api/v1/me/second-factor", Map.of("current_password", "a guess"))
                        .problem())
                .isEqualTo("password.wrong");
    }
}
