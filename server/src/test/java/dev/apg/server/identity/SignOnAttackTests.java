package dev.apg.server.identity;

import static dev.apg.server.testing.TestProvider.visit;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.apg.server.identity.Corporate.Way;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestIssuer;
import dev.apg.server.testing.TestProvider;
import dev.apg.server.testing.TestServer;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever would like to come in as somebody else, by a provider, a browser or a page of theirs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignOnAttackTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    @AutoClose
    private final TestProvider provider = TestProvider.start();

    private Corporate corporate;

    @BeforeEach
    void gather() {
        corporate = Corporate.in(server, provider).withProvider();
        provider.isVisitedBy("ada-7", Map.of("email", "ada@example.com"));
        provider.twists(claims -> {});
        provider.signs(provider.issuer()::sign);
    }

    private static String problem(Answer answer) {
        return answer.status() + " " + answer.problem();
    }

    /** The same address with one parameter otherwise; null leaves it out. */
    private static URI with(URI address, String name, String value) {
        Map<String, String> parameters = new TreeMap<>(TestProvider.form(address.getRawQuery()));
        if (value == null) {
            parameters.remove(name);
        } else {
            parameters.put(name, value);
        }
        return URI.create(address.toString().split("\\?")[0] + "?" + TestProvider.query(parameters));
    }

    @Test
    void what_goes_to_the_provider_tells_nothing_that_completes_the_login() {
        Way way = corporate.begin();
        Map<String, String> asked = TestProvider.form(way.provider().getRawQuery());
        assertThat(asked)
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("scope", "openid email profile")
                .containsEntry("redirect_uri", "http://localhost:8000" + corporate.door() + "/callback")
                .doesNotContainKeys("client_secret", "code_verifier");
        assertThat(way.provider().toString()).doesNotContain(way.cookie().split("=")[1]);
        Map<String, String> other =
                TestProvider.form(corporate.begin().provider().getRawQuery());
        for (String fresh : List.of("state", "nonce", "code_challenge")) {
            assertThat(asked.get(fresh)).as(fresh).hasSizeGreaterThan(40).isNotEqualTo(other.get(fresh));
        }
    }

    @Test
    void an_answer_is_good_once_and_only_in_the_browser_in_which_the_login_began() {
        Way ada = corporate.begin();
        Way eve = corporate.begin();
        URI answer = visit(ada.provider());
        assertThat(problem(server.anonymous().get(Corporate.path(answer))))
                .as("without a browser's half")
                .isEqualTo("403 sign_on.elsewhere");
        assertThat(problem(corporate.comeBack(eve, answer)))
                .as("Eve has Ada's answer; or Ada was sent to Eve's, to be logged in as her")
                .isEqualTo("403 sign_on.elsewhere");
        String state = TestProvider.form(answer.getRawQuery()).get("state");
        for (String wrong : List.of(
                "",
                "x",
                state.substring(1),
                state + "A",
                TestProvider.form(eve.provider().getRawQuery()).get("state"))) {
            assertThat(problem(corporate.comeBack(ada, with(answer, "state", wrong))))
                    .as(wrong)
                    .isEqualTo("403 sign_on.elsewhere");
        }
        assertThat(problem(corporate.comeBack(ada, with(answer, "state", null))))
                .isEqualTo("403 sign_on.elsewhere");
        assertThat(corporate.comeBack(ada, answer).status())
                .as("none of that has used it up")
                .isEqualTo(303);
        assertThat(problem(corporate.comeBack(ada, answer))).as("again").isEqualTo("403 sign_on.elsewhere");
        assertThat(corporate.audit()).contains("login.failed", "sign_on.elsewhere");
    }

    @Test
    void a_code_is_good_with_the_login_for_which_it_was_made_and_once() {
        Way ada = corporate.begin();
        URI stolen = visit(ada.provider());
        String code = TestProvider.form(stolen.getRawQuery()).get("code");
        Way eve = corporate.begin();
        Answer injected = corporate.comeBack(eve, with(visit(eve.provider()), "code", code));
        assertThat(problem(injected)).as("PKCE").isEqualTo("403 sign_on.provider_refused");
        assertThat(injected.text()).contains("invalid_grant").doesNotContain("not yours", code);
        Way used = corporate.begin();
        URI answer = visit(used.provider());
        assertThat(corporate.comeBack(used, answer).status()).isEqualTo(303);
        Way later = corporate.begin();
        assertThat(problem(corporate.comeBack(
                        later,
                        with(
                                visit(later.provider()),
                                "code",
                                TestProvider.form(answer.getRawQuery()).get("code")))))
                .isEqualTo("403 sign_on.provider_refused");
        assertThat(problem(corporate.comeBack(corporate.begin(), with(answer, "code", null))))
                .isEqualTo("403 sign_on.elsewhere");
    }

    @Test
    void an_answer_of_another_provider_is_no_answer_of_this_one() {
        Way way = corporate.begin();
        URI answer = visit(way.provider());
        assertThat(problem(corporate.comeBack(way, with(answer, "iss", "https://attacker.example"))))
                .isEqualTo("403 sign_on.issuer");
        Way unnamed = corporate.begin();
        assertThat(problem(corporate.comeBack(unnamed, with(visit(unnamed.provider()), "iss", null))))
                .as("it says that it names itself")
                .isEqualTo("403 sign_on.issuer");

        Answer other = corporate.add("other", Map.of("roles", Map.of("otherwise", "tenant_administrator")));
        assertThat(other.status()).isEqualTo(201);
        Way here = corporate.begin();
        URI there = URI.create(visit(here.provider()).toString().replace("/corporate/callback", "/other/callback"));
        assertThat(problem(corporate.comeBack(here, there)))
                .as("each provider has an address of its own")
                .isEqualTo("403 sign_on.elsewhere");
    }

    @Test
    void a_tenant_knows_nothing_of_the_logins_of_another_one() {
        Corporate neighbour = Corporate.in(server, provider).withProvider();
        Way way = corporate.begin();
        URI there = URI.create(visit(way.provider()).toString().replace(corporate.tenant(), neighbour.tenant()));
        assertThat(problem(corporate.comeBack(way, there))).isEqualTo("403 sign_on.elsewhere");
        assertThat(corporate.comeIn().status()).isEqualTo(303);
        assertThat(neighbour.administrator().get("/api/v1/accounts").text()).doesNotContain("ada@example.com");
        String nobody = problem(server.anonymous().get("/api/auth/sso/no-such-tenant/corporate"));
        assertThat(nobody).isEqualTo("404 sign_on.not_found");
        assertThat(problem(server.anonymous().get("/api/auth/sso/" + corporate.tenant() + "/none")))
                .isEqualTo(nobody);
    }

    static List<Consumer<Map<String, Object>>> lies() {
        return List.of(
                claims -> claims.put("nonce", "another"),
                claims -> claims.remove("nonce"),
                claims -> claims.put("iss", "https://attacker.example"),
                claims -> claims.put("aud", "another-client"),
                claims -> claims.put("aud", List.of("apg", "another-client")),
                claims -> claims.put("azp", "another-client"),
                claims -> claims.put("exp", 1_000_000_000),
                claims -> claims.put("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
                claims -> claims.remove("sub"),
                claims -> claims.remove("exp"));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void a_token_that_was_not_made_for_this_login_lets_nobody_in(Consumer<Map<String, Object>> lie) {
        provider.twists(lie);
        Answer refused = corporate.comeIn();
        assertThat(problem(refused)).isEqualTo("403 sign_on.token_invalid");
        assertThat(refused.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.contains("apgu_"));
    }

    @Test
    void a_token_that_the_provider_did_not_sign_lets_nobody_in() {
        provider.signs(claims -> {
            try {
                return new PlainJWT(JWTClaimsSet.parse(claims)).serialize();
            } catch (ParseException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(problem(corporate.comeIn())).as("alg none").isEqualTo("403 sign_on.token_invalid");
        try (TestIssuer attacker = TestIssuer.start()) {
            provider.signs(attacker::sign);
            assertThat(problem(corporate.comeIn())).isEqualTo("403 sign_on.token_invalid");
        }
        provider.signs(claims -> "nonsense");
        assertThat(problem(corporate.comeIn())).isEqualTo("403 sign_on.token_invalid");
    }

    @Test
    void several_audiences_are_good_with_the_party_that_the_token_was_made_for() {
        provider.twists(claims -> {
            claims.put("aud", List.of("apg", "another-client"));
            claims.put("azp", "apg");
        });
        assertThat(corporate.comeIn().status()).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://attacker.example/",
                "//attacker.example/",
                "/\\attacker.example",
                "\\\\attacker.example",
                "/%0d%0aLocation:x\r\nSet-Cookie:a=b",
                "/%zz",
                "javascript:alert(1)",
                "/a#b",
                "attacker.example",
                "/ ",
                ""
            })
    void a_browser_goes_on_at_a_page_of_this_server_or_does_not_begin(String path) {
        Answer refused = server.anonymous().get(corporate.door() + "?" + TestProvider.query(Map.of("return_to", path)));
        assertThat(problem(refused)).isEqualTo("400 return_to.foreign");
        assertThat(refused.header("Location")).isEmpty();
    }

    @Test
    void the_provider_says_why_not_in_the_words_of_the_standard_or_not_at_all() {
        for (String error : List.of("access_denied", "<script>alert(1)</script>")) {
            Way way = corporate.begin();
            URI answer = with(with(visit(way.provider()), "code", null), "error", error);
            Answer refused = corporate.comeBack(way, with(answer, "error_description", "call +1 555 to unlock"));
            assertThat(problem(refused)).isEqualTo("403 sign_on.provider_refused");
            assertThat(refused.text()).doesNotContain("script", "555");
            assertThat(refused.text().contains("access_denied")).isEqualTo(error.equals("access_denied"));
        }
    }

    @Test
    void a_provider_that_is_wrong_about_the_secret_or_gone_is_told_from_one_that_refuses() {
        corporate.change(Map.of("client_secret", "yesterday's"));
        assertThat(corporate.comeIn().text()).contains("sign_on.provider_refused", "invalid_client");
        corporate.change(Map.of("client_secret", Corporate.SECRET));
        TestProvider passing = TestProvider.start();
        Answer added = corporate
                .administrator()
                .post(
                        Corporate.PROVIDERS,
                        Map.of("code", "passing", "issuer", passing.url(), "client_id", "apg", "client_secret", "s"));
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        Way way = corporate.begin(server, "/api/auth/sso/" + corporate.tenant() + "/passing");
        URI answer = visit(way.provider());
        passing.close();
        Answer away = corporate.comeBack(way, answer);
        assertThat(problem(away)).isEqualTo("503 sign_on.unavailable");
        assertThat(away.header("Retry-After")).isPresent();
    }

    @Test
    void an_answer_without_measure_is_given_up() {
        try (TestProvider broken = TestProvider.start()) {
            corporate
                    .administrator()
                    .post(
                            Corporate.PROVIDERS,
                            Map.of("code", "broken", "issuer", broken.url(), "client_id", "apg", "client_secret", "s"));
            for (String answer : List.of("[]", "null", "{", "", "{\"id_token\": \"" + "a".repeat(200_000) + "\"}")) {
                broken.issuer().answers("/token", exchange -> TestIssuer.send(exchange, 200, answer));
                Way way = corporate.begin(server, "/api/auth/sso/" + corporate.tenant() + "/broken");
                assertThat(problem(corporate.comeBack(way, visit(way.provider()))))
                        .as(answer.substring(0, Math.min(10, answer.length())))
                        .isEqualTo("503 sign_on.unavailable");
            }
            broken.issuer().answers("/token", exchange -> {
                exchange.getResponseHeaders().set("Location", provider.url() + "/token");
                exchange.sendResponseHeaders(307, -1);
            });
            Way way = corporate.begin(server, "/api/auth/sso/" + corporate.tenant() + "/broken");
            assertThat(problem(corporate.comeBack(way, visit(way.provider()))))
                    .as("the secret goes nowhere else")
                    .isEqualTo("503 sign_on.unavailable");
        }
    }

    @Test
    void nothing_secret_is_in_the_audit_log_or_in_what_is_answered() {
        Way way = corporate.begin();
        URI answer = visit(way.provider());
        Answer end = corporate.comeBack(way, answer);
        Map<String, String> came = TestProvider.form(answer.getRawQuery());
        String audit = corporate.administrator().get("/api/v1/audit/export").text()
                + corporate.administrator().get("/api/v1/events?limit=100").text();
        for (String secret :
                List.of(came.get("code"), came.get("state"), way.cookie().split("=")[1], Corporate.SECRET)) {
            assertThat(audit).doesNotContain(secret);
            assertThat(end.text()).doesNotContain(secret);
            assertThat(end.header("Location").orElseThrow()).doesNotContain(secret);
        }
        assertThat(end.header("Referrer-Policy")).hasValue("no-referrer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "\uD800ada", "ada\uDC00"})
    void a_subject_that_cannot_be_told_from_others_is_refused_before_anybody_is_looked_up(String subject) {
        provider.isVisitedBy("?ada", Map.of("email", "victim@example.com", "groups", List.of("engineers")));
        TestClient victim = corporate.browser();
        provider.isVisitedBy(subject, Map.of("email", "eve@example.com", "groups", List.of("all")));
        assertThat(problem(corporate.comeIn())).isEqualTo("403 sign_on.token_invalid");
        assertThat(victim.get("/api/v1/me").json().get("role").asString()).isEqualTo("capability_developer");
    }

    @Test
    void a_subject_may_be_as_long_as_the_standard_allows() {
        provider.isVisitedBy("s".repeat(256), Map.of("email", "ada@example.com"));
        assertThat(problem(corporate.comeIn())).isEqualTo("403 sign_on.token_invalid");
        provider.isVisitedBy("s".repeat(255), Map.of("email", "ada@example.com"));
        assertThat(corporate.comeIn().status()).isEqualTo(303);
    }

    @Test
    void a_stranger_does_not_learn_of_a_suspended_tenant() {
        Answer suspended = server.platform()
                .post("/api/v1/tenants/" + corporate.tenant() + "/suspend", Map.of("reason", "unpaid bill of Smith"));
        assertThat(suspended.status()).as(suspended.text()).isEqualTo(200);
        for (String door : List.of(
                corporate.door(), "/api/auth/sso/" + corporate.tenant() + "/nobody", "/api/auth/sso/nobody/nobody")) {
            Answer refused = server.anonymous().get(door);
            assertThat(problem(refused)).as(door).isEqualTo("404 sign_on.not_found");
            assertThat(refused.json().get("detail"))
                    .isEqualTo(
                            server.anonymous().get("/api/auth/sso/x/y").json().get("detail"));
        }
    }
}
