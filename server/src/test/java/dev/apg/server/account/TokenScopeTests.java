package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.Role;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenScopeTests {
    private static final String TOKENS = "/api/v1/tokens";

    @AutoClose
    private final TestServer server = TestServer.start();

    private TestClient administrator;

    @BeforeAll
    void start() {
        administrator = TestTenant.in(server).client();
    }

    private TestClient bearer(String label, String role, List<String> scopes) {
        Answer issued = administrator.post(TOKENS, Map.of("label", label, "role", role, "scopes", scopes));
        assertThat(issued.status()).as(issued.text()).isEqualTo(201);
        return server.client(issued.json().get("text").asString());
    }

    @Test
    void a_bearer_may_do_what_both_role_and_scopes_allow_and_is_told_which_of_them_does_not() {
        TestClient nightly = bearer("nightly", "capability_developer", List.of("catalog:read", "capability:publish"));

        assertThat(nightly.get("/api/v1/me").json().get("permissions").toString())
                .isEqualTo("[\"catalog:read\",\"capability:publish\"]");
        assertThat(nightly.get("/api/v1/capabilities").status()).isEqualTo(200);
        assertThat(nightly.post(
                                "/api/v1/capabilities/scoped/versions",
                                "{\"format\": \"apg.version/1\", \"capability\": \"scoped\", \"version\": \"1.0.0\"}")
                        .status())
                .isEqualTo(201);

        Answer byScopes = nightly.get("/api/v1/compositions");
        assertThat(byScopes.status()).isEqualTo(403);
        assertThat(byScopes.json().get("detail").asString())
                .isEqualTo("this needs composition:read; the role capability_developer has it,"
                        + " but the scopes of nightly leave only catalog:read, capability:publish");
        Answer byRole = nightly.get(TOKENS);
        assertThat(byRole.json().get("detail").asString())
                .isEqualTo(
                        "this needs token:administer; the role capability_developer has catalog:read, capability:publish");
        JsonNode denial = administrator
                .get("/api/v1/audit?action=access.denied&actor=nightly&target=" + "GET%20%2Fapi%2Fv1%2Fcompositions")
                .json()
                .at("/items/0/after");
        assertThat(denial.get("needs").asString()).isEqualTo("composition:read");
        assertThat(denial.get("left_out_by_scopes").asBoolean()).isTrue();
    }

    @Test
    void a_scope_that_does_not_exist_or_that_the_role_lacks_is_refused_with_those_that_would_do() {
        Answer unknown = administrator.post(
                TOKENS, Map.of("label", "x", "role", "observer", "scopes", List.of("catalog:read", "catalog:write")));
        assertThat(unknown.problem()).isEqualTo("scope.unknown");
        assertThat(unknown.json().get("detail").asString())
                .startsWith("scopes[1]: catalog:write (expected: one of catalog:read, capability:publish, ");
        Answer beyond = administrator.post(
                TOKENS, Map.of("label", "x", "role", "observer", "scopes", List.of("capability:purge")));
        assertThat(beyond.problem()).isEqualTo("scope.beyond_role");
        assertThat(beyond.json().get("detail").asString())
                .isEqualTo("scopes[0]: capability:purge (expected: what the role observer may do: catalog:read,"
                        + " composition:read)");
        assertThat(administrator
                        .post(TOKENS, Map.of("label", "x", "role", "observer", "scopes", List.of()))
                        .problem())
                .isEqualTo("wrong_size");
    }

    @Test
    void nobody_issues_a_token_that_may_do_what_they_may_not() {
        TestClient issuer = bearer("issuer", "tenant_administrator", List.of("token:administer", "catalog:read"));

        Answer all = issuer.post(TOKENS, Map.of("label", "more", "role", "tenant_administrator"));
        assertThat(all.status()).as(all.text()).isEqualTo(403);
        assertThat(all.json().get("detail").asString()).contains("capability:publish", "scopes of issuer");
        assertThat(issuer.post(TOKENS, Map.of("label", "reader", "role", "observer"))
                        .status())
                .isEqualTo(403);
        Answer same =
                issuer.post(TOKENS, Map.of("label", "less", "role", "observer", "scopes", List.of("catalog:read")));
        assertThat(same.status()).as(same.text()).isEqualTo(201);
        assertThat(same.json().at("/token/scopes").toString()).isEqualTo("[\"catalog:read\"]");
    }

    @Test
    void a_scope_that_this_release_does_not_know_gives_nothing() {
        assertThat(Authority.stored(Role.OBSERVER, List.of("catalog:read", "catalog:dream"))
                        .bound())
                .containsExactly(Permission.CATALOG_READ);
        assertThat(Authority.stored(Role.OBSERVER, List.of("catalog:dream")).bound())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"apg", "APG", " a.p.g ", "Ａｐｇ", "first  start", "Platform", "anonymous"})
    void a_label_that_looks_like_the_systems_own_name_is_refused(String label) {
        Answer refused = administrator.post(TOKENS, Map.of("label", label, "role", "observer"));
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("name.reserved");
        assertThat(administrator
                        .post(TOKENS, Map.of("label", label + "-ci", "role", "observer"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void the_list_tells_when_a_token_was_last_used_and_a_minute_is_written_once() {
        TestClient used = bearer("used", "observer", List.of("catalog:read"));
        bearer("unused", "observer", List.of("catalog:read"));
        used.get("/api/v1/me");

        server.bean(LastUses.class).write();

        String first = listed("used").get("last_used_at").asString();
        assertThat(listed("unused").has("last_used_at")).isFalse();
        used.get("/api/v1/me");
        server.bean(LastUses.class).write();
        assertThat(listed("used").get("last_used_at").asString()).isEqualTo(first);
    }

    private JsonNode listed(String label) {
        return administrator
                .get(TOKENS + "?limit=100")
                .json()
                .get("items")
                .valueStream()
                .filter(token -> token.get("label").asString().equals(label))
                .findFirst()
                .orElseThrow();
    }
}
