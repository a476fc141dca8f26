package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What members of a tenant may do while it waits to be erased: it can be read, so whoever should not has to be kept out. */
class DeletingTenantTests {
    private static final String ADA = "ada@example.com";
    private static final String TOKENS = "/api/v1/me/tokens";

    @AutoClose
    private static final TestServer server = TestServer.start();

    @Test
    void access_is_taken_away_and_none_is_given() {
        People people = People.in(server);
        people.join(ADA, "tenant_administrator");
        String eve = people.join("eve@example.com", "observer");
        TestClient evesBrowser = people.browser("eve@example.com");
        TestClient ada = people.browser(ADA);
        Answer leaked = ada.post(TOKENS, Map.of("label", "leaked"));
        Answer machine = ada.post("/api/v1/tokens", Map.of("label", "machine", "role", "observer"));
        Answer client = ada.post("/api/v1/clients", Map.of("label", "service", "role", "observer"));
        assertThat(server.platform()
                        .post(
                                "/api/v1/tenants/%s/delete".formatted(people.tenant()),
                                Map.of("reason", "moved away", "grace_days", 7))
                        .status())
                .isEqualTo(200);

        TestClient again = people.browser(ADA).with("If-Match", "*");
        for (Answer refused : new Answer[] {
            again.post(TOKENS, Map.of("label", "another")),
            again.post("/api/v1/tokens", Map.of("label", "another", "role", "observer")),
            again.patch(eve, Map.of("role", "business_analyst"))
        }) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
            assertThat(refused.problem()).isIn("tenant.deleted", "tenant.inactive");
        }

        assertDone(again.delete(TOKENS + "/" + leaked.json().at("/token/id").asString()));
        assertGone(server.client(leaked.json().get("text").asString()));
        assertDone(
                again.delete("/api/v1/tokens/" + machine.json().at("/token/id").asString()));
        assertGone(server.client(machine.json().get("text").asString()));
        assertDone(
                again.delete("/api/v1/clients/" + client.json().at("/client/id").asString()));
        assertDone(again.delete(eve + "/sessions"));
        assertGone(evesBrowser);
        assertThat(again.patch(eve, Map.of("disabled", true)).status()).isEqualTo(200);
        assertThat(again.patch(eve, Map.of("disabled", false)).problem()).isEqualTo("tenant.inactive");
        assertDone(again.delete(eve));

        assertDone(again.post(
                "/api/v1/me/password",
                Map.of("current_password", People.PASSWORD, "password", "another tram in harbour 8")));
        assertGone(ada);
        assertDone(again.post("/api/auth/logout", Map.of()));
        assertGone(again);
    }

    private static void assertDone(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    }

    private static void assertGone(TestClient client) {
        assertThat(client.get("/api/v1/me").status()).isEqualTo(401);
    }
}
