package dev.apg.server.team;

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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two nodes on one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TeamTests {
    private static final String TEAMS = "/api/v1/teams";

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

    /** Somebody with a token, and how they are named as a member. */
    private record Somebody(String member, String text) {}

    private static Somebody somebody(TestClient administrator, String label, String role) {
        Answer issued = administrator.post("/api/v1/tokens", Map.of("label", label, "role", role));
        assertThat(issued.status()).as(issued.text()).isEqualTo(201);
        return new Somebody(
                "token:" + issued.json().at("/token/id").asString(),
                issued.json().get("text").asString());
    }

    private static void create(TestClient administrator, String code) {
        Answer made = administrator.post(TEAMS, Map.of("code", code));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    private static Answer add(TestClient client, String team, String member, boolean maintainer) {
        return client.put(TEAMS + "/" + team + "/members/" + member, Map.of("maintainer", maintainer));
    }

    @Test
    void whoever_is_added_to_a_team_or_taken_out_is_so_at_once_on_both_nodes() {
        TestClient administrator = TestTenant.in(node).client();
        create(administrator, "core");
        Somebody developer = somebody(administrator, "ana", "capability_developer");
        TestClient here = node.client(developer.text());
        TestClient there = other.client(developer.text());
        assertThat(here.get("/api/v1/me").json().get("teams")).isEmpty();
        assertThat(there.get("/api/v1/me").json().get("teams")).isEmpty();

        assertThat(add(administrator, "core", developer.member(), false).status())
                .isEqualTo(200);
        assertThat(here.get("/api/v1/me").json().get("teams").toString()).isEqualTo("[\"core\"]");
        Eventually.holds(
                () -> assertThat(there.get("/api/v1/me").json().get("teams").toString())
                        .isEqualTo("[\"core\"]"));

        assertThat(administrator
                        .delete(TEAMS + "/core/members/" + developer.member())
                        .status())
                .isEqualTo(204);
        assertThat(here.get("/api/v1/me").json().get("teams")).isEmpty();
        Eventually.holds(
                () -> assertThat(there.get("/api/v1/me").json().get("teams")).isEmpty());
    }

    @Test
    void a_client_belongs_to_a_team_as_a_token_does() {
        TestClient administrator = TestTenant.in(node).client();
        create(administrator, "machines");
        Answer created = administrator.post("/api/v1/clients", Map.of("label", "deployer", "role", "observer"));
        String id = created.json().at("/client/id").asString();
        Answer added = add(administrator, "machines", "client:" + id, false);
        assertThat(added.json().get("name").asString()).isEqualTo("deployer");
        assertThat(add(administrator, "machines", "token:" + id, false).problem())
                .as("there is a client of that id and no token")
                .isEqualTo("member.not_found");
    }

    @Test
    void a_maintainer_says_who_belongs_to_the_team_and_nobody_else_without_the_permission() {
        TestClient administrator = TestTenant.in(node).client();
        create(administrator, "core");
        create(administrator, "other");
        Somebody maintainer = somebody(administrator, "mia", "observer");
        Somebody member = somebody(administrator, "max", "observer");
        add(administrator, "core", maintainer.member(), true);
        TestClient mia = node.client(maintainer.text());
        TestClient max = node.client(member.text());

        assertThat(add(mia, "core", member.member(), false).status()).isEqualTo(200);
        assertThat(mia.get(TEAMS + "/core/members").json().get("total_count").asInt())
                .isEqualTo(2);
        Answer denied = add(mia, "other", member.member(), false);
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.json().get("detail").asString())
                .isEqualTo("this needs team:administer; the role observer has catalog:read, composition:read");
        assertThat(max.delete(TEAMS + "/core/members/" + maintainer.member()).status())
                .as("a member does not maintain it")
                .isEqualTo(403);
        assertThat(mia.delete(TEAMS + "/core").status()).isEqualTo(403);
        assertThat(mia.delete(TEAMS + "/core/members/me").status()).isEqualTo(204);
        assertThat(add(mia, "core", maintainer.member(), true).status()).isEqualTo(403);
    }

    @Test
    void what_a_maintainer_does_is_within_the_scopes_of_what_it_came_in_with() {
        TestClient administrator = TestTenant.in(node).client();
        create(administrator, "core");
        Somebody member = somebody(administrator, "max", "observer");
        for (List<String> scopes : List.of(List.of("catalog:read"), List.of("catalog:read", "team:administer"))) {
            boolean enough = scopes.contains("team:administer");
            Answer issued = administrator.post(
                    "/api/v1/tokens", Map.of("label", "mia " + enough, "role", "observer", "scopes", scopes));
            assertThat(issued.status()).as(issued.text()).isEqualTo(201);
            add(administrator, "core", "token:" + issued.json().at("/token/id").asString(), true);
            TestClient mia = node.client(issued.json().get("text").asString());
            Answer added = add(mia, "core", member.member(), false);
            assertThat(added.status()).as(added.text()).isEqualTo(enough ? 200 : 403);
            assertThat(mia.delete(TEAMS + "/core/members/" + member.member()).status())
                    .isEqualTo(enough ? 204 : 403);
            if (!enough) {
                assertThat(added.json().get("detail").asString())
                        .isEqualTo(
                                "this needs the scope team:administer; the scopes of mia false leave only catalog:read");
            }
        }
    }

    @Test
    void an_access_token_of_a_maintainer_needs_the_scope_too() {
        TestClient administrator = TestTenant.in(node).client();
        create(administrator, "core");
        Somebody member = somebody(administrator, "max", "observer");
        Answer created = administrator.post("/api/v1/clients", Map.of("label", "deployer", "role", "observer"));
        add(administrator, "core", "client:" + created.json().at("/client/id").asString(), true);
        for (String scope : List.of("catalog:read", "catalog:read team:administer")) {
            Answer fetched = node.anonymous()
                    .post(
                            "/api/auth/token",
                            Map.of(
                                    "grant_type",
                                    "client_credentials",
                                    "client_id",
                                    created.json().at("/client/client_id").asString(),
                                    "client_secret",
                                    created.json().get("client_secret").asString(),
                                    "scope",
                                    scope));
            assertThat(fetched.status()).as(fetched.text()).isEqualTo(200);
            TestClient client = node.client(fetched.json().get("access_token").asString());
            assertThat(add(client, "core", member.member(), false).status())
                    .as(scope)
                    .isEqualTo(scope.contains("team:administer") ? 200 : 403);
        }
    }

    @Test
    void whoever_was_revoked_is_shown_without_a_name_and_can_be_taken_out() {
        TestClient administrator = TestTenant.in(node).client();
        create(administrator, "core");
        Somebody gone = somebody(administrator, "gone soon", "observer");
        add(administrator, "core", gone.member(), false);
        administrator.delete("/api/v1/tokens/" + gone.member().substring("token:".length()));

        JsonNode listed = administrator.get(TEAMS + "/core/members").json().at("/items/0");
        assertThat(listed.get("member").asString()).isEqualTo(gone.member());
        assertThat(listed.has("name")).isFalse();
        assertThat(add(administrator, "core", gone.member(), true).problem()).isEqualTo("member.not_found");
        administrator.delete(TEAMS + "/core/members/" + gone.member());
        assertThat(administrator.get(TEAMS + "/core").json().get("members").asInt())
                .isZero();
    }

    @Test
    void a_deleted_team_has_no_members_any_more_and_its_log_tells_of_it() {
        TestClient administrator = TestTenant.in(node).client();
        create(administrator, "short");
        Somebody member = somebody(administrator, "sam", "observer");
        add(administrator, "short", member.member(), false);
        TestClient sam = node.client(member.text());
        assertThat(sam.get("/api/v1/me").json().get("teams").toString()).isEqualTo("[\"short\"]");

        assertThat(administrator.delete(TEAMS + "/short").status()).isEqualTo(204);

        assertThat(sam.get("/api/v1/me").json().get("teams")).isEmpty();
        assertThat(administrator.get(TEAMS + "/short").status()).isEqualTo(404);
        assertThat(administrator
                        .get("/api/v1/audit?target=short&limit=10")
                        .json()
                        .get("items")
                        .valueStream()
                        .map(entry -> entry.get("action").asString()))
                .containsExactlyInAnyOrder("team.created", "team.member_added", "team.deleted");
    }

    @Test
    void a_member_of_another_tenant_is_nobody_here() {
        TestClient administrator = TestTenant.in(node).client();
        create(administrator, "core");
        Somebody stranger = somebody(TestTenant.in(node).client(), "stranger", "observer");
        assertThat(add(administrator, "core", stranger.member(), false).problem())
                .isEqualTo("member.not_found");
    }

    @Test
    void a_change_of_a_name_wants_the_edition_that_it_saw() {
        TestClient administrator = TestTenant.in(node).client();
        create(administrator, "core");
        String seen = administrator.get(TEAMS + "/core").header("ETag").orElseThrow();
        Answer renamed =
                administrator.with("If-Match", seen).patch(TEAMS + "/core", Map.of("display_name", "The core"));
        assertThat(renamed.json().get("display_name").asString()).isEqualTo("The core");
        assertThat(administrator
                        .with("If-Match", seen)
                        .patch(TEAMS + "/core", Map.of("display_name", "Late"))
                        .status())
                .isEqualTo(412);
        assertThat(administrator.post(TEAMS, Map.of("code", "core")).problem()).isEqualTo("team.exists");
    }
}
