package dev.apg.server.identity;

import static dev.apg.server.testing.TestProvider.visit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.identity.Corporate.Way;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestProvider;
import dev.apg.server.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** People come in by an identity provider, which is a real one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignOnTests {
    private static final String ADA = "ada@example.com";

    @AutoClose
    private final TestServer server = TestServer.start();

    @AutoClose
    private final TestProvider provider = TestProvider.start();

    private Corporate corporate;

    @BeforeEach
    void gather() {
        corporate = Corporate.in(server, provider);
        comesAs("engineers", "all");
    }

    /** Ada belongs to these groups from now on. */
    private void comesAs(String... groups) {
        provider.isVisitedBy(
                "ada-7",
                Map.of("email", ADA, "email_verified", true, "name", "Ada Lovelace", "groups", List.of(groups)));
    }

    private static String problem(Answer answer) {
        return answer.status() + " " + answer.problem();
    }

    private static JsonNode me(TestClient browser) {
        Answer me = browser.get("/api/v1/me");
        assertThat(me.status()).as(me.text()).isEqualTo(200);
        return me.json();
    }

    private JsonNode account(String email) {
        return corporate
                .administrator()
                .get("/api/v1/accounts?email=" + email)
                .json()
                .at("/items/0");
    }

    @Test
    void somebody_new_gets_an_account_with_the_role_of_their_group() {
        corporate.withProvider();
        Answer begun = server.anonymous().get(corporate.door());
        assertThat(begun.header("Cache-Control")).hasValue("no-store");
        assertThat(begun.header("Set-Cookie").orElseThrow())
                .contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600");
        Way way = corporate.begin(server, corporate.door() + "?return_to=/api/docs");
        Answer end = corporate.comeBack(way, visit(way.provider()));
        assertThat(end.header("Location")).hasValue("http://localhost:8000/api/docs");
        TestClient ada = corporate.browser(end);

        JsonNode me = me(ada);
        assertThat(me.get("email").asString()).isEqualTo(ADA);
        assertThat(me.get("name").asString()).isEqualTo("Ada Lovelace");
        assertThat(me.get("role").asString()).isEqualTo("capability_developer");
        assertThat(ada.post("/api/v1/capabilities", Map.of("capability", "payments"))
                        .status())
                .as("she may do what her role may")
                .isEqualTo(201);
        JsonNode account = account(ADA);
        assertThat(account.get("state").asString()).isEqualTo("active");
        assertThat(account.has("email_verified_at")).isTrue();
        assertThat(corporate.audit()).contains("account.created", "login.succeeded", "\"identity_provider\"");
        assertThat(me(corporate.browser()).get("id"))
                .as("the next time it is the same account")
                .isEqualTo(me.get("id"));
        assertThat(problem(server.anonymous()
                        .post(
                                "/api/auth/login",
                                Map.of("tenant", corporate.tenant(), "email", ADA, "password", "null"))))
                .as("there is no password")
                .isEqualTo("401 login.refused");
    }

    @Test
    void any_node_takes_the_answer_and_every_login_is_a_session_of_its_own() {
        corporate.withProvider();
        TestServer other = TestServer.start(server.database(), server.dataDirectory(), settings -> settings);
        try {
            Way way = corporate.begin();
            TestClient first = corporate.browser(corporate.comeBack(other, way, visit(way.provider())));
            Way again = corporate.begin();
            Answer end = server.anonymous()
                    .with("Cookie", again.cookie() + "; " + first.header("Cookie"))
                    .get(Corporate.path(visit(again.provider())));
            TestClient second = corporate.browser(end);
            assertThat(second.header("Cookie"))
                    .as("what the browser had before is not what it has now")
                    .isNotEqualTo(first.header("Cookie"));
            assertThat(first.send("POST", "/api/auth/logout", BodyPublishers.noBody(), null)
                            .status())
                    .isEqualTo(204);
            assertThat(first.get("/api/v1/me").status()).isEqualTo(401);
            me(second);
        } finally {
            other.stop();
        }
    }

    @Test
    void what_the_token_does_not_say_the_userinfo_endpoint_does() {
        corporate.withProvider();
        provider.isVisitedBy("bob-1", Map.of("email", "bob@example.com"), Map.of("name", "Bob", "groups", "engineers"));
        assertThat(me(corporate.browser()).get("role").asString()).isEqualTo("capability_developer");
        provider.isVisitedBy("eve-1", Map.of("email", "eve@example.com"), Map.of("sub", "bob-1"));
        assertThat(problem(corporate.comeIn()))
                .as("which tells of somebody else")
                .isEqualTo("403 sign_on.token_invalid");
    }

    @Test
    void claims_go_by_the_names_that_the_tenant_says() {
        corporate.withProvider(Map.of("claims", Map.of("email", "upn", "groups", "https://example.com/teams")));
        provider.isVisitedBy(
                "bob-1",
                Map.of(
                        "upn",
                        "Bob@Example.com",
                        "name",
                        "\u202EBob",
                        "https://example.com/teams",
                        List.of("engineers")));
        JsonNode me = me(corporate.browser());
        assertThat(me.get("email").asString()).isEqualTo("bob@example.com");
        assertThat(me.get("name").asString())
                .as("a name that hides something is none")
                .isEqualTo("bob@example.com");
        assertThat(me.get("role").asString()).isEqualTo("capability_developer");
        assertThat(account("bob@example.com").has("email_verified_at"))
                .as("the provider has not said that this one is")
                .isFalse();
    }

    @Test
    void roles_follow_the_groups_at_each_login_and_without_one_the_person_is_out() {
        corporate.withProvider();
        TestClient engineer = corporate.browser();
        comesAs("all");
        TestClient observer = corporate.browser();
        assertThat(me(observer).get("role").asString()).isEqualTo("observer");
        assertThat(me(engineer).get("role").asString()).as("in every browser").isEqualTo("observer");
        assertThat(corporate.audit()).contains("account.changed");

        corporate.change(Map.of(
                "roles", Map.of("by_group", List.of(Map.of("group", "engineers", "role", "capability_developer")))));
        assertThat(me(observer).get("role").asString())
                .as("until the next login")
                .isEqualTo("observer");
        Answer refused = corporate.comeIn();
        assertThat(problem(refused)).isEqualTo("403 sign_on.no_role");
        assertThat(refused.header("Set-Cookie").orElse("")).doesNotContain("apg_session=apgu");
        for (TestClient browser : List.of(engineer, observer)) {
            assertThat(browser.get("/api/v1/me").status()).isEqualTo(401);
        }
        assertThat(corporate.audit()).contains("session.ended", "sign_on.no_role");
        comesAs("engineers");
        assertThat(me(corporate.browser()).get("role").asString()).isEqualTo("capability_developer");
    }

    @Test
    void without_groups_the_role_is_given_once_and_administrators_change_it() {
        corporate.withProvider(Map.of("roles", Map.of("otherwise", "observer")));
        corporate.browser();
        String path = "/api/v1/accounts/" + account(ADA).get("id").asString();
        corporate.administrator().with("If-Match", "*").patch(path, Map.of("role", "business_analyst"));
        assertThat(me(corporate.browser()).get("role").asString()).isEqualTo("business_analyst");
    }

    @Test
    void addresses_of_other_domains_are_refused_each_time() {
        corporate.withProvider();
        TestClient ada = corporate.browser();
        corporate.change(Map.of("accounts", Map.of("email_domains", List.of("corp.example"))));
        assertThat(problem(corporate.comeIn())).isEqualTo("403 sign_on.domain");
        assertThat(ada.get("/api/v1/me").status()).as("and they are out").isEqualTo(401);
        provider.isVisitedBy("bob-1", Map.of("email", "bob@corp.example", "email_verified", false));
        assertThat(problem(corporate.comeIn()))
                .as("nobody has shown that it is theirs")
                .isEqualTo("403 sign_on.domain");
        provider.isVisitedBy("bob-1", Map.of("email", "bob@sub.corp.example"));
        assertThat(problem(corporate.comeIn())).isEqualTo("403 sign_on.domain");
        provider.isVisitedBy("bob-1", Map.of("email", "bob@CORP.example"));
        me(corporate.browser());
        provider.isVisitedBy("eve-1", Map.of());
        assertThat(problem(corporate.comeIn())).isEqualTo("403 sign_on.domain");
        corporate.change(Map.of("accounts", Map.of()));
        assertThat(problem(corporate.comeIn())).isEqualTo("403 sign_on.no_address");
    }

    private void invite(String email, String role) {
        Answer invited = corporate
                .administrator()
                .post("/api/v1/accounts", Map.of("email", email, "name", "Ada of here", "role", role));
        assertThat(invited.status()).as(invited.text()).isEqualTo(201);
    }

    @Test
    void an_address_alone_lets_nobody_into_an_account() {
        corporate.withProvider();
        invite(ADA, "tenant_administrator");
        assertThat(problem(corporate.comeIn())).isEqualTo("403 sign_on.address_taken");

        corporate.change(Map.of("accounts", Map.of("link", true)));
        provider.isVisitedBy("ada-7", Map.of("email", ADA));
        assertThat(problem(corporate.comeIn())).as("not verified").isEqualTo("403 sign_on.address_taken");
        comesAs("engineers");
        JsonNode me = me(corporate.browser());
        assertThat(me.get("name").asString()).isEqualTo("Ada of here");
        assertThat(me.get("role").asString()).as("the provider says which role").isEqualTo("capability_developer");
        assertThat(corporate.audit()).contains("account.linked");
        provider.isVisitedBy("eve-1", Map.of("email", ADA, "email_verified", true));
        assertThat(problem(corporate.comeIn())).as("it is somebody's now").isEqualTo("403 sign_on.address_taken");
    }

    @Test
    void an_address_that_only_looks_like_somebody_s_is_another_one() {
        corporate.withProvider(Map.of("accounts", Map.of("link", true)));
        invite("kim@example.com", "tenant_administrator");
        // The Kelvin sign, of which the lower case is k.
        provider.isVisitedBy("eve-1", Map.of("email", "\u212Aim@example.com", "email_verified", true));
        assertThat(problem(corporate.comeIn())).isEqualTo("403 sign_on.no_address");
        corporate.change(Map.of("accounts", Map.of("email_domains", List.of("kite.example"))));
        provider.isVisitedBy("eve-1", Map.of("email", "eve@\u212Aite.example", "email_verified", true));
        assertThat(problem(corporate.comeIn())).isEqualTo("403 sign_on.domain");
    }

    @Test
    void whether_an_address_is_verified_says_only_who_says_the_address() {
        corporate.withProvider(Map.of("accounts", Map.of("link", true)));
        invite(ADA, "tenant_administrator");
        provider.isVisitedBy("eve-1", Map.of("email", ADA), Map.of("email", "eve@example.com", "email_verified", true));
        assertThat(problem(corporate.comeIn())).isEqualTo("403 sign_on.address_taken");
        provider.isVisitedBy("eve-1", Map.of("email_verified", true), Map.of("email", ADA));
        assertThat(problem(corporate.comeIn())).isEqualTo("403 sign_on.address_taken");
        provider.isVisitedBy("ada-7", Map.of(), Map.of("email", ADA, "email_verified", true));
        assertThat(corporate.comeIn().status()).as("both there").isEqualTo(303);
    }

    @Test
    void who_claims_an_address_at_one_provider_does_not_get_whom_another_one_knows_by_it() {
        corporate.withProvider();
        provider.isVisitedBy("eve-1", Map.of("email", ADA));
        corporate.browser();
        try (TestProvider second = TestProvider.start()) {
            assertThat(corporate
                            .add(
                                    "second",
                                    Map.of(
                                            "issuer", second.url(),
                                            "roles", Map.of("otherwise", "observer"),
                                            "accounts", Map.of("link", true)))
                            .status())
                    .isEqualTo(201);
            second.isVisitedBy("ada-7", Map.of("email", ADA, "email_verified", true));
            Way way = corporate.begin(server, "/api/auth/sso/" + corporate.tenant() + "/second");
            assertThat(problem(corporate.comeBack(way, visit(way.provider()))))
                    .as("Eve would be in Ada's account")
                    .isEqualTo("403 sign_on.address_taken");
        }
    }

    @Test
    void no_account_is_made_where_none_shall_be() {
        corporate.withProvider(Map.of("accounts", Map.of("create", false, "link", true)));
        assertThat(problem(corporate.comeIn())).isEqualTo("403 sign_on.no_account");
        invite(ADA, "observer");
        me(corporate.browser());
    }

    @Test
    void a_disabled_account_stays_out_and_so_does_one_that_is_removed_until_it_is_made_again() {
        corporate.withProvider();
        TestClient ada = corporate.browser();
        String path = "/api/v1/accounts/" + account(ADA).get("id").asString();
        corporate.administrator().with("If-Match", "*").patch(path, Map.of("disabled", true));
        assertThat(ada.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(problem(corporate.comeIn())).isEqualTo("403 sign_on.disabled");
        assertThat(corporate.administrator().delete(path).status()).isEqualTo(204);
        assertThat(me(corporate.browser()).get("id")).isNotNull();
    }

    @Test
    void a_provider_that_is_disabled_or_deleted_lets_nobody_in_and_ends_its_sessions() {
        corporate.withProvider();
        TestClient ada = corporate.browser();
        Way under = corporate.begin();
        corporate.change(Map.of("disabled", true));
        assertThat(ada.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(problem(server.anonymous().get(corporate.door()))).isEqualTo("404 sign_on.not_found");
        assertThat(problem(corporate.comeBack(under, visit(under.provider())))).isEqualTo("404 sign_on.not_found");
        corporate.change(Map.of("disabled", false));
        TestClient again = corporate.browser();
        corporate.administrator().delete(Corporate.PROVIDERS + "/corporate");
        assertThat(again.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(account(ADA).get("state").asString())
                .as("nothing opens it any more")
                .isEqualTo("invited");
    }
}
