package dev.apg.server.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestAuthenticator;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestProvider;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

/**
 * A tenant of which the database keeps secrets: Ada's authenticator, what an identity provider gave, and the key by which a
 * program's token was signed.
 */
record Workplace(UUID tenantId, String tenant, String client, String clientSecret, String token, String factor) {
    private static final String ADA = "ada@example.com";
    private static final String PASSWORD = "violet harbour tram 7 quilt";

    static Workplace on(TestServer node, TestProvider provider) {
        TestTenant made = TestTenant.in(node);
        TestClient administrator = made.client();
        String tenant = administrator.get("/api/v1/me").json().get("tenant").asString();
        good(administrator.post(
                "/api/v1/identity-providers",
                Map.of(
                        "code",
                        "corporate",
                        "issuer",
                        provider.url(),
                        "client_id",
                        TestProvider.CLIENT,
                        "client_secret",
                        TestProvider.SECRET,
                        "roles",
                        Map.of("otherwise", "observer"))));
        Answer client = good(administrator.post("/api/v1/clients", Map.of("label", "a program", "role", "observer")));
        String clientId = client.json().at("/client/client_id").asString();
        String secret = client.json().get("client_secret").asString();
        return new Workplace(
                made.id(), tenant, clientId, secret, token(node, clientId, secret), enrol(node, administrator, tenant));
    }

    private static String enrol(TestServer node, TestClient administrator, String tenant) {
        Answer invited = good(administrator.post(
                "/api/v1/accounts", Map.of("email", ADA, "name", "Ada Lovelace", "role", "observer")));
        good(node.anonymous()
                .post(
                        "/api/auth/password",
                        Map.of("token", invited.json().at("/invitation/token").asString(), "password", PASSWORD)));
        Answer login = good(logIn(node, tenant));
        TestClient browser = node.anonymous()
                .with("Cookie", cookie(login, "apg_session"))
                .with("X-APG-CSRF", login.json().get("csrf_token").asString());
        String factor = good(browser.post("/api/v1/me/second-factor", Map.of("current_password", PASSWORD)))
                .json()
                .get("secret")
                .asString();
        good(browser.post("/api/v1/me/second-factor/confirmation", Map.of("code", TestAuthenticator.code(factor, -1))));
        return factor;
    }

    private static Answer good(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 204);
        return answer;
    }

    private static Answer logIn(TestServer node, String tenant) {
        return node.anonymous().post("/api/auth/login", Map.of("tenant", tenant, "email", ADA, "password", PASSWORD));
    }

    /** Ada comes in with what her device shows so many steps ahead, and each time with another code. */
    Answer comeIn(TestServer node, int steps) {
        String step = good(logIn(node, tenant)).json().get("token").asString();
        return node.anonymous()
                .post(
                        "/api/auth/login/second-factor",
                        Map.of("token", step, "code", TestAuthenticator.code(factor, steps)));
    }

    /** Somebody comes in by the identity provider. */
    Answer signOn(TestServer node) {
        Answer begun = node.anonymous().get("/api/auth/sso/" + tenant + "/corporate");
        assertThat(begun.status()).as(begun.text()).isEqualTo(303);
        URI back = TestProvider.visit(URI.create(begun.header("Location").orElseThrow()));
        return node.anonymous()
                .with("Cookie", cookie(begun, "apg_sign_on"))
                .get(back.getRawPath() + "?" + back.getRawQuery());
    }

    /** An access token that the program fetches now. */
    String token(TestServer node) {
        return token(node, client, clientSecret);
    }

    private static String token(TestServer node, String client, String secret) {
        return good(node.anonymous()
                        .post(
                                "/api/auth/token",
                                Map.of(
                                        "grant_type",
                                        "client_credentials",
                                        "client_id",
                                        client,
                                        "client_secret",
                                        secret)))
                .json()
                .get("access_token")
                .asString();
    }

    private static String cookie(Answer answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.split(";", 2)[0])
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer.headers().map().toString()));
    }
}
