package dev.apg.server.account.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestIssuer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Jobs of a real issuer of identity tokens on this machine publish, and others try to. */
class PipelineTests {
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
    private static final String ADDRESS = "http://localhost:8000";
    private static final String SUBJECT = "repo:acme/cart:environment:release";

    private static TestServer server;
    private static TestIssuer issuer;

    private TestClient administrator;
    private TestTenant tenant;
    private Answer created;
    private String pipeline;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        issuer = TestIssuer.start();
    }

    @AfterAll
    static void stop() {
        issuer.close();
        server.close();
    }

    @BeforeEach
    void create() {
        tenant = TestTenant.in(server);
        administrator = tenant.client();
        created = create(Map.of());
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        pipeline = created.json().get("client_id").asString();
    }

    private Answer create(Map<String, Object> other) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "label",
                "cart-release",
                "issuer",
                issuer.issuer(),
                "claims",
                Map.of("repository", "acme/cart", "environment", "release", "ref", "refs/tags/v*"),
                "capabilities",
                List.of("cart", "cart-*")));
        body.putAll(other);
        return administrator.post("/api/v1/pipelines", body);
    }

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new TreeMap<>(issuer.claims(ADDRESS, SUBJECT));
        claims.putAll(Map.of(
                "repository", "acme/cart",
                "environment", "release",
                "ref", "refs/tags/v1.2.3",
                "run_id", 4_711,
                "sha", "a".repeat(500)));
        return claims;
    }

    private static Map<String, Object> claims(String name, Object value) {
        Map<String, Object> claims = claims();
        claims.put(name, value);
        return claims;
    }

    private static Map<String, Object> without(String name) {
        Map<String, Object> claims = claims();
        claims.remove(name);
        return claims;
    }

    private Answer exchange(String token) {
        return exchange(pipeline, token);
    }

    private static Answer exchange(String pipeline, String token) {
        return server.anonymous()
                .post(
                        "/api/auth/token",
                        Map.of(
                                "grant_type", EXCHANGE,
                                "client_id", pipeline,
                                "subject_token", token,
                                "subject_token_type", ID_TOKEN));
    }

    private TestClient job() {
        Answer answer = exchange(issuer.sign(claims()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return server.client(answer.json().get("access_token").asString());
    }

    private void assertRefused(String token, String why) {
        Answer answer = exchange(token);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("error").asString()).isEqualTo("invalid_grant");
        assertThat(answer.json().get("error_description").asString())
                .contains(why)
                .matches("[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]+")
                .doesNotContain("eyJ");
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    private static Answer publish(TestClient client, String capability, String version) {
        return client.post(
                "/api/v1/capabilities/%s/versions".formatted(capability.replace("/", "%2F")),
                Map.of("format", "apg.version/1", "capability", capability, "version", version));
    }

    private List<JsonNode> audited(String action) {
        return administrator
                .get("/api/v1/audit?limit=100&action=" + action)
                .json()
                .get("items")
                .valueStream()
                .toList();
    }

    @Test
    void a_job_publishes_with_its_identity_token_what_its_pipeline_names() {
        Answer answer = exchange(issuer.sign(claims()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.json().get("token_type").asString()).isEqualTo("Bearer");
        assertThat(answer.json().get("scope").asString()).isEqualTo("capability:publish");
        assertThat(answer.json().get("expires_in").asInt()).isEqualTo(900);
        assertThat(answer.json().get("issued_token_type").asString())
                .isEqualTo("urn:ietf:params:oauth:token-type:access_token");
        TestClient job = server.client(answer.json().get("access_token").asString());

        assertThat(publish(job, "cart", "1.0.0").status()).isEqualTo(201);
        assertThat(publish(job, "cart", "1.0.0").status()).isEqualTo(200);
        assertThat(publish(job, "cart-ui", "1.0.0").status()).isEqualTo(201);
        JsonNode me = job.get("/api/v1/me").json();
        assertThat(me.get("kind").asString()).isEqualTo("pipeline");
        assertThat(me.get("permissions").toString()).isEqualTo("[\"capability:publish\"]");

        JsonNode published = audited("version.published").getLast();
        assertThat(published.get("actor_kind").asString()).isEqualTo("pipeline");
        assertThat(published.get("actor").asString()).isEqualTo("cart-release");
        JsonNode login = audited("login.succeeded").getFirst();
        assertThat(login.get("actor_kind").asString()).isEqualTo("pipeline");
        JsonNode told = login.at("/after/job");
        assertThat(told.get("repository").asString()).isEqualTo("acme/cart");
        assertThat(told.get("run_id").asString()).isEqualTo("4711");
        assertThat(told.get("sub").asString()).isEqualTo(SUBJECT);
        assertThat(told.get("sha").asString()).hasSize(200);
        assertThat(login.toString()).doesNotContain("eyJ");
    }

    @Test
    void what_a_token_tells_has_to_be_text_and_is_kept_shortened() {
        for (String claim : List.of("sub", "actor")) {
            for (String value : List.of("x\u0000y", "\uD800x")) {
                assertRefused(issuer.sign(claims(claim, value)), claim);
            }
            String longest = "s".repeat(199) + "\uD83D\uDE00" + "s".repeat(8_000);
            Answer taken = exchange(issuer.sign(claims(claim, longest)));
            assertThat(taken.status()).as(taken.text()).isEqualTo(200);
            assertThat(audited("login.succeeded")
                            .getFirst()
                            .at("/after/job/" + claim)
                            .asString())
                    .isEqualTo("s".repeat(199));
        }
    }

    @Test
    void a_form_will_do_as_well() {
        String body = Map.of(
                        "grant_type",
                        EXCHANGE,
                        "client_id",
                        pipeline,
                        "subject_token",
                        issuer.sign(claims()),
                        "subject_token_type",
                        "urn:ietf:params:oauth:token-type:jwt",
                        "requested_token_type",
                        "urn:ietf:params:oauth:token-type:access_token",
                        "scope",
                        "capability:publish")
                .entrySet()
                .stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        Answer answer = server.anonymous()
                .send("POST", "/api/auth/token", BodyPublishers.ofString(body), "application/x-www-form-urlencoded");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void what_the_pipeline_does_not_name_is_not_published() {
        TestClient job = job();
        for (String other : List.of("payments", "carts", "acme/cart", "acme/cart-ui")) {
            Answer denied = publish(job, other, "1.0.0");
            assertThat(denied.status()).as(other).isEqualTo(403);
            assertThat(denied.json().get("detail").asString())
                    .contains(
                            "this needs capability:publish on " + other + "; cart-release has it on cart, cart-* only");
        }
        Answer batch = job.send("POST", "/api/v1/imports", BodyPublishers.ofString("""
                        {"format": "apg.version/1", "capability": "cart", "version": "2.0.0"}
                        {"format": "apg.version/1", "capability": "payments", "version": "2.0.0"}
                        """), "application/x-ndjson");
        assertThat(batch.text()).contains("capability:publish on payments");
        assertThat(job.post("/api/v1/capabilities", Map.of("capability", "payments"))
                        .status())
                .isEqualTo(403);
        assertThat(job.post("/api/v1/capabilities", Map.of("capability", "cart"))
                        .status())
                .isEqualTo(201);
        assertThat(job.post("/api/v1/services", Map.of("service", "greeting")).status())
                .isEqualTo(403);
        assertThat(administrator.get("/api/v1/capabilities/payments").status()).isEqualTo(404);
        assertThat(audited("access.denied").getFirst().get("actor_kind").asString())
                .isEqualTo("pipeline");
    }

    @Test
    void nothing_else_is_done_than_publishing() {
        assertThat(publish(administrator, "cart", "1.0.0").status()).isEqualTo(201);
        TestClient job = job().with("If-Match", "*");
        Map<String, Integer> answers = new TreeMap<>();
        for (String path : List.of(
                "capabilities",
                "compositions",
                "tokens",
                "clients",
                "pipelines",
                "roles",
                "accounts",
                "audit",
                "events",
                "graph?root=cart",
                "search?q=cart",
                "capabilities/cart/versions/1.0.0")) {
            answers.put("GET " + path, job.get("/api/v1/" + path).status());
        }
        answers.put(
                "yank",
                job.post("/api/v1/capabilities/cart/versions/1.0.0/yank", Map.of("reason", "x"))
                        .status());
        answers.put(
                "token",
                job.post("/api/v1/tokens", Map.of("label", "x", "role", "observer"))
                        .status());
        answers.put(
                "pipeline",
                job.post(
                                "/api/v1/pipelines",
                                Map.of(
                                        "label", "more",
                                        "issuer", issuer.issuer(),
                                        "claims", Map.of("sub", "x"),
                                        "capabilities", List.of("*")))
                        .status());
        answers.put(
                "grant",
                job.put(
                                "/api/v1/capabilities/cart/owner",
                                Map.of("owned_by", "me").toString())
                        .status());
        answers.put("own", job.delete(created.header("Location").orElseThrow()).status());
        assertThat(answers)
                .allSatisfy((what, status) -> assertThat(status).as(what).isIn(400, 403, 404));
        assertThat(answers.entrySet().stream().filter(each -> each.getValue() == 403))
                .hasSizeGreaterThan(12);
    }

    @Test
    void what_is_somebody_elses_needs_a_grant_as_well() {
        Answer guarded = administrator.post(
                "/api/v1/capabilities/cart/versions?owned_by=me",
                Map.of("format", "apg.version/1", "capability", "cart", "version", "1.0.0"));
        assertThat(guarded.status()).as(guarded.text()).isEqualTo(201);
        TestClient job = job();
        Answer denied = publish(job, "cart", "1.1.0");
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.json().get("detail").asString()).contains("no grant on cart");

        String id = created.json().get("id").asString();
        Answer given = administrator.put("/api/v1/capabilities/cart/grants/pipeline:" + id, "{\"level\": \"edit\"}");
        assertThat(given.status()).as(given.text()).isEqualTo(200);
        assertThat(publish(job, "cart", "1.1.0").status()).isEqualTo(201);
        assertThat(job.post(
                                "/api/v1/capabilities/cart-new/versions?owned_by=me",
                                Map.of("format", "apg.version/1", "capability", "cart-new", "version", "1.0.0"))
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({
        "repository, evil/cart, repository",
        "repository, acme/cart/../../evil, repository",
        "repository, ACME/cart, repository",
        "environment, staging, environment",
        "ref, refs/heads/main, ref",
        "ref, refs/tags/v1/x, ref",
        "ref, refs/tags/, ref"
    })
    void another_claim_is_another_job(String claim, String value, String named) {
        assertRefused(issuer.sign(claims(claim, value)), "says something else, or nothing, of " + named + " (");
        assertRefused(issuer.sign(without(claim)), "says something else, or nothing, of " + named + " (");
        assertRefused(issuer.sign(claims(claim, List.of(value))), "says something else");
    }

    @Test
    void a_token_that_is_not_the_issuers_for_us_and_now_is_not_taken() throws Exception {
        long now = Instant.now().getEpochSecond();
        assertRefused(issuer.sign(claims("iss", "https://other.example")), "another issuer's");
        assertRefused(issuer.sign(claims("aud", "https://other.example")), "for somebody else");
        assertRefused(issuer.sign(claims("exp", now - 120)), "expired");
        assertRefused(issuer.sign(claims("exp", now + 200_000)), "valid for too long");
        assertRefused(issuer.sign(claims("nbf", now + 500)), "not valid yet");
        assertRefused(new PlainJWT(JWTClaimsSet.parse(claims())).serialize(), "no signed JSON Web Token");
        assertRefused("x", "no signed JSON Web Token");
        RSAKey rsa = issuer.addRsa(2_048);
        assertRefused(
                TestIssuer.sign(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .keyID(rsa.getKeyID())
                                .build(),
                        claims(),
                        new MACSigner(rsa.toPublicKey().getEncoded())),
                "not signed with a key");
        TestIssuer other = TestIssuer.start();
        try (other) {
            ECKey theirs = other.key();
            assertRefused(
                    TestIssuer.sign(
                            new JWSHeader.Builder(JWSAlgorithm.ES256)
                                    .keyID(theirs.getKeyID())
                                    .build(),
                            claims(),
                            new ECDSASigner(theirs)),
                    "not signed with a key");
            assertRefused(
                    TestIssuer.sign(
                            new JWSHeader.Builder(JWSAlgorithm.ES256)
                                    .keyID(issuer.key().getKeyID())
                                    .build(),
                            claims(),
                            new ECDSASigner(theirs)),
                    "The signature of the token");
        }
        assertThat(audited("login.failed")).as("once a minute").hasSize(1);
    }

    @Test
    void a_token_is_exchanged_once() {
        String token = issuer.sign(claims());
        assertThat(exchange(token).status()).isEqualTo(200);
        assertRefused(token, "exchanged before");
        Map<String, Object> again = claims();
        again.put("run_id", 4_712);
        String first = issuer.sign(again);
        String second = issuer.sign(again);
        assertThat(second).isNotEqualTo(first);
        assertThat(exchange(first).status()).isEqualTo(200);
        assertRefused(second, "exchanged before");
        String unnamed = issuer.sign(without("jti"));
        assertThat(exchange(unnamed).status()).isEqualTo(200);
        assertRefused(unnamed, "exchanged before");
    }

    @Test
    void of_many_who_exchange_one_token_at_once_one_gets_something() {
        String token = issuer.sign(claims());
        Map<Integer, Long> answers = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> exchange(token).status())
                .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
        assertThat(answers).isEqualTo(Map.of(200, 1L, 400, 7L));
    }

    @Test
    void a_pipeline_that_is_revoked_publishes_no_more() {
        TestClient job = job();
        assertThat(publish(job, "cart", "1.0.0").status()).isEqualTo(201);
        String path = created.header("Location").orElseThrow();
        assertThat(administrator.delete(path).status()).isEqualTo(204);
        assertThat(administrator.delete(path).status()).isEqualTo(204);
        assertThat(publish(job, "cart", "1.1.0").status()).isEqualTo(401);
        Answer refused = exchange(issuer.sign(claims()));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().get("error").asString()).isEqualTo("invalid_client");
        assertThat(audited("pipeline.revoked")).hasSize(1);
        assertThat(administrator.get(path).json().has("revoked_at")).isTrue();
    }

    @Test
    void the_pipeline_of_another_tenant_opens_nothing_here() {
        TestClient theirs = TestTenant.in(server).client();
        Answer evil = theirs.post(
                "/api/v1/pipelines",
                Map.of(
                        "label", "evil",
                        "issuer", issuer.issuer(),
                        "claims", Map.of("repository", "evil/cart"),
                        "capabilities", List.of("*")));
        Map<String, Object> claims = claims("repository", "evil/cart");
        assertRefused(issuer.sign(claims), "repository");
        Answer own = exchange(evil.json().get("client_id").asString(), issuer.sign(claims));
        assertThat(own.status()).as(own.text()).isEqualTo(200);
        TestClient job = server.client(own.json().get("access_token").asString());
        assertThat(publish(job, "cart", "6.6.6").status()).isEqualTo(201);
        assertThat(administrator.get("/api/v1/capabilities/cart").status()).isEqualTo(404);
        String path = evil.header("Location").orElseThrow();
        assertThat(administrator.get(path).status()).isEqualTo(404);
        assertThat(administrator.delete(path).status()).isEqualTo(404);
        assertThat(theirs.get(path).status()).isEqualTo(200);
    }

    @Test
    void whoever_names_no_pipeline_gets_one_answer() {
        String token = issuer.sign(claims());
        String none = new PipelineId(tenant.id(), UUID.randomUUID()).text();
        String nowhere = new PipelineId(UUID.randomUUID(), UUID.randomUUID()).text();
        String text = exchange("apgj_x", token).text();
        assertThat(exchange(none, token).text()).isEqualTo(text);
        assertThat(exchange(nowhere, token).text()).isEqualTo(text);
        assertThat(text).contains("invalid_client");
    }

    @Test
    void what_the_exchange_lacks_is_told() {
        Map<String, String> whole = Map.of(
                "grant_type", EXCHANGE,
                "client_id", pipeline,
                "subject_token", issuer.sign(claims()),
                "subject_token_type", ID_TOKEN);
        for (String name : List.of("client_id", "subject_token", "subject_token_type")) {
            Map<String, String> less = new HashMap<>(whole);
            less.remove(name);
            Answer answer = server.anonymous().post("/api/auth/token", less);
            assertThat(answer.json().get("error").asString()).as(name).isEqualTo("invalid_request");
            assertThat(answer.json().get("error_description").asString()).contains(name + " is missing");
        }
        for (Map.Entry<String, String> wrong : Map.of(
                        "subject_token_type", "urn:ietf:params:oauth:token-type:saml2",
                        "requested_token_type", "urn:ietf:params:oauth:token-type:refresh_token",
                        "scope", "capability:publish capability:purge")
                .entrySet()) {
            Map<String, String> other = new HashMap<>(whole);
            other.put(wrong.getKey(), wrong.getValue());
            Answer answer = server.anonymous().post("/api/auth/token", other);
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().get("error").asString()).isIn("invalid_request", "invalid_scope");
        }
        assertThat(server.anonymous()
                        .with("Authorization", "Basic YTpi")
                        .post("/api/auth/token", whole)
                        .json()
                        .get("error")
                        .asString())
                .isEqualTo("invalid_request");
        assertThat(server.anonymous().post("/api/auth/token", whole).status())
                .as("what was refused used nothing up")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://10.0.0.1 | sub | x | pipeline.issuer",
                "https://user@id.example | sub | x | pipeline.issuer",
                "ftp://id.example | sub | x | pipeline.issuer",
                "https://id.example?a=b | sub | x | pipeline.issuer",
                "https://ci.example | aud | x | pipeline.claims",
                "https://ci.example | jti | x | pipeline.claims",
                "https://ci.example | sub | * | pipeline.claims",
                "https://ci.example | sub | repo:* | pipeline.claims",
                "https://token.actions.githubusercontent.com | environment | release | pipeline.claims",
                "https://token.actions.githubusercontent.com | job_workflow_ref | acme/a/.github/workflows/b.yml@refs/heads/main | pipeline.claims",
                "https://token.actions.githubusercontent.com | repository | acme/* | pipeline.claims",
                "https://gitlab.com | ref_protected | true | pipeline.claims",
                "https://gitlab.com | ci_config_ref_uri | x | pipeline.claims"
            })
    void a_pipeline_that_others_could_be_is_none(String issuer, String claim, String value, String code) {
        Answer refused = create(Map.of("issuer", issuer, "claims", Map.of(claim, value)));
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo(code);
        assertThat(refused.json().at("/errors/0/expected").asString()).isNotBlank();
    }

    @Test
    void pipelines_are_made_listed_and_shown_by_whoever_administers_tokens() {
        assertThat(created.json().get("audience").asString()).isEqualTo(ADDRESS);
        assertThat(created.json().get("client_id").asString()).startsWith("apgj_");
        Answer second = create(Map.of(
                "label",
                "other",
                "audience",
                "apg",
                "issuer",
                "https://gitlab.com",
                "claims",
                Map.of("project_path", "acme/cart")));
        assertThat(second.status()).as(second.text()).isEqualTo(201);
        JsonNode page = administrator.get("/api/v1/pipelines?limit=1").json();
        assertThat(page.get("total_count").asInt()).isEqualTo(2);
        assertThat(page.at("/items/0/label").asString()).isEqualTo("other");
        JsonNode next = administrator
                .get("/api/v1/pipelines?limit=1&cursor="
                        + page.get("next_cursor").asString())
                .json();
        assertThat(next.at("/items/0")).isEqualTo(created.json());
        assertThat(administrator.get(created.header("Location").orElseThrow()).json())
                .isEqualTo(created.json());
        assertThat(audited("pipeline.created")).hasSize(2);

        String developer = administrator
                .post("/api/v1/tokens", Map.of("label", "dev", "role", "capability_developer"))
                .json()
                .get("text")
                .asString();
        assertThat(server.client(developer).get("/api/v1/pipelines").status()).isEqualTo(403);
        assertThat(server.client(developer)
                        .post(
                                "/api/v1/pipelines",
                                Map.of(
                                        "label", "mine",
                                        "issuer", issuer.issuer(),
                                        "claims", Map.of("sub", "x"),
                                        "capabilities", List.of("cart")))
                        .status())
                .isEqualTo(403);
        String keeper = administrator
                .post(
                        "/api/v1/tokens",
                        Map.of(
                                "label", "keeper",
                                "role", "tenant_administrator",
                                "scopes", List.of("token:administer")))
                .json()
                .get("text")
                .asString();
        Answer more = server.client(keeper)
                .post(
                        "/api/v1/pipelines",
                        Map.of(
                                "label", "mine",
                                "issuer", issuer.issuer(),
                                "claims", Map.of("sub", "x"),
                                "capabilities", List.of("cart")));
        assertThat(more.status()).as("nobody gives away what they do not have").isEqualTo(403);
        assertThat(create(Map.of("label", "APG")).problem()).isEqualTo("name.reserved");
    }

    @Test
    void an_issuer_that_is_away_is_told_as_that() {
        TestIssuer away = TestIssuer.start();
        String token = away.sign(away.claims(ADDRESS, "x"));
        String theirs = create(Map.of("issuer", away.issuer(), "claims", Map.of("sub", "x")))
                .json()
                .get("client_id")
                .asString();
        away.close();
        Answer answer = exchange(theirs, token);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("issuer.away");
        assertThat(answer.header("Retry-After")).isPresent();
    }

    @Test
    void a_suspended_tenant_has_no_jobs() {
        TestIssuer other = TestIssuer.start();
        try (other) {
            TestClient platform = server.platform();
            String code = "suspended-" + tenant.id();
            assertThat(platform.post("/api/v1/tenants", Map.of("code", code)).status())
                    .isEqualTo(201);
            String token = platform.post(
                            "/api/v1/tenants/" + code + "/tokens",
                            Map.of("label", "first", "role", "tenant_administrator"))
                    .json()
                    .get("text")
                    .asString();
            Answer made = server.client(token)
                    .post(
                            "/api/v1/pipelines",
                            Map.of(
                                    "label", "theirs",
                                    "issuer", issuer.issuer(),
                                    "claims", Map.of("repository", "acme/cart"),
                                    "capabilities", List.of("cart")));
            assertThat(platform.post("/api/v1/tenants/" + code + "/suspend", Map.of("reason", "unpaid"))
                            .status())
                    .isEqualTo(200);
            Answer answer = exchange(made.json().get("client_id").asString(), issuer.sign(claims()));
            assertThat(answer.json().get("error").asString()).isEqualTo("unauthorized_client");
        }
    }
}
