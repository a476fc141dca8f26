package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.util.Map;
import java.util.UUID;

/** A tenant whose administrator invites people, and what these do with their browsers. */
final class People {
    static final String PASSWORD = "violet harbour tram 7 quilt";

    private final TestServer server;
    private final TestClient administrator;
    private final String tenant;

    private People(TestServer server, TestClient administrator) {
        this.server = server;
        this.administrator = administrator;
        this.tenant = administrator.get("/api/v1/me").json().get("tenant").asString();
    }

    static People in(TestServer server) {
        return new People(server, TestTenant.in(server).client());
    }

    TestClient administrator() {
        return administrator;
    }

    UUID tenantId() {
        return UUID.fromString(
                administrator.get("/api/v1/me").json().get("tenant_id").asString());
    }

    String tenant() {
        return tenant;
    }

    /** Of an account that is only invited: its path and the token with which its password is chosen. */
    record Invited(String path, String token) {}

    Invited invite(String email, String role) {
        Answer invited =
                administrator.post("/api/v1/accounts", Map.of("email", email, "name", "Ada Lovelace", "role", role));
        assertThat(invited.status()).as(invited.text()).isEqualTo(201);
        return new Invited(
                invited.header("Location").orElseThrow(),
                invited.json().at("/invitation/token").asString());
    }

    /** Somebody who has chosen {@link #PASSWORD}: the path of the account. */
    String join(String email, String role) {
        Invited invited = invite(email, role);
        Answer chosen = choose(invited.token(), PASSWORD);
        assertThat(chosen.status()).as(chosen.text()).isEqualTo(204);
        return invited.path();
    }

    Answer choose(String token, String password) {
        return server.anonymous().post("/api/auth/password", Map.of("token", token, "password", password));
    }

    Answer logIn(TestServer node, String email, String password) {
        return node.anonymous().post("/api/auth/login", Map.of("tenant", tenant, "email", email, "password", password));
    }

    /** A browser in which somebody has just come in. */
    TestClient browser(String email) {
        return browser(server, email);
    }

    TestClient browser(TestServer node, String email) {
        Answer answer = logIn(node, email, PASSWORD);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return node.anonymous()
                .with("Cookie", cookie(answer))
                .with("X-APG-CSRF", answer.json().get("csrf_token").asString());
    }

    /** What a browser sends back of the cookie that came with an answer. */
    static String cookie(Answer answer) {
        return answer.header("Set-Cookie").orElseThrow().split(";", 2)[0];
    }
}
