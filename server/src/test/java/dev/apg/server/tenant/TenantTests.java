package dev.apg.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TenantTests {
    private static final String JSON_LINES = "application/jsonl";
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static MadeTenant made(Map<String, Object> more) {
        return MadeTenant.in(server, more);
    }

    @Test
    void a_tenant_is_made_with_its_first_administrator() {
        MadeTenant acme = made(Map.of("name", "Acme Inc."));
        JsonNode me = acme.administrator().get("/api/v1/me").json();
        assertThat(me.get("tenant").asString()).isEqualTo(acme.code());
        assertThat(me.get("role").asString()).isEqualTo("tenant_administrator");
        assertThat(me.get("permissions").valueStream().map(JsonNode::asString))
                .contains("token:administer")
                .doesNotContain("platform:administer");

        Answer again = server.platform().post("/api/v1/tenants", Map.of("code", acme.code()));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("tenant.exists");
        assertThat(acme.shown().get("name").asString()).isEqualTo("Acme Inc.");
        assertThat(server.platform()
                        .get("/api/v1/tenants?limit=100")
                        .json()
                        .get("items")
                        .valueStream()
                        .map(tenant -> tenant.get("code").asString()))
                .contains("default", acme.code());
        assertThat(server.platform().get("/api/v1/tenants/nobody").problem()).isEqualTo("tenant.not_found");
    }

    @Test
    void only_the_platforms_key_makes_tenants_and_it_opens_nothing_else() {
        for (Answer refused : List.of(
                server.client().post("/api/v1/tenants", Map.of("code", "mine")),
                server.client().get("/api/v1/tenants"),
                server.client().get("/api/v1/tenants/default"))) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.problem()).isEqualTo("permission.denied");
            assertThat(refused.text()).contains("platform:administer");
        }
        for (String path : List.of("/api/v1/capabilities", "/api/v1/me", "/api/v1/tenant", "/api/v1/audit")) {
            Answer refused = server.platform().get(path);
            assertThat(refused.status()).as(path).isEqualTo(403);
            assertThat(refused.problem()).isEqualTo("platform.no_tenant");
        }
        assertThat(server.platform()
                        .with("Idempotency-Key", "one")
                        .post("/api/v1/capabilities/box/versions", Map.of())
                        .status())
                .isEqualTo(403);
        assertThat(server.anonymous().get("/api/v1/tenants").status()).isEqualTo(401);
        assertThat(server.client()
                        .post("/api/v1/tokens", Map.of("label", "x", "role", "platform"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void a_suspended_tenant_can_do_nothing_until_it_is_resumed() {
        MadeTenant acme = made(Map.of());
        assertThat(acme.act("suspend", Map.of("reason", "the bill is not paid")).status())
                .isEqualTo(200);

        Answer refused = acme.administrator().get("/api/v1/capabilities");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("tenant.suspended");
        assertThat(refused.json().get("detail").asString()).isEqualTo("The tenant is suspended: the bill is not paid");
        assertThat(server.client().get("/api/v1/capabilities").status()).isEqualTo(200);

        assertThat(acme.act("resume", Map.of()).json().get("state").asString()).isEqualTo("active");
        assertThat(acme.publish("box", "1.0.0").status()).isEqualTo(201);
        JsonNode audited =
                acme.administrator().get("/api/v1/audit?actor=platform").json();
        assertThat(audited.get("items")
                        .valueStream()
                        .map(entry -> entry.get("action").asString()))
                .containsExactly("tenant.resumed", "tenant.suspended", "token.issued", "tenant.created");
    }

    @Test
    void a_deleted_tenant_can_be_read_and_called_back_until_its_time_is_over() {
        MadeTenant acme = made(Map.of());
        acme.publish("box", "1.0.0");
        Answer deleted = acme.act("delete", Map.of("reason", "moved away", "grace_days", 7));
        assertThat(deleted.json().get("state").asString()).isEqualTo("deleting");
        assertThat(deleted.json().get("erased_at").asString()).isNotEmpty();

        assertThat(acme.administrator().get("/api/v1/export").text()).contains("\"box\"");
        assertThat(acme.administrator()
                        .get("/api/v1/tenant")
                        .json()
                        .get("reason")
                        .asString())
                .isEqualTo("moved away");
        Answer refused = acme.publish("box", "1.1.0");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("tenant.deleted");
        server.bean(Erasure.class).eraseDeleted();

        acme.act("resume", Map.of());
        assertThat(acme.publish("box", "1.1.0").status()).isEqualTo(201);
    }

    @Test
    void a_tenant_whose_time_is_over_is_erased_and_nothing_of_others() {
        MadeTenant other = made(Map.of());
        other.publish("box", "1.0.0");
        MadeTenant acme = made(Map.of());
        acme.publish("box", "1.0.0");
        acme.administrator().post("/api/v1/compositions", Map.of("code", "shop"));
        acme.administrator()
                .post(
                        "/api/v1/compositions/shop/draft/operations",
                        "{\"operations\": [{\"op\": \"add_member\", \"capability\": \"box\"}]}");
        acme.administrator().with("If-Match", "*").post("/api/v1/compositions/shop/revisions", "{}");
        acme.act("delete", Map.of("reason", "gone", "grace_days", 0));

        server.bean(Erasure.class).eraseDeleted();

        assertThat(server.platform().get("/api/v1/tenants/" + acme.code()).status())
                .isEqualTo(404);
        assertThat(acme.administrator().get("/api/v1/me").status()).isEqualTo(401);
        assertThat(other.administrator().get("/api/v1/capabilities/box").status())
                .isEqualTo(200);
        Answer again = server.platform().post("/api/v1/tenants", Map.of("code", acme.code()));
        assertThat(again.status()).isEqualTo(201);
        TestClient newcomer =
                server.client(again.json().at("/administrator/text").asString());
        assertThat(newcomer.get("/api/v1/capabilities")
                        .json()
                        .get("total_count")
                        .asInt())
                .isZero();
    }

    @Test
    void a_quota_bounds_what_is_added_and_takes_nothing_away() {
        MadeTenant acme = made(Map.of("quotas", Map.of("versions", 2, "compositions", 1)));
        assertThat(acme.publish("box", "1.0.0").status()).isEqualTo(201);
        assertThat(acme.publish("box", "1.1.0").status()).isEqualTo(201);
        Answer third = acme.publish("box", "1.2.0");
        assertThat(third.status()).isEqualTo(403);
        assertThat(third.problem()).isEqualTo("quota.exceeded");
        assertThat(third.json().get("detail").asString())
                .startsWith("The tenant would have 3 versions (expected: at most 2, its quota).");
        assertThat(acme.publish("box", "1.0.0").status()).as("is there already").isEqualTo(200);
        assertThat(acme.administrator()
                        .get("/api/v1/capabilities/box/versions/1.2.0")
                        .status())
                .isEqualTo(404);
        acme.administrator().post("/api/v1/compositions", Map.of("code", "shop"));
        assertThat(acme.administrator()
                        .post("/api/v1/compositions", Map.of("code", "stall"))
                        .problem())
                .isEqualTo("quota.exceeded");
        acme.administrator().with("If-Match", "*").delete("/api/v1/compositions/shop");
        assertThat(acme.administrator()
                        .post("/api/v1/compositions", Map.of("code", "stall"))
                        .status())
                .isEqualTo(201);

        JsonNode usage = acme.administrator().get("/api/v1/tenant").json().get("usage");
        assertThat(usage.get("capabilities").asInt()).isEqualTo(1);
        assertThat(usage.get("versions").asInt()).isEqualTo(2);
        assertThat(usage.get("compositions").asInt()).isEqualTo(1);
        server.bean(Erasure.class).count();
        assertThat(acme.administrator().get("/api/v1/tenant").json().get("usage"))
                .as("counted anew")
                .isEqualTo(usage);

        String path = "/api/v1/tenants/%s/quotas".formatted(acme.code());
        assertThat(server.platform().put(path, Map.of()).status()).isEqualTo(428);
        assertThat(server.platform()
                        .with("If-Match", "\"99\"")
                        .put(path, Map.of())
                        .status())
                .isEqualTo(412);
        assertThat(server.platform().with("If-Match", "*").put(path, Map.of()).status())
                .isEqualTo(200);
        assertThat(acme.publish("box", "1.2.0").status()).isEqualTo(201);
    }

    @Test
    void a_tenant_that_has_lost_all_tokens_gets_a_new_one() {
        MadeTenant acme = made(Map.of());
        JsonNode tokens = acme.administrator().get("/api/v1/tokens").json();
        acme.administrator().delete("/api/v1/tokens/" + tokens.at("/items/0/id").asString());
        assertThat(acme.administrator().get("/api/v1/me").status()).isEqualTo(401);

        Answer issued = acme.act("tokens", Map.of());
        assertThat(issued.status()).isEqualTo(201);
        assertThat(server.client(issued.json().get("text").asString())
                        .get("/api/v1/me")
                        .json()
                        .get("tenant")
                        .asString())
                .isEqualTo(acme.code());
    }

    @Test
    void the_first_administrators_token_is_good_for_a_week() {
        MadeTenant acme = made(Map.of());
        JsonNode another = acme.act("tokens", Map.of()).json().get("token");
        JsonNode first =
                acme.administrator().get("/api/v1/tokens").json().get("items").get(1);
        for (JsonNode token : List.of(first, another)) {
            Instant expiresAt = Instant.parse(token.get("expires_at").asString());
            assertThat(expiresAt)
                    .isBetween(
                            Instant.now().plus(Duration.ofDays(6)),
                            Instant.now().plus(Duration.ofDays(7)));
        }
    }

    @Test
    void a_dry_run_is_refused_where_the_import_would_be() {
        MadeTenant acme = made(Map.of("quotas", Map.of("versions", 2, "stored_bytes", 1_000)));
        String two = version("box", "1.0.0", "") + version("box", "1.1.0", "");
        String three = two + version("box", "1.2.0", "");
        String large = version(
                "box",
                "1.0.0",
                "{\"name\":\"api\",\"type\":\"protobuf\",\"document\":\"syntax = 'proto3'; // %s\"}"
                        .formatted("x".repeat(1_000)));
        for (String path : List.of("/api/v1/imports?dry_run=true", "/api/v1/imports")) {
            for (String batch : List.of(three, large)) {
                Answer refused = acme.administrator().send("POST", path, BodyPublishers.ofString(batch), JSON_LINES);
                assertThat(refused.status()).as(path + refused.text()).isEqualTo(403);
                assertThat(refused.problem()).isEqualTo("quota.exceeded");
            }
            Answer accepted = acme.administrator().send("POST", path, BodyPublishers.ofString(two), JSON_LINES);
            assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
        }
    }

    @Test
    void descriptions_of_services_are_stored_bytes() {
        MadeTenant acme = made(Map.of("quotas", Map.of("stored_bytes", 100)));
        Answer first =
                acme.administrator().post("/api/v1/services", Map.of("service", "mail", "description", "ü".repeat(30)));
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        JsonNode usage = acme.administrator().get("/api/v1/tenant").json().get("usage");
        assertThat(usage.get("stored_bytes").asInt()).isEqualTo(60);
        server.bean(Erasure.class).count();
        assertThat(acme.administrator().get("/api/v1/tenant").json().get("usage"))
                .isEqualTo(usage);
        assertThat(acme.administrator()
                        .post("/api/v1/services", Map.of("service", "cache", "description", "x".repeat(41)))
                        .problem())
                .isEqualTo("quota.exceeded");
    }

    @Test
    void drafts_and_their_operations_are_stored_bytes() {
        MadeTenant acme = made(Map.of());
        acme.publish("box", "1.0.0");
        long before = storedBytes(acme);
        acme.administrator().post("/api/v1/compositions", Map.of("code", "shop"));
        long made = storedBytes(acme);
        assertThat(made).isGreaterThan(before);
        Answer applied = acme.administrator()
                .post(
                        "/api/v1/compositions/shop/draft/operations",
                        "{\"operations\": [{\"op\": \"add_member\", \"capability\": \"box\", \"configuration\": {\"text\": \"%s\"}}]}"
                                .formatted("x".repeat(10_000)));
        assertThat(applied.status()).as(applied.text()).isEqualTo(200);
        long applying = storedBytes(acme);
        assertThat(applying - made).isBetween(20_000L, 21_000L);
        server.bean(Erasure.class).count();
        assertThat(storedBytes(acme)).as("counted anew").isEqualTo(applying);
        acme.administrator().with("If-Match", "*").delete("/api/v1/compositions/shop");
        assertThat(storedBytes(acme)).isEqualTo(before);
    }

    private static long storedBytes(MadeTenant tenant) {
        return tenant.administrator()
                .get("/api/v1/tenant")
                .json()
                .at("/usage/stored_bytes")
                .asLong();
    }

    @Test
    void a_tag_stands_for_all_that_is_shown_and_still_for_a_change() {
        MadeTenant acme = made(Map.of());
        String path = "/api/v1/tenants/" + acme.code();
        String first = server.platform().get(path).header("ETag").orElseThrow();
        assertThat(server.platform().with("If-None-Match", first).get(path).status())
                .isEqualTo(304);
        acme.publish("box", "1.0.0");
        Answer used = server.platform().with("If-None-Match", first).get(path);
        assertThat(used.status()).isEqualTo(200);
        String second = used.header("ETag").orElseThrow();
        acme.act("suspend", Map.of("reason", "the bill is not paid"));
        Answer suspended = server.platform().with("If-None-Match", second).get(path);
        assertThat(suspended.status()).isEqualTo(200);
        assertThat(suspended.json().get("state").asString()).isEqualTo("suspended");

        assertThat(server.platform()
                        .with("If-Match", second)
                        .put(path + "/quotas", Map.of("versions", 1))
                        .status())
                .isEqualTo(412);
        Answer bounded = server.platform()
                .with("If-Match", suspended.header("ETag").orElseThrow())
                .put(path + "/quotas", Map.of("versions", 1));
        assertThat(bounded.status()).as(bounded.text()).isEqualTo(200);
        assertThat(server.platform()
                        .with(
                                "If-Match",
                                "\"%d\"".formatted(bounded.json().get("edition").asInt()))
                        .put(path + "/quotas", Map.of())
                        .status())
                .isEqualTo(200);
    }

    private static String version(String capability, String number, String contract) {
        return "{\"format\":\"apg.version/1\",\"capability\":\"%s\",\"version\":\"%s\",\"contracts\":[%s]}\n"
                .formatted(capability, number, contract);
    }
}
