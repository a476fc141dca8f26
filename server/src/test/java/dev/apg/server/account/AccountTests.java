package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.catalog.Eventually;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountTests {
    private final TestDatabase database = TestDatabase.create();

    @AutoClose
    private final TestServer server = TestServer.start(database);

    private People people;

    @BeforeEach
    void gather() {
        people = People.in(server);
    }

    private JsonNode account(String path) {
        return people.administrator().get(path).json();
    }

    @Test
    void an_invited_person_chooses_a_password_and_comes_in() {
        People.Invited ada = people.invite("Ada@Example.com", "composition_designer");
        assertThat(account(ada.path()).get("email").asString()).isEqualTo("ada@example.com");
        assertThat(account(ada.path()).get("state").asString()).isEqualTo("invited");
        assertThat(people.logIn(server, "ada@example.com", People.PASSWORD).status())
                .isEqualTo(401);

        assertThat(people.choose(ada.token(), People.PASSWORD).status()).isEqualTo(204);

        assertThat(account(ada.path()).get("state").asString()).isEqualTo("active");
        assertThat(account(ada.path()).has("email_verified_at"))
                .as("the administrator handed the token over, so nobody knows whether mail arrives")
                .isFalse();
        JsonNode me = people.browser("ada@example.com").get("/api/v1/me").json();
        assertThat(me.get("kind").asString()).isEqualTo("account");
        assertThat(me.get("name").asString()).isEqualTo("Ada Lovelace");
        assertThat(me.get("role").asString()).isEqualTo("composition_designer");
        assertThat(account(ada.path()).has("last_login_at")).isTrue();
    }

    @Test
    void a_token_is_good_once_and_until_there_is_another_one() {
        People.Invited ada = people.invite("ada@example.com", "observer");
        String later = people.administrator()
                .post(ada.path() + "/invitation", Map.of())
                .json()
                .at("/invitation/token")
                .asString();
        Answer old = people.choose(ada.token(), People.PASSWORD);
        assertThat(old.status()).isEqualTo(422);
        assertThat(old.problem()).isEqualTo("link.invalid");

        assertThat(people.choose(later, "short").problem()).isEqualTo("password.too_short");
        assertThat(people.choose(later, People.PASSWORD).status())
                .as("a password that was not taken did not use the token up")
                .isEqualTo(204);
        assertThat(people.choose(later, People.PASSWORD).text().replaceAll("\"request_id\":\"[^\"]*\"", ""))
                .isEqualTo(old.text().replaceAll("\"request_id\":\"[^\"]*\"", ""));
    }

    @Test
    void a_token_is_good_for_a_while_only() throws Exception {
        People.Invited ada = people.invite("ada@example.com", "observer");
        try (var connection = database.superuser();
                var statement = connection.prepareStatement(
                        "UPDATE account_link SET expires_at = now() - interval '1 second' WHERE tenant_id = ?")) {
            statement.setObject(1, people.tenantId());
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }

        Answer late = people.choose(ada.token(), People.PASSWORD);

        assertThat(late.status()).isEqualTo(422);
        assertThat(late.problem()).isEqualTo("link.invalid");
    }

    @Test
    void of_two_who_use_a_token_at_once_one_wins() throws Exception {
        People.Invited ada = people.invite("ada@example.com", "observer");
        List<String> passwords = List.of("marble fountain 81 yodel", "seventeen otters in a canoe");
        Callable<Integer> first =
                () -> people.choose(ada.token(), passwords.get(0)).status();
        Callable<Integer> second =
                () -> people.choose(ada.token(), passwords.get(1)).status();
        List<Integer> statuses;
        try (var both = Executors.newFixedThreadPool(2)) {
            var done = both.invokeAll(List.of(first, second));
            statuses = List.of(done.get(0).get(), done.get(1).get());
        }
        assertThat(statuses).containsExactlyInAnyOrder(204, 422);
        String winner = passwords.get(statuses.indexOf(204));
        String loser = passwords.get(statuses.indexOf(422));
        assertThat(people.logIn(server, "ada@example.com", loser).status()).isEqualTo(401);
        assertThat(people.logIn(server, "ada@example.com", winner).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "'hunter2', password.too_short, 'these are 7'",
        "'password1234', password.weak, 'hard to guess'",
        "'qwertyuiop[]', password.weak, 'hard to guess'",
        "'lovelace lovelace', password.weak, 'your name'",
        "'aaaaaaaaaaaaaaaaaaaaaaaa', password.weak, 'easy to guess'"
    })
    void a_password_that_is_easy_to_guess_is_not_taken(String password, String code, String says) {
        Answer refused =
                people.choose(people.invite("ada@example.com", "observer").token(), password);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo(code);
        assertThat(refused.json().get("detail").asString()).contains(says).doesNotContain(password);
    }

    @Test
    void a_very_long_password_is_refused_before_anything_is_computed_of_it() {
        String token = people.invite("ada@example.com", "observer").token();
        assertThat(people.choose(token, "ab1!".repeat(33)).problem()).isEqualTo("password.too_long");
        assertThat(people.choose(token, "x".repeat(1_001)).problem()).isEqualTo("wrong_size");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada",
                "ada@localhost",
                "ada@exa mple.com",
                "a@b@example.com",
                "ada@example.com,eve@example.com",
                "ädä@example.com"
            })
    void what_is_no_address_is_refused(String email) {
        Answer refused = people.administrator()
                .post("/api/v1/accounts", Map.of("email", email, "name", "Ada", "role", "observer"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("email.malformed");
    }

    @Test
    void an_address_is_of_one_account_of_a_tenant() {
        people.invite("ada@example.com", "observer");
        Answer again = people.administrator()
                .post("/api/v1/accounts", Map.of("email", " ADA@example.com", "name", "Ada", "role", "observer"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("account.exists");
        assertThat(People.in(server).invite("ada@example.com", "observer").path())
                .isNotBlank();
    }

    @Test
    void nobody_invites_or_touches_somebody_who_may_do_more_than_they() {
        String ada = people.join("ada@example.com", "tenant_administrator");
        TestClient scoped = server.client(people.administrator()
                .post(
                        "/api/v1/tokens",
                        Map.of(
                                "label", "people only",
                                "role", "tenant_administrator",
                                "scopes", List.of("account:administer", "catalog:read", "composition:read")))
                .json()
                .get("text")
                .asString());
        TestClient any = scoped.with("If-Match", "*");
        for (Answer denied : List.of(
                scoped.post(
                        "/api/v1/accounts",
                        Map.of("email", "eve@example.com", "name", "Eve", "role", "tenant_administrator")),
                scoped.post(ada + "/invitation", Map.of()),
                any.patch(ada, Map.of("disabled", true)),
                any.patch(ada, Map.of("role", "observer")),
                scoped.delete(ada + "/sessions"),
                scoped.delete(ada))) {
            assertThat(denied.status()).as(denied.text()).isEqualTo(403);
        }
        assertThat(scoped.post(
                                "/api/v1/accounts",
                                Map.of("email", "eve@example.com", "name", "Eve", "role", "observer"))
                        .status())
                .isEqualTo(201);
        TestClient observer = people.browser("ada@example.com");
        assertThat(observer.get("/api/v1/accounts").status()).isEqualTo(200);
    }

    @Test
    void a_role_and_a_disabling_hold_at_once() {
        String ada = people.join("ada@example.com", "capability_developer");
        TestClient browser = people.browser("ada@example.com");
        assertThat(browser.post("/api/v1/services", Map.of("service", "mail")).status())
                .isEqualTo(201);

        TestClient administrator = people.administrator();
        String tag = administrator.get(ada).header("ETag").orElseThrow();
        assertThat(administrator
                        .with("If-Match", tag)
                        .patch(ada, Map.of("role", "observer"))
                        .status())
                .isEqualTo(200);
        assertThat(browser.post("/api/v1/services", Map.of("service", "post")).status())
                .isEqualTo(403);
        assertThat(administrator
                        .with("If-Match", tag)
                        .patch(ada, Map.of("role", "observer"))
                        .status())
                .isEqualTo(412);

        administrator.with("If-Match", "*").patch(ada, Map.of("disabled", true));
        assertThat(browser.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(people.logIn(server, "ada@example.com", People.PASSWORD).status())
                .isEqualTo(401);
        assertThat(administrator.post(ada + "/invitation", Map.of()).problem()).isEqualTo("account.disabled");

        administrator.with("If-Match", "*").patch(ada, Map.of("disabled", false));
        assertThat(browser.get("/api/v1/me").status())
                .as("a session that ended does not come back")
                .isEqualTo(401);
        assertThat(people.browser("ada@example.com").get("/api/v1/me").status()).isEqualTo(200);

        administrator.delete(ada);
        assertThat(people.logIn(server, "ada@example.com", People.PASSWORD).status())
                .isEqualTo(401);
        assertThat(administrator.get(ada).status()).isEqualTo(404);
    }

    @Test
    void the_last_who_may_administer_stays() {
        String ada = people.join("ada@example.com", "tenant_administrator");
        TestClient browser = people.browser("ada@example.com");
        people.administrator()
                .get("/api/v1/tokens")
                .json()
                .get("items")
                .forEach(token ->
                        browser.delete("/api/v1/tokens/" + token.get("id").asString()));
        TestClient any = browser.with("If-Match", "*");
        for (Answer refused : List.of(
                any.patch(ada, Map.of("disabled", true)),
                any.patch(ada, Map.of("role", "observer")),
                browser.delete(ada))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(409);
            assertThat(refused.problem()).isEqualTo("account.last_administrator");
        }
        assertThat(browser.get("/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void a_new_password_needs_the_one_before_and_ends_the_other_sessions() {
        people.join("ada@example.com", "observer");
        TestClient here = people.browser("ada@example.com");
        TestClient there = people.browser("ada@example.com");
        String next = "cobalt pigeon orchestra 4";

        Answer wrong = here.post("/api/v1/me/password", Map.of("current_password", "not it", "password", next));
        assertThat(wrong.problem()).isEqualTo("password.wrong");
        Answer changed =
                here.post("/api/v1/me/password", Map.of("current_password", People.PASSWORD, "password", next));
        assertThat(changed.status()).as(changed.text()).isEqualTo(204);

        assertThat(here.get("/api/v1/me").status()).isEqualTo(200);
        assertThat(there.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(people.logIn(server, "ada@example.com", People.PASSWORD).status())
                .isEqualTo(401);
        assertThat(people.logIn(server, "ada@example.com", next).status()).isEqualTo(200);
    }

    @Test
    void a_password_is_kept_as_a_slow_hash_with_a_salt_of_its_own() throws Exception {
        people.join("ada@example.com", "observer");
        people.join("bob@example.com", "observer");

        assertThat(hashes("ada@example.com", "bob@example.com"))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allSatisfy(hash -> assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
    }

    private List<String> hashes(String... emails) throws SQLException {
        try (var connection = database.superuser();
                var statement = connection.prepareStatement(
                        "SELECT password_hash FROM account WHERE tenant_id = ? AND email = ANY (?)")) {
            statement.setObject(1, people.tenantId());
            statement.setArray(2, connection.createArrayOf("text", emails));
            var found = statement.executeQuery();
            var hashes = new ArrayList<String>();
            while (found.next()) {
                hashes.add(found.getString(1));
            }
            return hashes;
        }
    }

    @Test
    void what_happens_to_accounts_is_written_down_and_no_secret_with_it() {
        String ada = people.join("ada@example.com", "observer");
        people.browser("ada@example.com").post("/api/auth/logout", "");
        people.logIn(server, "ada@example.com", "a wrong password");
        people.logIn(server, "my own secret", "ada@example.com");
        Eventually.holds(() -> assertThat(people.administrator()
                        .get("/api/v1/audit?action=login.failed")
                        .json()
                        .get("items")
                        .size())
                .isEqualTo(2));
        people.administrator().delete(ada);

        String log = people.administrator().get("/api/v1/audit?limit=100").text();
        assertThat(log)
                .contains(
                        "account.invited",
                        "account.password_set",
                        "login.succeeded",
                        "session.ended",
                        "login.failed",
                        "account.removed",
                        "\"no account\"")
                .doesNotContain("my own secret", "a wrong password", People.PASSWORD, "argon2");
    }
}
