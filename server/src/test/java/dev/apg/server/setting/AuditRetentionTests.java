package dev.apg.server.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apg.server.audit.AuditRemoval;
import dev.apg.server.audit.Trail;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
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

/** What a tenant's audit log keeps, and that the rest can still be proven. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditRetentionTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private Trail trail;

    @BeforeEach
    void start() {
        trail = new Trail(server);
    }

    private void keep(int days) {
        Answer changed = trail.client()
                .with("If-Match", "*")
                .put("/api/v1/tenant/settings", Map.of("audit_retention_days", days));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    /** Two links of half a year ago and one of today. */
    private void grow() throws SQLException {
        trail.register("cart");
        trail.age(200);
        trail.sealed();
        trail.register("shop");
        trail.tamper("UPDATE audit_entry SET at = at - interval '150 days' WHERE tenant_id = ? AND target = 'shop'");
        trail.sealed();
        trail.register("till");
        trail.sealed();
    }

    private void removeOld() {
        server.bean(AuditRetention.class).removeOld();
    }

    private List<String> targets() {
        return trail.client()
                .get("/api/v1/audit?action=capability.registered")
                .json()
                .get("items")
                .findValuesAsString("target");
    }

    private JsonNode removals() {
        return trail.client().get("/api/v1/audit?action=audit.removed").json().get("items");
    }

    private void assertIntact() {
        JsonNode verification = trail.sealed();
        assertThat(verification.get("faults").toString()).isEqualTo("[]");
    }

    @Test
    void what_is_older_than_the_tenant_keeps_it_goes_and_the_rest_is_proven() throws SQLException {
        grow();
        var neighbour = new Trail(server);
        neighbour.register("cart");
        neighbour.age(200);
        neighbour.sealed();
        JsonNode before = trail.verification();
        removeOld();
        assertThat(targets()).as("nobody has said anything").containsExactly("till", "shop", "cart");

        keep(170);
        removeOld();

        assertThat(targets()).containsExactly("till", "shop");
        JsonNode removal = removals().get(0);
        assertThat(removal.get("actor_kind").asString()).isEqualTo("platform");
        assertThat(removal.at("/after/seal").asInt()).isEqualTo(1);
        assertIntact();
        JsonNode after = trail.verification();
        assertThat(after.at("/from/number").asInt()).isEqualTo(1);
        assertThat(after.at("/from/hash").asString())
                .isEqualTo(removal.at("/after/hash").asString());
        assertThat(before.has("from")).isFalse();
        assertThat(neighbour
                        .client()
                        .get("/api/v1/audit?target=cart")
                        .json()
                        .get("total_count")
                        .asInt())
                .isEqualTo(1);

        keep(100);
        removeOld();
        assertThat(targets()).containsExactly("till");
        assertThat(removals().size()).isEqualTo(2);
        assertIntact();
        removeOld();
        assertThat(removals().size())
                .as("nothing is written where nothing goes")
                .isEqualTo(2);
    }

    @Test
    void an_export_begins_with_what_was_removed_last_and_a_removed_seal_is_gone() throws SQLException {
        grow();
        keep(100);
        removeOld();
        assertIntact();

        String[] lines = trail.client().get("/api/v1/audit/export").text().split("\n");
        assertThat(lines[0]).startsWith("{\"anchor\":{\"number\":2,");
        assertThat(lines[1]).startsWith("{\"entry\":");
        assertThat(trail.client().get("/api/v1/audit/verification?after=2").status())
                .isEqualTo(200);
        for (String path : List.of("verification", "export")) {
            Answer gone = trail.client().get("/api/v1/audit/%s?after=1".formatted(path));
            assertThat(gone.status()).isEqualTo(410);
            assertThat(gone.problem()).isEqualTo("audit.removed");
        }
    }

    @Test
    void a_log_of_which_everything_went_goes_on_where_it_ended() throws SQLException {
        trail.register("cart");
        keep(90);
        trail.age(200);
        trail.sealed();
        removeOld();

        assertThat(trail.client().get("/api/v1/audit").json().get("items").findValuesAsString("action"))
                .containsExactly("audit.removed");
        trail.register("shop");
        assertIntact();
        assertThat(trail.verification().at("/head/number").asInt()).isGreaterThan(1);
        assertThat(trail.client().get("/api/v1/audit/export").text()).startsWith("{\"anchor\":");
    }

    @Test
    void what_was_tampered_with_stays() throws SQLException {
        grow();
        keep(100);
        trail.tamper("UPDATE audit_entry SET actor = 'somebody' WHERE tenant_id = ? AND target = 'cart'");
        removeOld();

        assertThat(targets()).containsExactly("till", "shop", "cart");
        assertThat(trail.verification().get("faults").findValuesAsString("kind"))
                .containsExactly("entry_changed");
    }

    @Test
    void a_beginning_that_somebody_cut_off_is_not_taken_for_one_whose_time_was_over() throws SQLException {
        grow();
        trail.tamper("""
                INSERT INTO audit_anchor
                SELECT tenant_id, number, previous, hash, sealed_at, cardinality(entries), last_at, last_entry
                FROM audit_seal WHERE tenant_id = ? AND number = 1
                """);
        trail.tamper("DELETE FROM audit_entry WHERE tenant_id = ? AND target = 'cart'");
        trail.tamper("DELETE FROM audit_seal WHERE tenant_id = ? AND number = 1");

        JsonNode faults = trail.verification().get("faults");
        assertThat(faults.findValuesAsString("kind")).containsExactly("seal_missing");
        assertThat(faults.get(0).get("sentence").asString())
                .contains("begins after seal 1", "no entry of it says that what was before was removed");
    }

    @Test
    void two_nodes_that_remove_at_once_say_it_once_and_nobody_verifies_a_gap() throws Exception {
        grow();
        keep(100);
        AuditRemoval removal = server.bean(AuditRemoval.class);
        Instant moment = Instant.now().minus(Duration.ofDays(100));
        List<Callable<Integer>> removing = new ArrayList<>();
        List<Callable<JsonNode>> verifying = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            removing.add(() -> removal.removeOlder(trail.tenant().id(), moment));
        }
        verifying.add(() -> trail.verification().get("faults"));
        verifying.add(() -> trail.verification().get("faults"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var verified = verifying.stream().map(threads::submit).toList();
            int removed = 0;
            for (var done : threads.invokeAll(removing)) {
                removed += done.get();
            }
            assertThat(removed).isEqualTo(2);
            for (var faults : verified) {
                assertThat(faults.get().toString()).isEqualTo("[]");
            }
        }
        assertThat(removals().size()).isEqualTo(1);
        assertIntact();
    }

    @Test
    void nobody_else_can_delete_and_nobody_what_is_young() throws SQLException {
        grow();
        var transactions = server.bean(TenantTransactions.class);
        JdbcClient jdbc = server.bean(JdbcClient.class);
        assertThatThrownBy(() -> transactions.write(
                        trail.tenant().id(),
                        () -> jdbc.sql("DELETE FROM audit_entry").update()))
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> transactions.write(
                        trail.tenant().id(),
                        () -> jdbc.sql("DELETE FROM audit_anchor").update()))
                .isInstanceOf(DataAccessException.class);
        for (String statement : List.of("UPDATE audit_entry SET actor = 'x'", "UPDATE audit_seal SET number = 9")) {
            assertThatThrownBy(() -> transactions.write(trail.tenant().id(), () -> {
                        jdbc.sql("SET LOCAL ROLE apg_retention").update();
                        return jdbc.sql(statement).update();
                    }))
                    .isInstanceOf(DataAccessException.class);
        }
        int deleted = transactions.write(trail.tenant().id(), () -> {
            jdbc.sql("SET LOCAL ROLE apg_retention").update();
            return jdbc.sql("DELETE FROM audit_entry WHERE tenant_id = ?")
                    .param(trail.tenant().id())
                    .update();
        });
        assertThat(deleted).as("the others are of today").isEqualTo(4);
        assertThat(targets()).containsExactly("till");
    }

    @Test
    void the_installation_says_it_for_whoever_says_nothing(@TempDir Path directory) throws SQLException {
        try (TestServer shorter = TestServer.start(
                TestDatabase.create(), directory, TestServer.withAuditRetention(Duration.ofDays(90)))) {
            var silent = new Trail(shorter);
            silent.register("cart");
            silent.age(100);
            silent.sealed();
            var longer = new Trail(shorter);
            longer.register("cart");
            assertThat(longer.client()
                            .with("If-Match", "*")
                            .put("/api/v1/tenant/settings", Map.of("audit_retention_days", 400))
                            .status())
                    .isEqualTo(200);
            longer.age(100);
            longer.sealed();
            assertThat(silent.client().get("/api/v1/tenant/settings").json().toString())
                    .contains("\"in_effect\":{\"audit_retention_days\":90,");

            shorter.bean(AuditRetention.class).removeOld();

            assertThat(silent.client()
                            .get("/api/v1/audit?target=cart")
                            .json()
                            .get("total_count")
                            .asInt())
                    .isZero();
            assertThat(longer.client()
                            .get("/api/v1/audit?target=cart")
                            .json()
                            .get("total_count")
                            .asInt())
                    .isEqualTo(1);
        }
    }
}
