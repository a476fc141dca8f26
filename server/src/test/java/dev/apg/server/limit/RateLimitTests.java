package dev.apg.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.account.Accounts;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.Role;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RateLimitTests {
    /** One request a minute comes in again, so that a test of seconds never gets it. */
    static final Settings.RateLimit RATE = new Settings.RateLimit(1, 20);

    private static final String SMALL =
            "{\"document\": {\"format\": \"apg.composition/1\", \"composition\": \"empty\"}}";

    @AutoClose
    private final TestServer server = start();

    static TestServer start() {
        try {
            return TestServer.start(
                    TestDatabase.create(), Files.createTempDirectory("apg-test-"), TestServer.withRateLimit(RATE));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(429);
        assertThat(answer.problem()).isEqualTo("rate_limit.exceeded");
        assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isBetween(1, 60);
    }

    private static void readTimes(TestClient client, int times) {
        for (int i = 0; i < times; i++) {
            Answer answer = client.get("/api/v1/me");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        }
    }

    @Test
    void a_client_that_reads_too_often_is_refused_and_told_when_to_come_back() {
        TestClient client = TestTenant.in(server).client();
        Answer first = client.get("/api/v1/me");
        assertThat(first.header("RateLimit-Policy")).contains("\"client-read\";q=1;w=60, \"tenant-read\";q=10;w=60");
        assertThat(first.header("RateLimit").orElseThrow())
                .matches("\"client-read\";r=19;t=\\d+, \"tenant-read\";r=199;t=\\d+");
        readTimes(client, 19);

        Answer refused = client.get("/api/v1/me");

        assertRefused(refused);
        assertThat(refused.header("RateLimit").orElseThrow()).matches("\"client-read\";r=0;t=\\d+");
        assertThat(refused.json().get("detail").asString())
                .startsWith(
                        "This client has sent too many requests that read (expected: at most 1 a minute, and 20 at once; the next in ");
    }

    private void rate(TestTenant tenant, String rates) {
        String code = "tenant-" + tenant.id();
        Answer set = server.platform().with("If-Match", "*").put("/api/v1/tenants/%s/rates".formatted(code), rates);
        assertThat(set.status()).as(set.text()).isEqualTo(200);
    }

    @Test
    void a_tenant_may_have_rates_of_its_own_which_hold_at_once_on_every_node() throws IOException {
        var tenant = TestTenant.in(server);
        TestClient neighbour = TestTenant.in(server).client();
        TestServer other = TestServer.start(
                server.database(), Files.createTempDirectory("apg-test-"), TestServer.withRateLimit(RATE));
        try {
            TestClient there = tenant.client(other);
            assertThat(there.get("/api/v1/me").header("RateLimit-Policy").orElseThrow())
                    .startsWith("\"client-read\";q=1;");
            rate(tenant, "{\"requests_per_minute\": 2, \"burst\": 4}");

            Answer first = tenant.client().get("/api/v1/tenant");
            assertThat(first.header("RateLimit-Policy").orElseThrow())
                    .isEqualTo("\"client-read\";q=2;w=60, \"tenant-read\";q=20;w=60");
            assertThat(first.json().at("/rates/burst").asInt()).isEqualTo(4);
            readTimes(tenant.client(), 3);
            assertThat(tenant.client().get("/api/v1/me").status()).isEqualTo(429);
            assertThat(neighbour.get("/api/v1/me").header("RateLimit-Policy").orElseThrow())
                    .startsWith("\"client-read\";q=1;");
            String policy;
            do {
                policy = there.get("/api/v1/me").header("RateLimit-Policy").orElseThrow();
            } while (policy.startsWith("\"client-read\";q=1;"));
            assertThat(policy).startsWith("\"client-read\";q=2;");

            rate(tenant, "{\"burst\": 2}");
            assertThat(tenant.client()
                            .get("/api/v1/me")
                            .header("RateLimit-Policy")
                            .orElseThrow())
                    .startsWith("\"client-read\";q=1;");
        } finally {
            other.stop();
        }
    }

    @Test
    void only_the_platform_says_how_often_a_tenant_may_ask() {
        var tenant = TestTenant.in(server);
        String path = "/api/v1/tenants/tenant-%s/rates".formatted(tenant.id());
        assertThat(tenant.client().with("If-Match", "*").put(path, "{}").status())
                .isEqualTo(403);
        TestClient platform = server.platform().with("If-Match", "*");
        Answer tooMany = platform.put(path, "{\"requests_per_minute\": 1000001}");
        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(tooMany.json().at("/errors/0/field").asString()).isEqualTo("requests_per_minute");
        assertThat(server.platform()
                        .with("If-Match", "\"99\"")
                        .put(path, "{\"burst\": 5}")
                        .status())
                .isEqualTo(412);
        assertThat(platform.put("/api/v1/tenants/nobody/rates", "{}").status()).isEqualTo(404);
    }

    @Test
    void each_class_is_counted_on_its_own() {
        TestClient client = TestTenant.in(server).client();
        for (int i = 0; i < 5; i++) {
            assertThat(client.post("/api/v1/resolve", SMALL).status()).isEqualTo(200);
        }
        assertRefused(client.post("/api/v1/resolve", SMALL));
        assertRefused(client.post("/api/v1/%72esolve", SMALL));

        assertRefused(client.get("/api/v1/compositions/none/diff?from=1&to=draft"));
        assertThat(client.get("/api/v1/compositions/none/diff?from=1&to=2").status())
                .isEqualTo(404);

        for (int i = 0; i < 10; i++) {
            assertThat(client.get("/api/v1/search?q=cart").status()).isEqualTo(200);
        }
        assertRefused(client.get("/api/v1/search?q=cart"));

        for (int i = 0; i < 10; i++) {
            assertThat(client.post("/api/v1/compositions", "{\"code\": \"shop-%d\"}".formatted(i))
                            .status())
                    .isEqualTo(201);
        }
        assertRefused(client.post("/api/v1/compositions", "{\"code\": \"shop\"}"));
        readTimes(client, 19);
    }

    @Test
    void what_was_refused_is_not_carried_out_and_its_idempotency_key_is_free() {
        TestTenant tenant = TestTenant.in(server);
        TestClient client = tenant.client().with("Idempotency-Key", "once");
        for (int i = 0; i < 10; i++) {
            tenant.client().post("/api/v1/compositions", "{\"code\": \"shop-%d\"}".formatted(i));
        }
        assertRefused(client.post("/api/v1/compositions", "{\"code\": \"shop\"}"));

        TestClient other = anotherOf(tenant).with("Idempotency-Key", "once");
        assertThat(other.get("/api/v1/compositions/shop").status()).isEqualTo(404);
        assertThat(other.post("/api/v1/compositions", "{\"code\": \"shop\"}").status())
                .isEqualTo(201);
    }

    private TestClient anotherOf(TestTenant tenant) {
        return server.client(server.bean(Accounts.class)
                .issueToken(tenant.context(), "another", Role.TENANT_ADMINISTRATOR, Optional.empty())
                .value()
                .text());
    }

    @Test
    void a_client_does_not_use_up_what_others_have() {
        TestTenant tenant = TestTenant.in(server);
        readTimes(tenant.client(), 20);
        for (int i = 0; i < 300; i++) {
            assertRefused(tenant.client().get("/api/v1/me"));
        }
        readTimes(anotherOf(tenant), 20);
        readTimes(TestTenant.in(server).client(), 20);
    }

    @Test
    void a_tenant_s_clients_have_a_rate_together() {
        TestTenant tenant = TestTenant.in(server);
        for (int i = 0; i < 10; i++) {
            readTimes(anotherOf(tenant), 20);
        }
        Answer refused = anotherOf(tenant).get("/api/v1/me");
        assertRefused(refused);
        assertThat(refused.json().get("detail").asString()).startsWith("The tenant's clients have sent too many");
        readTimes(TestTenant.in(server).client(), 1);
    }

    @Test
    void probes_are_never_refused_and_refusals_are_counted() {
        TestClient client = TestTenant.in(server).client();
        readTimes(client, 20);
        assertRefused(client.get("/api/v1/me"));
        for (int i = 0; i < 30; i++) {
            assertThat(server.anonymous().get("/livez").status()).isEqualTo(200);
            assertThat(server.anonymous().get("/api/health").status()).isEqualTo(200);
        }
        assertThat(server.bean(io.micrometer.core.instrument.MeterRegistry.class)
                        .get("apg.rate_limit.refused")
                        .tags("limit", "client", "class", "read")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void whoever_runs_the_installation_is_not_kept_out_by_strangers_at_the_same_address() {
        for (int i = 0; i < 30; i++) {
            server.client("guess-" + i).post("/api/v1/tenants", Map.of());
            server.client("guess-" + i).get("/api/v1/tenants");
        }
        assertRefused(server.client("guess").get("/api/v1/tenants"));

        Answer made = server.platform().post("/api/v1/tenants", Map.of("code", "made-under-fire"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.header("RateLimit").orElseThrow()).startsWith("\"platform-write\";r=");
        assertThat(server.platform()
                        .post("/api/v1/tenants/made-under-fire/suspend", Map.of("reason", "an attack"))
                        .status())
                .isEqualTo(200);
        assertThat(server.platform().get("/api/v1/tenants").status()).isEqualTo(200);
    }

    @Test
    void a_client_s_logins_are_counted_and_take_nothing_from_others_at_the_address() {
        TestClient administrator = TestTenant.in(server).client();
        Map<String, Object> one = clientOf(administrator);
        for (int left = 9; left >= 0; left--) {
            Answer given = server.anonymous().post("/api/auth/token", one);
            assertThat(given.status()).as(given.text()).isEqualTo(200);
            assertThat(given.header("RateLimit").orElseThrow()).startsWith("\"client-write\";r=%d;".formatted(left));
        }
        assertRefused(server.anonymous().post("/api/auth/token", one));
        assertThat(server.anonymous()
                        .post("/api/auth/token", clientOf(administrator))
                        .status())
                .isEqualTo(200);
    }

    private static Map<String, Object> clientOf(TestClient administrator) {
        Answer created = administrator.post("/api/v1/clients", Map.of("label", "deployer", "role", "observer"));
        return Map.of(
                "grant_type", "client_credentials",
                "client_id", created.json().at("/client/client_id").asString(),
                "client_secret", created.json().get("client_secret").asString());
    }
}
