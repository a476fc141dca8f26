package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private TestClient administrator;

    @BeforeAll
    void start() {
        administrator = server.client();
    }

    @Test
    void the_first_start_leaves_an_administrators_token_that_only_its_owner_reads() throws Exception {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(server.dataDirectory().resolve("token"))))
                .isEqualTo("rw-------");
        JsonNode me = administrator.get("/api/v1/me").json();
        assertThat(me.get("tenant").asString()).isEqualTo("default");
        assertThat(me.get("role").asString()).isEqualTo("tenant_administrator");
        assertThat(me.get("permissions").toString()).contains("capability:publish");
    }

    @Test
    void a_tenant_begins_with_an_event_and_an_audit_entry() throws Exception {
        JsonNode first =
                administrator.get("/api/v1/events?limit=1").json().get("items").get(0);
        assertThat(first.get("cursor").asString()).isEqualTo("1.1");
        assertThat(first.get("type").asString()).isEqualTo("tenant.created");
        assertThat(first.get("subject").asString()).isEqualTo("default");
        try (var connection = server.database().superuser();
                var rows = connection.createStatement().executeQuery("""
                        SELECT actor, after ->> 'name' FROM audit_entry WHERE action = 'tenant.created' AND target = 'default'
                        """)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("platform");
            assertThat(rows.getString(2)).isEqualTo("Default");
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void a_request_without_a_token_is_told_what_to_send() {
        Answer answer = server.anonymous().get("/api/v1/me");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("token.missing");
        assertThat(answer.header("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
    }

    @Test
    void a_token_that_was_never_issued_is_refused() {
        String token = server.token();
        String tampered = token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A");
        String forged = SecretText.random(
                        SecretText.Kind.TOKEN,
                        UUID.fromString("00000000-0000-7000-8000-000000000001"),
                        UUID.randomUUID())
                .text();
        for (String text : Set.of("", "apg_", "nonsense", tampered, forged, token + "A", " ")) {
            Answer answer = server.client(text).get("/api/v1/me");
            assertThat(answer.status()).as(text).isEqualTo(401);
            assertThat(answer.problem()).as(text).isEqualTo("token.invalid");
        }
        assertThat(server.anonymous()
                        .with("Authorization", "Basic YTpi")
                        .get("/api/v1/me")
                        .problem())
                .isEqualTo("token.invalid");
    }

    @Test
    void two_authorization_headers_are_refused_even_if_both_are_valid() {
        TestClient twice = administrator.with("Authorization", administrator.header("Authorization"));
        Answer answer = twice.get("/api/v1/me");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("request.header_repeated");
        assertThat(answer.json().get("detail").asString())
                .isEqualTo("Authorization: sent 2 times (expected: once)")
                .doesNotContain(server.token());
        assertThat(server.anonymous()
                        .with("Authorization", "Basic eDp5")
                        .with("Authorization", administrator.header("Authorization"))
                        .get("/api/v1/me")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_token_opens_only_the_tenant_that_it_was_issued_for() {
        UUID other = TestTenant.make(server);
        SecretText mine =
                SecretText.parse(SecretText.Kind.TOKEN, server.token()).orElseThrow();
        administrator.get("/api/v1/me");
        String moved = new SecretText(SecretText.Kind.TOKEN, other, mine.id(), mine.secret()).text();
        assertThat(server.client(moved).get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void an_issued_token_works_until_it_is_revoked() {
        Answer issued = administrator.post("/api/v1/tokens", Map.of("label", "build", "role", "observer"));
        assertThat(issued.status()).isEqualTo(201);
        assertThat(issued.header("X-APG-Seq")).isPresent();
        TestClient observer = server.client(issued.json().get("text").asString());
        assertThat(observer.get("/api/v1/me").json().get("name").asString()).isEqualTo("build");

        String path = issued.header("Location").orElseThrow();
        assertThat(administrator.delete(path).status()).isEqualTo(204);
        assertThat(observer.get("/api/v1/me").problem()).isEqualTo("token.invalid");
        assertThat(administrator.delete(path).status()).isEqualTo(204);
    }

    @Test
    void a_token_that_is_revoked_while_its_body_is_on_the_way_writes_nothing() throws Exception {
        Answer issued = administrator.post("/api/v1/tokens", Map.of("label", "slow", "role", "tenant_administrator"));
        String token = issued.json().get("text").asString();
        String evil = "{\"label\":\"evil\",\"role\":\"tenant_administrator\"}";
        String version = "{\"format\":\"apg.capability/1\",\"capability\":\"evil\"}\n";
        try (Socket tokens = begin("/api/v1/tokens", "application/json", evil, token);
                Socket imports = begin("/api/v1/imports", "application/jsonl", version, token)) {
            administrator.delete(issued.header("Location").orElseThrow());
            assertThat(finish(tokens, evil)).startsWith("HTTP/1.1 401 ").contains("token.invalid");
            assertThat(finish(imports, version)).startsWith("HTTP/1.1 401 ").contains("token.invalid");
        }
        assertThat(administrator.get("/api/v1/tokens").text()).doesNotContain("evil");
        assertThat(administrator.get("/api/v1/capabilities/evil").status()).isEqualTo(404);
    }

    /** Sends all but the last byte, once the server has begun to read. */
    private Socket begin(String path, String type, String body, String token) throws Exception {
        var socket = new Socket(server.url().getHost(), server.url().getPort());
        socket.setSoTimeout(20_000);
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nExpect: 100-continue\r\n"
                + "Authorization: Bearer " + token + "\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 100");
        socket.getOutputStream().write(body.substring(0, body.length() - 1).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String finish(Socket socket, String body) throws Exception {
        try {
            socket.getOutputStream().write(body.charAt(body.length() - 1));
        } catch (SocketException answered) {
            // Tomcat asks for the body before anybody looks at the token: a slow server finds it revoked at once.
        }
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @Test
    void a_token_may_not_outlast_the_years_that_can_be_written() {
        Answer refused = administrator.post(
                "/api/v1/tokens", Map.of("label", "x", "role", "observer", "expires_at", "+300000-12-31T00:00:00Z"));
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("token.too_long");
    }

    @Test
    void an_expired_token_is_refused() throws Exception {
        Answer issued = administrator.post(
                "/api/v1/tokens", Map.of("label", "old", "role", "observer", "expires_at", "2100-01-01T00:00:00Z"));
        try (var connection = server.database().superuser();
                var statement = connection.prepareStatement(
                        "UPDATE access_token SET expires_at = now() - interval '1 hour' WHERE token_id = ?")) {
            statement.setObject(1, UUID.fromString(issued.json().at("/token/id").asString()));
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
        assertThat(server.client(issued.json().get("text").asString())
                        .get("/api/v1/me")
                        .problem())
                .isEqualTo("token.invalid");
    }

    @Test
    void only_a_hash_of_the_secret_is_kept() throws Exception {
        String text = administrator
                .post("/api/v1/tokens", Map.of("label", "secret", "role", "observer"))
                .json()
                .get("text")
                .asString();
        SecretText token = SecretText.parse(SecretText.Kind.TOKEN, text).orElseThrow();
        try (var connection = server.database().superuser();
                var statement = connection.prepareStatement(
                        "SELECT secret_hash = sha256(?) FROM access_token WHERE token_id = ?")) {
            statement.setBytes(1, token.secret());
            statement.setObject(2, token.id());
            var row = statement.executeQuery();
            assertThat(row.next()).isTrue();
            assertThat(row.getBoolean(1)).isTrue();
        }
    }

    @Test
    void a_role_without_the_permission_is_told_which_one_is_missing() {
        String text = administrator
                .post("/api/v1/tokens", Map.of("label", "reader", "role", "observer"))
                .json()
                .get("text")
                .asString();
        Answer answer = server.client(text).post("/api/v1/tokens", Map.of("label", "x", "role", "observer"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.problem()).isEqualTo("permission.denied");
        assertThat(answer.json().get("detail").asString()).contains("token:administer", "observer");
    }

    @Test
    void a_wrong_request_for_a_token_names_every_field() {
        Answer answer = administrator.post(
                "/api/v1/tokens", Map.of("label", "", "role", "The King", "expires_at", "2100-01-01T00:00:00Z"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("wrong_size");
        assertThat(answer.json().get("errors").toString()).contains("\"label\"", "\"role\"", "The King");
        assertThat(administrator
                        .post(
                                "/api/v1/tokens",
                                Map.of("label", "a", "role", "observer", "expires_at", "2001-01-01T00:00:00Z"))
                        .problem())
                .isEqualTo("token.expired");
    }

    @Test
    void the_list_pages_through_every_token_once() {
        for (int i = 0; i < 7; i++) {
            administrator.post("/api/v1/tokens", Map.of("label", "page " + i, "role", "observer"));
        }
        Set<String> seen = new HashSet<>();
        String path = "/api/v1/tokens?limit=3";
        for (String next = ""; next != null; ) {
            JsonNode page = administrator.get(path + next).json();
            page.get("items")
                    .forEach(token ->
                            assertThat(seen.add(token.get("id").asString())).isTrue());
            next = page.has("next_cursor")
                    ? "&cursor=" + page.get("next_cursor").asString()
                    : null;
            if (next == null) {
                assertThat(page.get("total_count").asInt()).isGreaterThanOrEqualTo(seen.size());
            }
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void revoking_a_token_that_does_not_exist_is_not_found() {
        assertThat(administrator.delete("/api/v1/tokens/" + UUID.randomUUID()).problem())
                .isEqualTo("token.not_found");
    }

    @Test
    void a_time_is_a_text_and_no_number() {
        for (Object time : List.of(12_345_678_901L, 4_102_444_800.5, "12345678901", "4102444800.5")) {
            Answer refused =
                    administrator.post("/api/v1/tokens", Map.of("label", "x", "role", "observer", "expires_at", time));
            assertThat(refused.status()).as(time + refused.text()).isBetween(400, 422);
            assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("expires_at");
        }
    }
}
