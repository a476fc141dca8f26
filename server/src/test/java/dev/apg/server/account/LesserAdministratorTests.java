package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever may administer something, and not all, does nothing to who may do more; and somebody is left who may do all. */
class LesserAdministratorTests {
    @AutoClose
    private static final TestServer server = TestServer.start();

    private People people;
    private TestClient administrator;

    @BeforeEach
    void start() {
        people = People.in(server);
        administrator = people.administrator();
    }

    private Answer issue(TestClient issuer, Map<String, Object> wanted) {
        Answer issued = issuer.post("/api/v1/tokens", wanted);
        assertThat(issued.status()).as(issued.text()).isEqualTo(201);
        return issued;
    }

    private Answer issue(String label, String role) {
        return issue(administrator, Map.of("label", label, "role", role));
    }

    private static String path(Answer issued) {
        return issued.header("Location").orElseThrow();
    }

    /** Somebody with a role that permits this and reading the catalogue. */
    private TestClient keeper(String role, String permission) {
        Answer made = administrator.post(
                "/api/v1/roles", Map.of("code", role, "permissions", List.of("catalog:read", permission)));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return server.client(issue(role, role).json().get("text").asString());
    }

    private static Answer policy(TestClient client, String secondFactor, String passwords) {
        return client.with("If-Match", "*")
                .put("/api/v1/login-policy", Map.of("second_factor", secondFactor, "passwords", passwords));
    }

    @Test
    void nobody_revokes_what_may_do_more_than_they() {
        TestClient keeper = keeper("token_keeper", "token:administer");
        Answer greater = issue("greater", "tenant_administrator");
        Answer client =
                administrator.post("/api/v1/clients", Map.of("label", "greater", "role", "tenant_administrator"));
        for (Answer refused : List.of(keeper.delete(path(greater)), keeper.delete(path(client)))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
            assertThat(refused.problem()).isEqualTo("permission.denied");
        }
        assertThat(server.client(greater.json().get("text").asString())
                        .get("/api/v1/me")
                        .status())
                .isEqualTo(200);
        assertThat(keeper.delete(path(issue("equal", "token_keeper"))).status()).isEqualTo(204);
    }

    @Test
    void nobody_changes_describes_or_deletes_a_role_that_may_do_more_than_they() {
        TestClient keeper = keeper("role_keeper", "role:administer");
        Map<String, Object> greater =
                Map.of("code", "greater", "permissions", List.of("catalog:read", "account:administer", "audit:read"));
        assertThat(administrator.post("/api/v1/roles", greater).status()).isEqualTo(201);
        TestClient withIfMatch = keeper.with("If-Match", "*");
        for (Answer refused : List.of(
                withIfMatch.patch("/api/v1/roles/greater", Map.of("permissions", List.of("catalog:read"))),
                withIfMatch.patch("/api/v1/roles/greater", Map.of("description", "nobody")),
                keeper.delete("/api/v1/roles/greater"))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
            assertThat(refused.problem()).isEqualTo("permission.denied");
        }
        assertThat(administrator.get("/api/v1/roles/greater").json().get("permissions"))
                .hasSize(3);
        administrator.post("/api/v1/roles", Map.of("code", "lesser", "permissions", List.of("catalog:read")));
        assertThat(keeper.delete("/api/v1/roles/lesser").status()).isEqualTo(204);
    }

    @Test
    void only_who_may_do_all_asks_fewer_for_a_second_factor() {
        TestClient keeper = keeper("people_keeper", "account:administer");
        assertThat(policy(keeper, "everybody", "everybody").status()).isEqualTo(200);
        Answer refused = policy(keeper, "administrators", "everybody");
        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(policy(administrator, "nobody", "everybody").status()).isEqualTo(200);
    }

    @Test
    void where_identity_providers_could_be_the_only_way_in_the_last_other_one_stays() {
        assertThat(policy(administrator, "nobody", "administrators").status()).isEqualTo(200);
        String own = "/api/v1/tokens/"
                + administrator.get("/api/v1/tokens").json().at("/items/0/id").asString();
        Answer refused = administrator.delete(own);
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("login_policy.no_way_in");
        Map<String, Object> soonOver = Map.of(
                "label",
                "for today",
                "role",
                "tenant_administrator",
                "expires_at",
                Instant.now().plus(Duration.ofHours(1)).toString());
        issue(administrator, soonOver);
        assertThat(administrator.delete(own).status())
                .as("what is left would be over soon")
                .isEqualTo(409);
        issue("another", "tenant_administrator");
        assertThat(administrator.delete(own).status()).isEqualTo(204);
    }

    @Test
    void a_token_that_is_over_soon_is_no_other_administrator() {
        String account = people.join("ada@example.com", "tenant_administrator");
        TestClient ada = people.browser("ada@example.com");
        String first = "/api/v1/tokens/"
                + ada.get("/api/v1/tokens").json().at("/items/0/id").asString();
        issue(
                ada,
                Map.of(
                        "label",
                        "for today",
                        "role",
                        "tenant_administrator",
                        "expires_at",
                        Instant.now().plus(Duration.ofHours(1)).toString()));
        assertThat(ada.delete(first).status()).isEqualTo(204);
        assertThat(ada.delete(account).problem()).isEqualTo("account.last_administrator");
        issue(ada, Map.of("label", "for good", "role", "tenant_administrator"));
        assertThat(ada.delete(account).status()).isEqualTo(204);
    }
}
