package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.catalog.Eventually;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two nodes on one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoleTests {
    private static final String ROLES = "/api/v1/roles";

    private TestServer node;
    private TestServer other;

    @BeforeAll
    void start(@TempDir Path one, @TempDir Path two) {
        TestDatabase database = TestDatabase.create();
        node = TestServer.start(database, one, settings -> settings);
        // It polls so rarely, and so believes for so long, that only a notification can end its belief in time.
        other = TestServer.start(
                database,
                two,
                TestServer.withFeed(any -> new Settings.Feed(Duration.ofHours(1), true, any.longestWait())));
    }

    @AfterAll
    void stop() {
        other.stop();
        node.close();
    }

    private static Answer create(TestClient client, String code, String... permissions) {
        Answer made = client.post(ROLES, Map.of("code", code, "permissions", List.of(permissions)));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made;
    }

    private static String issue(TestClient client, String label, String role) {
        Answer issued = client.post("/api/v1/tokens", Map.of("label", label, "role", role));
        assertThat(issued.status()).as(issued.text()).isEqualTo(201);
        return issued.json().get("text").asString();
    }

    @Test
    void whoever_has_a_role_of_the_tenants_own_may_do_what_it_says_and_is_told_its_name() {
        TestClient administrator = TestTenant.in(node).client();
        create(administrator, "release_engineer", "composition:read", "composition:freeze", "catalog:read");
        TestClient engineer = node.client(issue(administrator, "pipeline", "release_engineer"));

        JsonNode me = engineer.get("/api/v1/me").json();
        assertThat(me.get("role").asString()).isEqualTo("release_engineer");
        assertThat(me.get("permissions").toString())
                .isEqualTo("[\"catalog:read\",\"composition:read\",\"composition:freeze\"]");
        assertThat(engineer.get("/api/v1/compositions").status()).isEqualTo(200);
        Answer refused = engineer.post("/api/v1/compositions", Map.of("code", "shop"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("detail").asString())
                .isEqualTo("this needs composition:edit; the role release_engineer has catalog:read, composition:read,"
                        + " composition:freeze");
    }

    @Test
    void a_client_of_such_a_role_fetches_access_tokens_for_what_it_says() {
        TestClient administrator = TestTenant.in(node).client();
        create(administrator, "mirror", "catalog:read");
        Answer created = administrator.post("/api/v1/clients", Map.of("label", "mirror", "role", "mirror"));
        Answer token = node.anonymous()
                .post(
                        "/api/auth/token",
                        Map.of(
                                "grant_type", "client_credentials",
                                "client_id",
                                        created.json().at("/client/client_id").asString(),
                                "client_secret",
                                        created.json().get("client_secret").asString()));
        assertThat(token.json().get("scope").asString()).isEqualTo("catalog:read");
        TestClient bearer = node.client(token.json().get("access_token").asString());
        assertThat(bearer.get("/api/v1/capabilities").status()).isEqualTo(200);
        assertThat(bearer.get("/api/v1/compositions").status()).isEqualTo(403);

        administrator
                .with("If-Match", "*")
                .patch(ROLES + "/mirror", Map.of("permissions", List.of("composition:read")));

        assertThat(bearer.get("/api/v1/capabilities").status())
                .as("the token's scopes and the present role leave nothing")
                .isEqualTo(403);
    }

    @Test
    void a_change_of_a_role_holds_at_once_on_both_nodes() {
        TestClient administrator = TestTenant.in(node).client();
        Answer made = create(administrator, "reader", "catalog:read");
        String text = issue(administrator, "a reader", "reader");
        TestClient here = node.client(text);
        TestClient there = other.client(text);
        assertThat(here.get("/api/v1/compositions").status()).isEqualTo(403);
        assertThat(there.get("/api/v1/compositions").status()).isEqualTo(403);
        assertThat(there.get("/api/v1/capabilities").status()).isEqualTo(200);

        Answer changed = administrator
                .with("If-Match", made.header("ETag").orElseThrow())
                .patch(ROLES + "/reader", Map.of("permissions", List.of("composition:read")));

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(here.get("/api/v1/compositions").status()).isEqualTo(200);
        assertThat(here.get("/api/v1/capabilities").status()).isEqualTo(403);
        Eventually.holds(
                () -> assertThat(there.get("/api/v1/compositions").status()).isEqualTo(200));
        assertThat(there.get("/api/v1/capabilities").status()).isEqualTo(403);
        Answer stale = administrator
                .with("If-Match", made.header("ETag").orElseThrow())
                .patch(ROLES + "/reader", Map.of("description", "too late"));
        assertThat(stale.status()).isEqualTo(412);
    }

    @Test
    void nobody_makes_or_widens_a_role_beyond_what_they_may_do_themselves() {
        TestClient administrator = TestTenant.in(node).client();
        create(administrator, "role_keeper", "catalog:read", "role:administer", "token:administer");
        TestClient keeper = node.client(issue(administrator, "keeper", "role_keeper"));

        Answer beyond =
                keeper.post(ROLES, Map.of("code", "mine", "permissions", List.of("catalog:read", "capability:purge")));
        assertThat(beyond.status()).isEqualTo(403);
        assertThat(beyond.json().get("detail").asString())
                .contains("this needs capability:purge; the role role_keeper has");
        create(keeper, "mine", "catalog:read");
        assertThat(keeper.with("If-Match", "*")
                        .patch(ROLES + "/mine", Map.of("permissions", List.of("audit:read")))
                        .status())
                .isEqualTo(403);
        Answer platform =
                administrator.post(ROLES, Map.of("code", "god", "permissions", List.of("platform:administer")));
        assertThat(platform.problem()).isEqualTo("permission.unknown");
        Answer unknown = administrator.post(ROLES, Map.of("code", "dreamer", "permissions", List.of("catalog:dream")));
        assertThat(unknown.json().get("detail").asString())
                .startsWith("permissions[0]: catalog:dream (expected: one of catalog:read, ");
        assertThat(node.client(issue(administrator, "designer", "composition_designer"))
                        .post(ROLES, Map.of("code", "own", "permissions", List.of("catalog:read")))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_role_that_somebody_has_is_not_deleted_and_who_has_it_is_named() {
        TestClient administrator = TestTenant.in(node).client();
        create(administrator, "used", "catalog:read");
        Answer token = administrator.post("/api/v1/tokens", Map.of("label", "nightly", "role", "used"));
        administrator.post("/api/v1/clients", Map.of("label", "deployer", "role", "used"));

        Answer refused = administrator.delete(ROLES + "/used");
        assertThat(refused.problem()).isEqualTo("role.in_use");
        assertThat(refused.json().get("detail").asString())
                .contains("the token nightly", "the client deployer", "expected: a role that nobody has");

        administrator.delete(token.header("Location").orElseThrow());
        JsonNode clients = administrator.get("/api/v1/clients").json();
        administrator.delete("/api/v1/clients/" + clients.at("/items/0/id").asString());
        assertThat(administrator.delete(ROLES + "/used").status()).isEqualTo(204);
        assertThat(administrator.get(ROLES + "/used").status()).isEqualTo(404);
        Answer late = administrator.post("/api/v1/tokens", Map.of("label", "late", "role", "used"));
        assertThat(late.problem()).isEqualTo("role.unknown");
        assertThat(late.json().get("detail").asString())
                .isEqualTo("role: used (expected: one of tenant_administrator, registry_administrator,"
                        + " capability_developer, composition_designer, business_analyst, observer)");
    }

    @Test
    void a_role_is_either_deleted_or_given_to_somebody_at_the_same_time() {
        TestClient administrator = TestTenant.in(node).client();
        for (int i = 0; i < 10; i++) {
            String role = "raced" + i;
            create(administrator, role, "catalog:read");
            var deleted = CompletableFuture.supplyAsync(() -> administrator.delete(ROLES + "/" + role));
            Answer issued = administrator.post("/api/v1/tokens", Map.of("label", role, "role", role));
            assertThat(List.of(deleted.join().status(), issued.status()))
                    .as("one of them")
                    .isIn(List.of(204, 422), List.of(409, 201));
        }
    }

    @Test
    void the_list_has_the_roles_of_every_tenant_and_then_its_own_page_by_page() {
        TestClient administrator = TestTenant.in(node).client();
        IntStream.of(3, 1, 2).forEach(i -> create(administrator, "own" + i, "catalog:read"));

        JsonNode first = administrator.get(ROLES + "?limit=7").json();
        assertThat(first.get("total_count").asInt()).isEqualTo(9);
        assertThat(first.at("/items/0/code").asString()).isEqualTo("tenant_administrator");
        assertThat(first.at("/items/0/built_in").asBoolean()).isTrue();
        assertThat(first.at("/items/6/code").asString()).isEqualTo("own1");
        administrator.delete(ROLES + "/own1");
        JsonNode rest = administrator
                .get(ROLES + "?limit=7&cursor=" + first.get("next_cursor").asString())
                .json();
        assertThat(rest.get("items").valueStream().map(role -> role.get("code").asString()))
                .containsExactly("own2", "own3");
        assertThat(rest.has("next_cursor")).isFalse();
    }

    @Test
    void names_that_are_taken_and_roles_of_every_tenant_are_left_alone() {
        TestClient administrator = TestTenant.in(node).client();
        create(administrator, "taken", "catalog:read");
        for (String code : List.of("taken", "observer", "platform")) {
            assertThat(administrator
                            .post(ROLES, Map.of("code", code, "permissions", List.of("catalog:read")))
                            .problem())
                    .as(code)
                    .isEqualTo("role.exists");
        }
        assertThat(administrator
                        .with("If-Match", "*")
                        .patch(ROLES + "/observer", Map.of("permissions", List.of("audit:read")))
                        .problem())
                .isEqualTo("role.built_in");
        assertThat(administrator.delete(ROLES + "/observer").problem()).isEqualTo("role.built_in");
        assertThat(TestTenant.in(node).client().get(ROLES + "/taken").status())
                .as("another tenant's")
                .isEqualTo(404);
    }

    @Test
    void a_tenant_has_no_more_roles_than_it_may_and_its_log_tells_of_each() {
        TestClient administrator = TestTenant.in(node).client();
        for (int i = 0; i < 100; i++) {
            create(administrator, "role-" + i, "catalog:read");
        }
        Answer refused = administrator.post(ROLES, Map.of("code", "more", "permissions", List.of("catalog:read")));
        assertThat(refused.problem()).isEqualTo("role.too_many");
        assertThat(administrator
                        .get("/api/v1/audit?action=role.created&limit=1")
                        .json()
                        .get("total_count")
                        .asInt())
                .isEqualTo(100);
    }
}
