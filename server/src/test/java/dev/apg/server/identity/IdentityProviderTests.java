package dev.apg.server.identity;

import static dev.apg.server.identity.Corporate.PROVIDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestProvider;
import dev.apg.server.testing.TestServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentityProviderTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    @AutoClose
    private final TestProvider provider = TestProvider.start();

    private Corporate corporate;

    @BeforeEach
    void gather() {
        corporate = Corporate.in(server, provider);
    }

    private static String problem(Answer answer) {
        return answer.status() + " " + answer.problem();
    }

    /** A client of somebody with a role of the tenant's own. */
    private TestClient with(String... permissions) {
        String code = "role-" + permissions.length;
        TestClient administrator = corporate.administrator();
        assertThat(administrator
                        .post("/api/v1/roles", Map.of("code", code, "permissions", List.of(permissions)))
                        .status())
                .isEqualTo(201);
        return server.client(administrator
                .post("/api/v1/tokens", Map.of("label", code, "role", code))
                .json()
                .get("text")
                .asString());
    }

    @Test
    void what_is_left_out_is_as_most_want_it_and_the_secret_is_never_shown() {
        Answer added = corporate.add("corporate", Map.of());
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        JsonNode provider = added.json();
        String door = "http://localhost:8000/api/auth/sso/" + corporate.tenant() + "/corporate";
        assertThat(provider.get("login_uri").asString()).isEqualTo(door);
        assertThat(provider.get("redirect_uri").asString()).isEqualTo(door + "/callback");
        assertThat(provider.get("display_name").asString()).isEqualTo("corporate");
        assertThat(provider.get("scopes").toString()).isEqualTo("[\"email\",\"profile\"]");
        assertThat(provider.get("claims").toString())
                .isEqualTo("{\"email\":\"email\",\"name\":\"name\",\"groups\":\"groups\"}");
        assertThat(provider.get("roles").toString()).isEqualTo("{\"by_group\":[]}");
        assertThat(provider.get("accounts").toString())
                .isEqualTo("{\"create\":true,\"link\":false,\"email_domains\":[]}");
        assertThat(provider.get("disabled").asBoolean()).isFalse();

        Answer shown = corporate.administrator().get(PROVIDERS + "/corporate");
        assertThat(shown.json()).isEqualTo(provider);
        assertThat(shown.header("ETag")).isEqualTo(added.header("ETag"));
        Answer list = corporate.administrator().get(PROVIDERS);
        assertThat(list.json().at("/items/0")).isEqualTo(provider);
        Answer events = corporate.administrator().get("/api/v1/events?limit=100");
        Answer export = corporate.administrator().get("/api/v1/audit/export");
        assertThat(export.text()).contains("identity_provider.created");
        for (Answer answer : List.of(added, shown, list, events, export)) {
            assertThat(answer.text()).doesNotContain(Corporate.SECRET);
        }
    }

    @Test
    void what_is_said_changes_and_nothing_else_and_only_of_the_present_edition() {
        corporate.withProvider(Map.of("accounts", Map.of("email_domains", List.of("example.com"))));
        TestClient administrator = corporate.administrator();
        String path = PROVIDERS + "/corporate";
        Answer before = administrator.get(path);
        Answer changed = administrator
                .with("If-Match", before.header("ETag").orElseThrow())
                .patch(path, Map.of("display_name", "Work", "second_factors", List.of("mfa")));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().get("display_name").asString()).isEqualTo("Work");
        assertThat(changed.json().get("second_factors").toString()).isEqualTo("[\"mfa\"]");
        assertThat(changed.json().get("roles")).isEqualTo(before.json().get("roles"));
        assertThat(changed.json().get("accounts")).isEqualTo(before.json().get("accounts"));
        assertThat(administrator
                        .with("If-Match", before.header("ETag").orElseThrow())
                        .patch(path, Map.of("display_name", "Other"))
                        .status())
                .isEqualTo(412);
        assertThat(administrator.patch(path, Map.of("display_name", "Other")).status())
                .isEqualTo(428);
        Answer moved = corporate.change(Map.of("issuer", "https://elsewhere.example.com"));
        assertThat(problem(moved)).as("it is another provider then").isEqualTo("400 field.unknown");
        corporate.change(Map.of("client_secret", "another-secret-00112233"));
        assertThat(corporate.audit())
                .contains("\"client_secret\":\"another one\"")
                .doesNotContain("00112233");
        assertThat(administrator.delete(path).status()).isEqualTo(204);
        assertThat(problem(administrator.get(path))).isEqualTo("404 identity_provider.not_found");
    }

    @Test
    void what_cannot_be_used_is_not_kept_and_the_answer_says_why() {
        Map<String, String> refused = new HashMap<>();
        refused.put(provider.url() + "/", "another issuer");
        refused.put("https://no-such-host.invalid", "no-such-host.invalid");
        refused.put("http://login.example.com", "http");
        refused.put("http://169.254.169.254", "169.254.169.254");
        refused.put("https://[fd00::1]", "fd00::1");
        refused.forEach((address, word) -> {
            Answer answer = corporate.add("corporate", Map.of("issuer", address));
            assertThat(problem(answer)).as(address).isEqualTo("422 identity_provider.unusable");
            assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("issuer");
            assertThat(answer.text()).as(address).contains(word);
        });
        assertThat(problem(corporate.add("corporate", Map.of("issuer", "ftp://login.example.com"))))
                .isEqualTo("422 wrong_form");
        assertThat(corporate
                        .administrator()
                        .get(PROVIDERS)
                        .json()
                        .get("total_count")
                        .asInt())
                .isZero();
    }

    @Test
    void a_code_is_of_one_provider_and_a_role_of_one_stays() {
        corporate
                .administrator()
                .post("/api/v1/roles", Map.of("code", "joiner", "permissions", List.of("catalog:read")));
        corporate.withProvider(Map.of("roles", Map.of("by_group", List.of(Map.of("group", "new", "role", "joiner")))));
        assertThat(problem(corporate.add("corporate", Map.of()))).isEqualTo("409 identity_provider.exists");
        Answer held = corporate.administrator().delete("/api/v1/roles/joiner");
        assertThat(problem(held)).isEqualTo("409 role.in_use");
        assertThat(held.text()).contains("identity provider corporate");
        Answer unknown = corporate.change(Map.of("roles", Map.of("otherwise", "no-such-role")));
        assertThat(problem(unknown)).isEqualTo("422 role.unknown");
        assertThat(unknown.json().at("/errors/0/field").asString()).isEqualTo("roles.otherwise");
    }

    @Test
    void nobody_gives_by_a_provider_what_they_do_not_have() {
        TestClient clerk = with("account:administer", "catalog:read");
        Map<String, Object> mine =
                Map.of("code", "mine", "issuer", provider.url(), "client_id", "apg", "client_secret", "s");
        assertThat(problem(corporate.administrator().get(PROVIDERS + "/mine")))
                .isEqualTo("404 identity_provider.not_found");
        for (Map<String, Object> more : List.<Map<String, Object>>of(
                Map.of("roles", Map.of("otherwise", "tenant_administrator")),
                Map.of("roles", Map.of("by_group", List.of(Map.of("group", "g", "role", "registry_administrator")))),
                Map.of("accounts", Map.of("link", true)))) {
            Map<String, Object> all = new HashMap<>(mine);
            all.putAll(more);
            assertThat(problem(clerk.post(PROVIDERS, all))).as(more.toString()).isEqualTo("403 permission.denied");
        }
        assertThat(clerk.post(PROVIDERS, mine).status()).isEqualTo(201);

        corporate.withProvider(Map.of("roles", Map.of("otherwise", "tenant_administrator")));
        assertThat(problem(clerk.with("If-Match", "*")
                        .patch(PROVIDERS + "/corporate", Map.of("roles", Map.of("otherwise", "role-2")))))
                .isEqualTo("403 permission.denied");
        assertThat(problem(clerk.delete(PROVIDERS + "/corporate"))).isEqualTo("403 permission.denied");
        TestClient reader = server.client(corporate
                .administrator()
                .post("/api/v1/tokens", Map.of("label", "reader", "role", "registry_administrator"))
                .json()
                .get("text")
                .asString());
        assertThat(problem(reader.get(PROVIDERS))).isEqualTo("403 permission.denied");
        assertThat(reader.get("/api/v1/events?limit=100").text())
                .contains("identity_provider.created")
                .doesNotContain("\"corporate\"");
        assertThat(clerk.get("/api/v1/events?limit=100").text()).contains("\"corporate\"");
    }

    @Test
    void only_who_may_do_all_says_by_what_a_second_factor_counts_as_shown() {
        TestClient clerk = with("account:administer", "catalog:read");
        String role = "role-2";
        Map<String, Object> mine = Map.of(
                "code",
                "mine",
                "issuer",
                provider.url(),
                "client_id",
                "apg",
                "client_secret",
                "s",
                "second_factors",
                List.of("pwd"));
        assertThat(problem(clerk.post(PROVIDERS, mine))).isEqualTo("403 permission.denied");

        corporate.withProvider(Map.of("roles", Map.of("otherwise", role), "second_factors", List.of("mfa", "hwk")));
        TestClient any = clerk.with("If-Match", "*");
        for (List<String> wanted : List.of(List.of("mfa", "hwk", "pwd"), List.of("pwd"))) {
            assertThat(problem(any.patch(PROVIDERS + "/corporate", Map.of("second_factors", wanted))))
                    .as(wanted.toString())
                    .isEqualTo("403 permission.denied");
        }
        assertThat(any.patch(PROVIDERS + "/corporate", Map.of("display_name", "Ours"))
                        .status())
                .isEqualTo(200);
        assertThat(any.patch(PROVIDERS + "/corporate", Map.of("second_factors", List.of("mfa")))
                        .status())
                .as("fewer weaken nothing")
                .isEqualTo(200);
        assertThat(corporate
                        .change(Map.of("second_factors", List.of("mfa", "pwd")))
                        .status())
                .isEqualTo(200);
    }
}
