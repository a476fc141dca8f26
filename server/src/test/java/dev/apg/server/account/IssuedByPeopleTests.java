package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What people have made for programs, when the person goes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IssuedByPeopleTests {
    private static final String ADA = "ada@example.com";

    @AutoClose
    private final TestServer server = TestServer.start();

    private People people;
    private TestClient administrator;
    private String ada;
    private TestClient nightly;
    private TestClient grandchild;

    /** Ada makes a client, a pipeline and, in a session and with a token of her own, tokens, of which one makes another. */
    @BeforeEach
    void issue() {
        people = People.in(server);
        administrator = people.administrator();
        ada = people.join(ADA, "tenant_administrator");
        TestClient browser = people.browser(ADA);
        nightly = token(browser, "nightly");
        grandchild = token(nightly, "of the nightly one");
        token(
                server.client(done(browser.post("/api/v1/me/tokens", Map.of("label", "laptop")))
                        .get("text")
                        .asString()),
                "by the laptop");
        done(browser.post("/api/v1/clients", Map.of("label", "billing", "role", "observer")));
        done(browser.post(
                "/api/v1/pipelines",
                Map.of(
                        "label",
                        "ci",
                        "issuer",
                        "https://token.actions.githubusercontent.com",
                        "claims",
                        Map.of("repository", "acme/payments"),
                        "capabilities",
                        List.of("payments"))));
    }

    private static JsonNode done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        return answer.json();
    }

    private TestClient token(TestClient issuer, String label) {
        return server.client(done(issuer.post("/api/v1/tokens", Map.of("label", label, "role", "tenant_administrator")))
                .get("text")
                .asString());
    }

    private Answer change(TestClient client, Map<String, Object> change) {
        return client.with("If-Match", "*").patch(ada, change);
    }

    private static List<String> issued(JsonNode account) {
        return account.at("/issued/items")
                .valueStream()
                .map(machine -> machine.get("kind").asString() + " "
                        + machine.get("label").asString())
                .toList();
    }

    private static int status(TestClient client) {
        return client.get("/api/v1/me").status();
    }

    @Test
    void lists_say_who_made_what() {
        JsonNode tokens = administrator.get("/api/v1/tokens").json().get("items");
        JsonNode newest = tokens.get(0);
        assertThat(newest.get("label").asString()).isEqualTo("by the laptop");
        assertThat(newest.at("/issued_by/kind").asString()).isEqualTo("account");
        assertThat(newest.at("/issued_by/name").asString()).isEqualTo("Ada Lovelace");
        assertThat(ada).endsWith(newest.at("/issued_by/id").asString());
        assertThat(tokens.at("/1/issued_by/kind").asString()).isEqualTo("token");
        assertThat(tokens.at("/1/issued_by/name").asString()).isEqualTo("nightly");
        for (String list : List.of("/api/v1/clients", "/api/v1/pipelines")) {
            assertThat(administrator
                            .get(list)
                            .json()
                            .at("/items/0/issued_by/name")
                            .asString())
                    .as(list)
                    .isEqualTo("Ada Lovelace");
        }
        done(administrator.delete(ada));
        JsonNode issuer = administrator.get("/api/v1/tokens").json().at("/items/0/issued_by");
        assertThat(issuer.get("kind").asString()).isEqualTo("account");
        assertThat(issuer.has("name")).as("nobody is left who has it").isFalse();
    }

    @Test
    void what_a_disabled_person_made_stays_is_told_and_goes_when_it_shall() {
        JsonNode disabled = done(change(administrator, Map.of("disabled", true)));
        assertThat(issued(disabled))
                .containsExactly(
                        "pipeline ci",
                        "client billing",
                        "token by the laptop",
                        "token of the nightly one",
                        "token nightly");
        assertThat(disabled.at("/issued/total_count").asInt()).isEqualTo(5);
        assertThat(status(nightly)).isEqualTo(200);

        JsonNode nightlyOne = disabled.at("/issued/items/4");
        done(administrator.delete("/api/v1/tokens/" + nightlyOne.get("id").asString()));
        assertThat(issued(administrator.get(ada).json()))
                .as("what a revoked one made is as good as before")
                .contains("token of the nightly one")
                .doesNotContain("token nightly");

        JsonNode revoked = done(change(administrator, Map.of("revoke_issued", true)));
        assertThat(revoked.at("/issued/total_count").asInt()).isZero();
        assertThat(status(grandchild)).isEqualTo(401);
        assertThat(status(administrator)).as("what others made").isEqualTo(200);
        assertThat(administrator
                        .get("/api/v1/audit?limit=100&target=billing")
                        .json()
                        .at("/items/0/action")
                        .asString())
                .isEqualTo("client.revoked");
        assertThat(administrator.get("/api/v1/pipelines").json().at("/items/0").has("revoked_at"))
                .isTrue();
    }

    @Test
    void all_goes_in_the_act_that_disables_or_removes_the_person() {
        JsonNode disabled = done(change(administrator, Map.of("disabled", true, "revoke_issued", true)));
        assertThat(disabled.get("state").asString()).isEqualTo("disabled");
        assertThat(issued(disabled)).isEmpty();
        assertThat(List.of(status(nightly), status(grandchild))).containsOnly(401);

        issue();
        assertThat(administrator.delete(ada + "?revoke_issued=true").status()).isEqualTo(204);
        assertThat(List.of(status(nightly), status(grandchild))).containsOnly(401);
    }

    @Test
    void who_may_not_list_machines_is_not_told_of_them_and_revokes_none() {
        done(administrator.post(
                "/api/v1/roles",
                Map.of("code", "people_keeper", "permissions", List.of("catalog:read", "account:administer"))));
        TestClient keeper = server.client(
                done(administrator.post("/api/v1/tokens", Map.of("label", "keeper", "role", "people_keeper")))
                        .get("text")
                        .asString());
        done(change(administrator, Map.of("role", "observer")));
        assertThat(done(keeper.get(ada)).has("issued")).isFalse();
        Answer refused = change(keeper, Map.of("revoke_issued", true));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(keeper.delete(ada + "?revoke_issued=true").status()).isEqualTo(403);
        assertThat(status(nightly)).isEqualTo(200);
    }
}
