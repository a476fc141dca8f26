package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.catalog.Eventually;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestIssuer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationTests {
    private TestServer node;
    private TestServer other;

    @BeforeAll
    void start(@TempDir Path one, @TempDir Path two) {
        TestDatabase database = TestDatabase.create();
        var keys = TestServer.withKeys(List.of("0f3a9c6d1e8b47527f60c1d2e3a4b5968778695a4b3c2d1e"), tokens -> tokens);
        node = TestServer.start(database, one, keys);
        // It polls so rarely, and so believes for so long, that only a notification can end its belief in time.
        var feed = TestServer.withFeed(any -> new Settings.Feed(Duration.ofHours(1), true, any.longestWait()));
        other = TestServer.start(database, two, settings -> feed.apply(keys.apply(settings)));
    }

    @AfterAll
    void stop() {
        other.stop();
        node.close();
    }

    @Test
    void a_token_that_is_revoked_on_one_node_is_refused_by_the_other() {
        TestClient administrator = TestTenant.in(node).client();
        Answer issued = administrator.post("/api/v1/tokens", Map.of("label", "build", "role", "observer"));
        TestClient bearer = other.client(issued.json().get("text").asString());
        assertThat(bearer.get("/api/v1/me").status()).isEqualTo(200);

        administrator.delete(issued.header("Location").orElseThrow());

        Eventually.holds(() -> assertThat(bearer.get("/api/v1/me").status()).isEqualTo(401));
    }

    @Test
    void the_access_tokens_of_a_client_that_is_revoked_on_one_node_are_refused_by_the_other() {
        TestClient administrator = TestTenant.in(node).client();
        Answer created = administrator.post("/api/v1/clients", Map.of("label", "deployer", "role", "observer"));
        Answer token = node.anonymous()
                .post(
                        "/api/auth/token",
                        Map.of(
                                "grant_type", "client_credentials",
                                "client_id",
                                        created.json().at("/client/client_id").asString(),
                                "client_secret",
                                        created.json().get("client_secret").asString()));
        TestClient bearer = other.client(token.json().get("access_token").asString());
        assertThat(bearer.get("/api/v1/me").status())
                .as("a node knows the keys of the others")
                .isEqualTo(200);

        administrator.delete(created.header("Location").orElseThrow());

        Eventually.holds(() -> assertThat(bearer.get("/api/v1/me").status()).isEqualTo(401));
    }

    @Test
    void the_jobs_of_a_pipeline_that_is_revoked_on_one_node_are_refused_by_the_other() {
        try (TestIssuer issuer = TestIssuer.start()) {
            TestClient administrator = TestTenant.in(node).client();
            Answer created = administrator.post(
                    "/api/v1/pipelines",
                    Map.of(
                            "label", "release",
                            "issuer", issuer.issuer(),
                            "claims", Map.of("sub", "job"),
                            "capabilities", List.of("box")));
            String path = created.header("Location").orElseThrow();
            Answer token = node.anonymous()
                    .post(
                            "/api/auth/token",
                            Map.of(
                                    "grant_type",
                                    PipelineLogins.GRANT_TYPE,
                                    "client_id",
                                    created.json().get("client_id").asString(),
                                    "subject_token",
                                    issuer.sign(issuer.claims(
                                            created.json().get("audience").asString(), "job")),
                                    "subject_token_type",
                                    "urn:ietf:params:oauth:token-type:id_token"));
            TestClient job = other.client(token.json().get("access_token").asString());
            assertThat(job.get("/api/v1/me").status()).isEqualTo(200);
            assertThat(administrator.get(path).json().has("last_used_at")).isFalse();
            other.bean(LastUses.class).write();
            assertThat(administrator.get(path).json().has("last_used_at")).isTrue();

            administrator.delete(path);

            Eventually.holds(() -> assertThat(job.get("/api/v1/me").status()).isEqualTo(401));
        }
    }

    @Test
    void other_changes_leave_what_the_other_node_believes_alone() throws Exception {
        TestTenant tenant = TestTenant.in(node);
        TestClient bearer = tenant.client(other);
        assertThat(bearer.get("/api/v1/me").json().get("name").asString()).isEqualTo("test");
        try (var connection = node.database().superuser();
                var statement =
                        connection.prepareStatement("UPDATE access_token SET label = 'renamed' WHERE tenant_id = ?")) {
            statement.setObject(1, tenant.id());
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }

        Answer published = tenant.client()
                .post(
                        "/api/v1/capabilities/box/versions",
                        "{\"format\": \"apg.version/1\", \"capability\": \"box\", \"version\": \"1.0.0\"}");

        Answer seen = bearer.with("X-APG-Min-Seq", published.header("X-APG-Seq").orElseThrow())
                .get("/api/v1/capabilities/box");
        assertThat(seen.status()).isEqualTo(200);
        assertThat(bearer.get("/api/v1/me").json().get("name").asString()).isEqualTo("test");
    }
}
