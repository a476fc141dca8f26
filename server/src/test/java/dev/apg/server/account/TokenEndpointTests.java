package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenEndpointTests {
    private static final String PATH = "/api/auth/token";
    private static final String FORM = "application/x-www-form-urlencoded";

    @AutoClose
    private final TestServer server = TestServer.start();

    private TestClient administrator;
    private String path;
    private String id;
    private String secret;

    @BeforeEach
    void create() {
        administrator = TestTenant.in(server).client();
        Answer created = administrator.post(
                "/api/v1/clients",
                Map.of(
                        "label", "deployer",
                        "role", "composition_designer",
                        "scopes", List.of("catalog:read", "composition:read", "composition:edit")));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        path = created.header("Location").orElseThrow();
        id = created.json().at("/client/client_id").asString();
        secret = created.json().get("client_secret").asString();
    }

    private Answer form(TestClient client, String body) {
        return client.send("POST", PATH, BodyPublishers.ofString(body), FORM);
    }

    private TestClient basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return server.anonymous()
                .with("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    private String credentials() {
        return "&client_id=" + id + "&client_secret=" + secret;
    }

    @Test
    void a_client_gets_a_token_by_form_or_json_with_its_secret_in_header_or_body() {
        List<Answer> answers = List.of(
                form(basic(id, secret), "grant_type=client_credentials"),
                form(server.anonymous(), "grant_type=client_credentials" + credentials()),
                form(basic(id, secret), "grant_type=client_credentials&scope=&unknown=1&client_id=" + id),
                server.anonymous()
                        .post(
                                PATH,
                                Map.of("grant_type", "client_credentials", "client_id", id, "client_secret", secret)));
        for (Answer answer : answers) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).contains("no-store");
            assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
            assertThat(answer.json().get("token_type").asString()).isEqualTo("Bearer");
            assertThat(answer.json().get("expires_in").asInt()).isEqualTo(1_800);
            assertThat(answer.json().get("scope").asString())
                    .isEqualTo("catalog:read composition:read composition:edit");
            JsonNode me = server.client(answer.json().get("access_token").asString())
                    .get("/api/v1/me")
                    .json();
            assertThat(me.get("name").asString()).isEqualTo("deployer");
            assertThat(me.get("permissions").toString())
                    .isEqualTo("[\"catalog:read\",\"composition:read\",\"composition:edit\"]");
        }
    }

    @Test
    void a_token_is_good_for_what_was_asked_for_only() {
        Answer answer = form(basic(id, secret), "grant_type=client_credentials&scope=catalog%3Aread");
        TestClient bearer = server.client(answer.json().get("access_token").asString());

        assertThat(bearer.get("/api/v1/capabilities").status()).isEqualTo(200);
        Answer denied = bearer.get("/api/v1/compositions");
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.json().get("detail").asString())
                .contains("composition:read", "the scopes of deployer leave only catalog:read");
    }

    @ParameterizedTest
    @CsvSource({
        "'scope=catalog:read', 400, invalid_request",
        "'grant_type=', 400, invalid_request",
        "'grant_type=password', 400, unsupported_grant_type",
        "'grant_type=client_credentials&scope=capability:purge', 400, invalid_scope",
        "'grant_type=client_credentials&scope=%20', 400, invalid_scope",
        "'grant_type=client_credentials&grant_type=client_credentials', 400, invalid_request",
        "'grant_type=client_credentials&scope=%zz', 400, invalid_request",
        "'grant_type=client_credentials&client_secret=x', 400, invalid_request",
        "'grant_type=client_credentials&client_id=other', 400, invalid_request"
    })
    void a_request_that_is_wrong_is_refused_in_the_words_of_the_standard(String body, int status, String error) {
        Answer answer = form(basic(id, secret), body);
        assertRefused(answer, status, error);
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
    }

    private static void assertRefused(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().get("error").asString()).isEqualTo(error);
        assertThat(answer.json().get("error_description").asString()).matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    @Test
    void a_client_that_does_not_prove_itself_is_told_the_same_whatever_is_wrong() {
        String other = TestTenant.in(server)
                .client()
                .post("/api/v1/clients", Map.of("label", "other", "role", "observer"))
                .json()
                .at("/client/client_id")
                .asString();
        String body = "grant_type=client_credentials";
        Answer wrongSecret = form(basic(id, secret.substring(0, 20) + "AAAA" + secret.substring(24)), body);
        assertRefused(wrongSecret, 401, "invalid_client");
        assertThat(wrongSecret.header("WWW-Authenticate")).contains("Basic realm=\"apg\"");
        for (TestClient client : List.of(
                basic(other, secret),
                basic(id, ClientSecret.random().text()),
                basic("apgc_nonsense", secret),
                basic(id.replace("apgc_", "apgs_"), secret),
                basic(id, ""))) {
            assertThat(form(client, body).text()).isEqualTo(wrongSecret.text());
        }
        for (String header : List.of("Bearer " + server.token(), "Basic", "Basic !!!", "Basic YQ==")) {
            assertRefused(form(server.anonymous().with("Authorization", header), body), 401, "invalid_client");
        }
        assertRefused(form(server.anonymous(), body), 401, "invalid_client");
        assertRefused(
                form(basic(id, secret).with("Authorization", basic(id, secret).header("Authorization")), body),
                400,
                "invalid_request");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]",
                "{",
                "\"text\"",
                "{\"grant_type\": 1}",
                "{\"grant_type\": \"a\", \"grant_type\": \"b\"}",
                "{\"grant_type\": \"client_credentials\", \"client_id\": {\"a\": 1}}"
            })
    void json_that_is_none_of_ours_is_an_invalid_request(String body) {
        assertRefused(server.anonymous().post(PATH, body), 400, "invalid_request");
    }

    @Test
    void what_is_no_request_for_a_token_at_all_is_refused_at_the_edge() {
        assertThat(server.anonymous()
                        .send("POST", PATH, BodyPublishers.ofString("<token/>"), "application/xml")
                        .problem())
                .isEqualTo("media_type.not_supported");
        assertThat(form(server.anonymous(), "grant_type=" + "x".repeat(20_000)).problem())
                .isEqualTo("body.too_large");
        assertThat(server.anonymous()
                        .send(
                                "POST",
                                PATH + "?grant_type=client_credentials" + credentials(),
                                BodyPublishers.noBody(),
                                FORM)
                        .problem())
                .as("secrets do not belong into addresses, which are logged")
                .isEqualTo("parameter.unknown");
    }

    @Test
    void each_token_is_in_the_audit_log_and_a_wrong_secret_once_a_minute() {
        form(basic(id, secret), "grant_type=client_credentials");
        form(basic(id, secret), "grant_type=client_credentials&scope=catalog:read");
        for (int i = 0; i < 3; i++) {
            form(basic(id, ClientSecret.random().text()), "grant_type=client_credentials");
        }

        JsonNode came =
                administrator.get("/api/v1/audit?action=login.succeeded").json().get("items");
        assertThat(came.size()).isEqualTo(2);
        assertThat(came.get(0).get("actor").asString()).isEqualTo("deployer");
        assertThat(came.get(0).at("/after/scope").asString()).isEqualTo("catalog:read");
        assertThat(came.get(0).has("address")).isTrue();
        JsonNode failed =
                administrator.get("/api/v1/audit?action=login.failed").json().get("items");
        assertThat(failed.size()).isEqualTo(1);
        assertThat(failed.get(0).get("actor").asString()).isEqualTo("anonymous");
        assertThat(failed.get(0).get("target").asString()).isEqualTo("deployer");
    }

    @Test
    void a_revoked_client_gets_no_token_and_those_that_it_has_are_refused() {
        String token = form(basic(id, secret), "grant_type=client_credentials")
                .json()
                .get("access_token")
                .asString();
        assertThat(server.client(token).get("/api/v1/me").status()).isEqualTo(200);

        assertThat(administrator.delete(path).status()).isEqualTo(204);

        assertThat(server.client(token).get("/api/v1/me").problem()).isEqualTo("token.invalid");
        assertRefused(form(basic(id, secret), "grant_type=client_credentials"), 401, "invalid_client");
        assertThat(administrator.delete(path).status()).isEqualTo(204);
        JsonNode listed =
                administrator.get("/api/v1/clients").json().get("items").get(0);
        assertThat(listed.has("revoked_at")).isTrue();
        assertThat(listed.has("client_secret")).isFalse();
    }

    @Test
    void only_a_hash_of_the_secret_is_kept() throws Exception {
        try (var connection = server.database().superuser();
                var statement = connection.prepareStatement("SELECT secret_hash FROM client WHERE client_id = ?")) {
            statement.setObject(1, ClientId.parse(id).orElseThrow().id());
            var row = statement.executeQuery();
            assertThat(row.next()).isTrue();
            assertThat(row.getBytes(1))
                    .isEqualTo(ClientSecret.parse(secret).orElseThrow().hash());
        }
    }

    @Test
    void clients_are_made_by_those_who_may_and_with_no_more_than_they_may() {
        String observer = administrator
                .post("/api/v1/tokens", Map.of("label", "reader", "role", "observer"))
                .json()
                .get("text")
                .asString();
        assertThat(server.client(observer)
                        .post("/api/v1/clients", Map.of("label", "x", "role", "observer"))
                        .problem())
                .isEqualTo("permission.denied");
        assertThat(server.client(observer).get("/api/v1/clients").status()).isEqualTo(403);
        assertThat(administrator
                        .post("/api/v1/clients", Map.of("label", "APG", "role", "observer"))
                        .problem())
                .isEqualTo("name.reserved");
    }

    @Test
    void the_metadata_tells_clients_where_everything_is() {
        Answer answer = server.anonymous().get("/.well-known/oauth-authorization-server");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode told = answer.json();
        String issuer = told.get("issuer").asString();
        assertThat(told.get("token_endpoint").asString()).isEqualTo(issuer + PATH);
        assertThat(told.get("jwks_uri").asString()).isEqualTo(issuer + "/api/auth/keys");
        assertThat(told.get("grant_types_supported").toString())
                .isEqualTo("[\"client_credentials\",\"urn:ietf:params:oauth:grant-type:token-exchange\"]");
        assertThat(told.get("scopes_supported").toString()).contains("\"capability:publish\"");
    }

    @Test
    void a_client_of_a_suspended_tenant_gets_no_token_and_leaves_no_trace() {
        Answer made = server.platform().post("/api/v1/tenants", Map.of("code", "suspended-with-a-client"));
        TestClient theirs = server.client(made.json().at("/administrator/text").asString());
        Answer created = theirs.post("/api/v1/clients", Map.of("label", "deployer", "role", "observer"));
        String user = created.json().at("/client/client_id").asString();
        String password = created.json().get("client_secret").asString();
        String tenant = "/api/v1/tenants/suspended-with-a-client";
        server.platform().post(tenant + "/suspend", Map.of("reason", "the \"bill\""));

        Answer refused = form(basic(user, password), "grant_type=client_credentials");
        Answer guessed = form(basic(user, password + "x"), "grant_type=client_credentials");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("error").asString()).isEqualTo("unauthorized_client");
        assertThat(refused.json().get("error_description").asString())
                .startsWith("The tenant of this client is suspended");
        assertThat(guessed.json().get("error").asString()).isEqualTo("invalid_client");
        server.platform().post(tenant + "/resume", Map.of());
        assertThat(theirs.get("/api/v1/audit?action=login.succeeded")
                        .json()
                        .get("items")
                        .size())
                .isZero();
        assertThat(form(basic(user, password), "grant_type=client_credentials").status())
                .isEqualTo(200);

        server.platform().post(tenant + "/delete", Map.of("reason", "gone", "grace_days", 0));
        assertThat(form(basic(user, password), "grant_type=client_credentials")
                        .json()
                        .get("error")
                        .asString())
                .isEqualTo("invalid_client");
    }
}
