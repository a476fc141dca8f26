package dev.apg.server.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.util.Map;

/** A client of a fresh tenant, which fetches access tokens from any node. */
record Issued(TestClient administrator, String clientId, String secret) {
    static Issued on(TestServer server) {
        TestClient administrator = TestTenant.in(server).client();
        Answer created = administrator.post("/api/v1/clients", Map.of("label", "a program", "role", "observer"));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return new Issued(
                administrator,
                created.json().at("/client/client_id").asString(),
                created.json().get("client_secret").asString());
    }

    String token(TestServer node) {
        Answer answer = node.anonymous()
                .post(
                        "/api/auth/token",
                        Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", secret));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("access_token").asString();
    }

    static int status(TestServer node, String token) {
        return node.client(token).get("/api/v1/me").status();
    }
}
