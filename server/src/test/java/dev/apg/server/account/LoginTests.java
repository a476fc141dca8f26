package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.catalog.Eventually;
import dev.apg.server.limit.Attempts;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private People people;

    @BeforeEach
    void gather() {
        people = People.in(server);
        people.join("ada@example.com", "observer");
    }

    private Answer logIn(String tenant, String email, String password) {
        return server.anonymous()
                .post("/api/auth/login", Map.of("tenant", tenant, "email", email, "password", password));
    }

    /** Without what names the request. */
    private static String shown(Answer answer) {
        return answer.status() + " " + answer.text().replaceAll("\"request_id\":\"[^\"]*\"", "");
    }

    @Test
    void whoever_is_refused_learns_nothing_of_tenants_and_accounts() {
        String wrong = shown(logIn(people.tenant(), "ada@example.com", "not the password"));
        people.invite("eve@example.com", "observer");
        People others = People.in(server);
        for (Answer refused : List.of(
                logIn(people.tenant(), "nobody@example.com", People.PASSWORD),
                logIn("no-such-tenant", "ada@example.com", People.PASSWORD),
                logIn(others.tenant(), "ada@example.com", People.PASSWORD),
                logIn(people.tenant(), "eve@example.com", People.PASSWORD),
                logIn(people.tenant(), "no address", People.PASSWORD),
                logIn(people.tenant(), "ada@example.com' OR true --", People.PASSWORD),
                logIn("'; DROP TABLE account; --", "ada@example.com", People.PASSWORD))) {
            assertThat(shown(refused)).isEqualTo(wrong);
        }
        assertThat(wrong).startsWith("401 ").contains("login.refused");
    }

    @Test
    void spelling_of_tenant_and_address_does_not_matter() {
        assertThat(logIn(people.tenant().toUpperCase(), " ADA@Example.com ", People.PASSWORD)
                        .status())
                .isEqualTo(200);
        assertThat(logIn(people.tenant(), "ada@example.com", People.PASSWORD.replace("7", "７"))
                        .status())
                .as("the same characters on another keyboard")
                .isEqualTo(200);
    }

    /** Attempts until one has to wait. */
    private List<Answer> guess(String email) {
        List<Answer> answers = new ArrayList<>();
        do {
            answers.add(logIn(people.tenant(), email, "guess " + answers.size()));
        } while (answers.getLast().status() == 401 && answers.size() < 50);
        return answers;
    }

    @Test
    void whoever_guesses_waits_and_is_told_for_how_long() {
        List<Answer> answers = guess("ada@example.com");
        Answer last = answers.getLast();
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.problem()).isEqualTo("login.too_often");
        assertThat(Integer.parseInt(last.header("Retry-After").orElseThrow())).isPositive();
        assertThat(answers).hasSize(6);
        assertThat(logIn(people.tenant(), "ada@example.com", People.PASSWORD).status())
                .as("the right one is not tried either, from there")
                .isEqualTo(429);
        assertThat(guess("nobody@example.com"))
                .as("it is no way to find out who has an account")
                .hasSameSizeAs(answers);
        people.join("eve@example.com", "observer");
        assertThat(people.logIn(server, "eve@example.com", People.PASSWORD).status())
                .as("others at the same address are let in")
                .isEqualTo(200);
    }

    @Test
    void right_passwords_are_no_guesses() {
        for (int i = 0; i < 10; i++) {
            assertThat(logIn(people.tenant(), "ada@example.com", People.PASSWORD)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void guessing_from_everywhere_keeps_out_only_who_has_never_come_in_from_where_they_are() {
        people.join("eve@example.com", "observer");
        assertThat(logIn(people.tenant(), "ada@example.com", People.PASSWORD).status())
                .isEqualTo(200);
        guessFromManyPlaces("ada@example.com");
        guessFromManyPlaces("eve@example.com");

        assertThat(logIn(people.tenant(), "ada@example.com", People.PASSWORD).status())
                .as("from where she came in before")
                .isEqualTo(200);
        assertThat(logIn(people.tenant(), "eve@example.com", People.PASSWORD).status())
                .as("from a place that is new")
                .isEqualTo(429);
    }

    /** There is one address in a test: what counts them together is asked as the login does it from others. */
    private void guessFromManyPlaces(String email) {
        var attempts = server.bean(Attempts.class);
        for (int i = 0; i < 20; i++) {
            attempts.begin(Map.of(Attempts.Kind.ACCOUNT, people.tenant() + "\n" + email));
        }
    }

    private JsonNode audited(String action) {
        return people.administrator()
                .get("/api/v1/audit?action=" + action)
                .json()
                .get("items");
    }

    @Test
    void whatever_strangers_type_is_one_entry_a_minute_and_none_of_their_words() {
        for (String typed : List.of("one@example.com", "two@example.com", "three@example.com", "no address")) {
            assertThat(logIn(people.tenant(), typed, "guess").status()).isEqualTo(401);
        }
        assertThat(logIn(people.tenant(), "ada@example.com", "guess").status()).isEqualTo(401);
        // In the order in which they came: what is written of hers is written last.
        Eventually.holds(
                () -> assertThat(audited("login.failed").toString()).contains("\"target\":\"ada@example.com\""));
        JsonNode failed = audited("login.failed");
        assertThat(failed.size()).isEqualTo(2);
        assertThat(failed.get(1).get("target").asString()).isEqualTo("no account");
    }

    /** Else its time would tell whether there is such a tenant, and such an account. */
    @Test
    void an_attempt_in_vain_is_answered_before_it_is_written_down() throws Exception {
        try (var connection = server.database().superuser();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE audit_entry IN ACCESS EXCLUSIVE MODE");
            assertThat(logIn(people.tenant(), "ada@example.com", "guess").status())
                    .isEqualTo(401);
            assertThat(logIn(people.tenant(), "nobody@example.com", "guess").status())
                    .isEqualTo(401);
            connection.rollback();
        }
        Eventually.holds(() -> assertThat(audited("login.failed").size()).isEqualTo(2));
    }

    @Test
    void members_of_a_suspended_tenant_do_not_come_in() {
        server.platform().post("/api/v1/tenants/" + people.tenant() + "/suspend", Map.of("reason", "unpaid"));
        Answer refused = logIn(people.tenant(), "ada@example.com", People.PASSWORD);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("tenant.suspended");
        assertThat(logIn(people.tenant(), "ada@example.com", "guess").status())
                .as("only who is a member learns of it")
                .isEqualTo(401);
    }
}
