package dev.apg.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apg.contract.WireJson;
import dev.apg.contract.audit.AuditChain;
import dev.apg.contract.audit.AuditLine;
import dev.apg.contract.audit.AuditSeal;
import dev.apg.contract.canonical.Digest;
import dev.apg.server.composition.Catalogue;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private Trail trail;
    private TestTenant tenant;
    private TestClient client;

    @BeforeEach
    void start() {
        trail = new Trail(server);
        tenant = trail.tenant();
        client = trail.client();
    }

    private void register(String... codes) {
        trail.register(codes);
    }

    private String token(String role) {
        return client.post("/api/v1/tokens", Map.of("label", role, "role", role))
                .json()
                .get("text")
                .asString();
    }

    @Test
    void whoever_did_something_is_found_by_what_was_done() {
        register("cart", "shop");
        Answer made = client.with("X-Request-Id", "mine").post("/api/v1/capabilities", Map.of("capability", "till"));

        JsonNode all = client.get("/api/v1/audit?limit=2").json();
        assertThat(all.get("items").findValuesAsString("target")).containsExactly("till", "shop");
        JsonNode first = all.get("items").get(0);
        assertThat(first.get("actor").asString()).isEqualTo("test");
        assertThat(first.get("actor_kind").asString()).isEqualTo("token");
        assertThat(first.get("action").asString()).isEqualTo("capability.registered");
        assertThat(first.get("target_kind").asString()).isEqualTo("capability");
        assertThat(first.get("request_id").asString())
                .isEqualTo(made.header("X-Request-Id").orElseThrow());
        assertThat(first.get("address").asString()).isEqualTo("127.0.0.1");
        assertThat(first.get("after").isObject()).isTrue();

        JsonNode rest = client.get(
                        "/api/v1/audit?limit=2&cursor=" + all.get("next_cursor").asString())
                .json();
        assertThat(rest.get("items").findValuesAsString("target").getFirst()).isEqualTo("cart");

        String at = first.get("at").asString();
        assertThat(targets("target=cart")).containsExactly("cart");
        assertThat(targets("action=capability.registered&actor=test")).containsExactly("till", "shop", "cart");
        assertThat(targets("request_id=" + first.get("request_id").asString())).containsExactly("till");
        assertThat(targets("from=" + at)).containsExactly("till");
        assertThat(targets("target_kind=capability&to=" + at)).containsExactly("shop", "cart");
        assertThat(targets("actor=nobody")).isEmpty();
    }

    @Test
    void what_was_done_to_versions_and_revisions_is_found_by_the_code_alone() {
        var catalogue = new Catalogue(client);
        catalogue.publish("trailed", "1.0.0").publish("trailed-too", "1.0.0");
        catalogue.compose("trails", "trailed").freeze();
        catalogue.state("trailed", "1.0.0", "deprecated");

        assertThat(targets("target=trailed")).containsExactly("trailed@1.0.0", "trailed@1.0.0", "trailed");
        assertThat(targets("target=trailed@1.0.0")).containsExactly("trailed@1.0.0", "trailed@1.0.0");
        assertThat(targets("target=trails")).containsExactly("trails@1", "trails", "trails");
        assertThat(targets("target=trail")).isEmpty();
    }

    private List<String> targets(String query) {
        JsonNode page = client.get("/api/v1/audit?" + query).json();
        List<String> targets = page.get("items").findValuesAsString("target");
        assertThat(page.get("total_count").asInt()).isEqualTo(targets.size());
        return targets;
    }

    @Test
    void a_refusal_is_written_down_once_a_minute_and_leaves_no_event() {
        TestClient observer = server.client(token("observer"));
        long before = client.get("/api/v1/events").json().get("total_count").asLong();
        for (int i = 0; i < 3; i++) {
            assertThat(observer.post("/api/v1/capabilities", Map.of("capability", "mine"))
                            .status())
                    .isEqualTo(403);
        }
        assertThat(observer.get("/api/v1/audit").status()).isEqualTo(403);

        JsonNode denied =
                client.get("/api/v1/audit?action=access.denied").json().get("items");
        assertThat(denied.findValuesAsString("target"))
                .containsExactly("GET /api/v1/audit", "POST /api/v1/capabilities");
        assertThat(denied.get(0).get("after").get("needs").asString()).isEqualTo("audit:read");
        assertThat(denied.get(0).get("actor").asString()).isEqualTo("observer");
        assertThat(client.get("/api/v1/events").json().get("total_count").asLong())
                .isEqualTo(before);
    }

    @Test
    void a_time_that_nobody_can_keep_is_refused() {
        for (String query : List.of(
                "from=%2B999999999-01-01T00:00:00Z", "to=%2B294277-01-01T00:00:00Z", "to=-0044-03-15T00:00:00Z")) {
            Answer answer = client.get("/api/v1/audit?" + query);
            assertThat(answer.status()).as(query).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("parameter.out_of_range");
        }
    }

    @Test
    void whoever_takes_the_catalogue_or_the_log_is_written_down() {
        register("cart");
        assertThat(client.get("/api/v1/export").status()).isEqualTo(200);
        assertThat(client.get("/api/v1/audit/export").status()).isEqualTo(200);

        assertThat(client.get("/api/v1/audit?limit=2").json().get("items").findValuesAsString("action"))
                .containsExactly("audit.exported", "catalogue.exported");
    }

    @Test
    void what_was_written_is_sealed_and_verified() {
        register("cart", "shop");
        JsonNode first = trail.sealed();
        assertThat(first.get("faults").size()).isZero();
        assertThat(first.get("entries").asInt()).isEqualTo(4);
        long head = first.get("head").get("number").asLong();

        register("till");
        JsonNode second = trail.sealed();
        assertThat(second.get("faults").size()).isZero();
        assertThat(second.get("head").get("number").asLong()).isGreaterThan(head);
        JsonNode rest = client.get("/api/v1/audit/verification?after=" + head).json();
        assertThat(rest.get("from")).isEqualTo(first.get("head"));
        assertThat(rest.get("entries").asInt()).isEqualTo(1);
        assertThat(rest.get("head")).isEqualTo(second.get("head"));
        assertThat(client.get("/api/v1/audit/verification?after=4711").status()).isEqualTo(404);
        assertThat(client.get("/api/v1/audit/verification?after=-1").status()).isEqualTo(400);
    }

    @Test
    void the_program_itself_can_neither_change_nor_delete_what_is_written() {
        var transactions = server.bean(TenantTransactions.class);
        JdbcClient jdbc = server.bean(JdbcClient.class);
        for (String sql : List.of(
                "UPDATE audit_entry SET actor = 'x'",
                "DELETE FROM audit_entry",
                "UPDATE audit_seal SET number = 9",
                "DELETE FROM audit_seal")) {
            assertThatThrownBy(() ->
                            transactions.write(tenant.id(), () -> jdbc.sql(sql).update()))
                    .as(sql)
                    .isInstanceOf(DataAccessException.class)
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void an_export_has_all_that_is_needed_to_make_the_chain_again() {
        register("cart", "shop");
        trail.sealed();
        register("till");

        List<Digest> waiting = new ArrayList<>();
        List<AuditSeal> seals = new ArrayList<>();
        for (String text : client.get("/api/v1/audit/export").text().lines().toList()) {
            AuditLine line = WireJson.MAPPER.readValue(text, AuditLine.class);
            if (line.entry() != null) {
                waiting.add(AuditChain.digest(line.entry()));
            }
            AuditSeal seal = line.seal();
            if (seal != null) {
                assertThat(seal.entries()).isEqualTo(waiting.size());
                Digest previous = seals.isEmpty()
                        ? AuditChain.START
                        : Digest.parse(seals.getLast().hash());
                assertThat(AuditChain.hash(seal.number(), previous, seal.sealedAt(), waiting))
                        .hasToString(seal.hash());
                seals.add(seal);
                waiting.clear();
            }
        }
        assertThat(seals).isNotEmpty();
        int sealed = seals.stream().mapToInt(AuditSeal::entries).sum();
        assertThat(sealed + waiting.size())
                .as("the tenant, its token, three capabilities, the export itself")
                .isEqualTo(6);
        String rest = client.get("/api/v1/audit/export?after=1").text();
        assertThat(rest).contains("\"till\"").doesNotContain("\"tenant.created\"");
        assertThat(client.get("/api/v1/audit/export?after=4711").status()).isEqualTo(404);
    }

    @Test
    void nodes_that_seal_at_the_same_time_make_one_chain(@TempDir Path directory) throws Exception {
        TestServer other = TestServer.start(server.database(), directory, settings -> settings);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 5; round++) {
                register("cart-" + round);
                for (var done : executor.invokeAll(List.of(sealing(server), sealing(other)))) {
                    done.get();
                }
            }
        } finally {
            other.stop();
        }
        JsonNode verification = trail.sealed();
        assertThat(verification.get("faults").size()).isZero();
        assertThat(verification.get("entries").asInt()).isEqualTo(7);
    }

    private static Callable<Object> sealing(TestServer node) {
        return Executors.callable(() -> node.bean(SealingJob.class).sealWhatIsComplete());
    }

    @Test
    void a_tenant_sees_nothing_of_another() {
        register("cart");
        trail.sealed();
        TestTenant stranger = TestTenant.in(server);

        assertThat(stranger.client()
                        .get("/api/v1/audit?target=cart")
                        .json()
                        .get("total_count")
                        .asInt())
                .isZero();
        assertThat(stranger.client().get("/api/v1/audit/export").text()).doesNotContain("cart");
        JsonNode verification =
                stranger.client().get("/api/v1/audit/verification").json();
        assertThat(verification.get("entries").asInt()
                        + verification.get("unsealed").asInt())
                .as("the tenant, its token, its export")
                .isEqualTo(3);
    }
}
