package dev.apg.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apg.contract.WireJson;
import dev.apg.contract.audit.AuditChain;
import dev.apg.contract.audit.AuditLine;
import dev.apg.contract.audit.AuditSeal;
import dev.apg.contract.canonical.Digest;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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

    private TestTenant tenant;
    private TestClient client;

    @BeforeEach
    void start() {
        tenant = TestTenant.in(server);
        client = tenant.client();
    }

    private void register(String... codes) {
        for (String code : codes) {
            assertThat(client.post("/api/v1/capabilities", Map.of("capability", code))
                            .status())
                    .isEqualTo(201);
        }
    }

    private String token(String role) {
        return client.post("/api/v1/tokens", Map.of("label", role, "role", role))
                .json()
                .get("text")
                .asString();
    }

    private JsonNode verification() {
        Answer answer = client.get("/api/v1/audit/verification");
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    /** Runs the job until it has sealed everything, as it would do within seconds. */
    private JsonNode sealed() {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        JsonNode verification = verification();
        while (verification.get("unsealed").asLong() > 0) {
            assertThat(Instant.now()).as("sealed in time").isBefore(end);
            server.bean(SealingJob.class).sealWhatIsComplete();
            verification = verification();
        }
        return verification;
    }

    private void asSuperuser(String sql) throws SQLException {
        try (var connection = server.database().superuser();
                var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, tenant.id());
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void whoever_did_something_is_found_by_what_was_done() {
        register("cart", "shop");
        Answer made = client.with("X-Request-Id", "mine").post("/api/v1/capabilities", Map.of("capability", "till"));

        JsonNode all = client.get("/api/v1/audit?limit=2").json();
        assertThat(all.get("items").findValuesAsString("target")).containsExactly("till", "shop");
        JsonNode first = all.get("items").get(0);
        assertThat(first.get("actor").asString()).isEqualTo("test");
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
        JsonNode first = sealed();
        assertThat(first.get("faults").size()).isZero();
        assertThat(first.get("entries").asInt()).isEqualTo(4);
        long head = first.get("head").get("number").asLong();

        register("till");
        JsonNode second = sealed();
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
    void a_changed_entry_is_named() throws SQLException {
        register("cart");
        sealed();
        asSuperuser("UPDATE audit_entry SET actor = 'somebody' WHERE tenant_id = ? AND target = 'cart'");

        assertFault("entry_changed", "is not what it was");
    }

    @Test
    void an_entry_that_was_taken_out_is_named() throws SQLException {
        register("cart");
        sealed();
        asSuperuser("DELETE FROM audit_entry WHERE tenant_id = ? AND target = 'cart'");

        assertFault("entry_missing", "is not there");
    }

    @Test
    void an_entry_that_claims_to_be_older_than_it_is_is_named() throws SQLException {
        register("cart");
        sealed();
        asSuperuser("""
                INSERT INTO audit_entry (tenant_id, entry_id, at, actor_id, actor, action, target_kind, target, request_id)
                SELECT tenant_id, gen_random_uuid(), at - interval '1 microsecond', actor_id, 'forged', action, target_kind,
                       target, request_id
                FROM audit_entry WHERE tenant_id = ? AND target = 'cart'
                """);

        assertFault("entry_inserted", "claims to be of");
    }

    @Test
    void a_seal_that_was_made_to_fit_breaks_the_next_one() throws SQLException {
        register("cart");
        sealed();
        register("shop");
        sealed();
        asSuperuser("""
                UPDATE audit_seal SET hash = sha256('another') WHERE tenant_id = ? AND number = 1
                """);

        JsonNode faults = verification().get("faults");
        assertThat(faults.findValuesAsString("kind")).containsExactly("seal_changed", "seal_changed");
        assertThat(faults.get(1).get("sentence").asString()).contains("does not follow the one before it");
    }

    private void assertFault(String kind, String words) {
        JsonNode verification = verification();
        assertThat(verification.get("faults").size()).isEqualTo(1);
        JsonNode fault = verification.get("faults").get(0);
        assertThat(fault.get("kind").asString()).isEqualTo(kind);
        assertThat(fault.get("sentence").asString()).contains(words);
        assertThat(fault.has("entry")).isTrue();
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
        sealed();
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
        assertThat(waiting).as("till, and the export itself").hasSize(2);
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
        JsonNode verification = sealed();
        assertThat(verification.get("faults").size()).isZero();
        assertThat(verification.get("entries").asInt()).isEqualTo(7);
    }

    private static Callable<Object> sealing(TestServer node) {
        return Executors.callable(() -> node.bean(SealingJob.class).sealWhatIsComplete());
    }

    @Test
    void a_tenant_sees_nothing_of_another() {
        register("cart");
        sealed();
        TestTenant stranger = TestTenant.in(server);

        assertThat(stranger.client()
                        .get("/api/v1/audit?target=cart")
                        .json()
                        .get("total_count")
                        .asInt())
                .isZero();
        assertThat(stranger.client().get("/api/v1/audit/export").text()).doesNotContain("cart");
        assertThat(stranger.client().get("/api/v1/audit/verification?after=1").status())
                .isEqualTo(404);
    }

    @Test
    void a_number_that_nobody_can_hold_stops_neither_the_list_nor_the_chain() throws SQLException {
        asSuperuser("""
                UPDATE audit_entry SET after = '{"limit": 1e300, "id": 12345678901234567890, "rate": 1.50}'
                WHERE tenant_id = ? AND action = 'tenant.created'
                """);

        JsonNode verification = sealed();
        assertThat(verification.get("faults").size()).isZero();
        assertThat(client.get("/api/v1/audit?action=tenant.created").text()).contains("12345678901234567890");
    }
}
