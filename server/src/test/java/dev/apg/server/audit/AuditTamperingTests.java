package dev.apg.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestServer;
import java.sql.SQLException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What somebody who can write to the database does to the audit log, and how it shows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTamperingTests {
    private static final String FORGE = """
            INSERT INTO audit_entry (tenant_id, entry_id, at, actor_id, actor, action, target_kind, target, request_id)
            SELECT tenant_id, gen_random_uuid(), %s, actor_id, 'forged', action, target_kind, target, request_id
            FROM audit_entry, generate_series(1, %d) WHERE tenant_id = ? AND target = 'cart'
            """;

    @AutoClose
    private final TestServer server = TestServer.start();

    private Trail trail;

    @BeforeEach
    void start() {
        trail = new Trail(server);
    }

    @Test
    void a_changed_entry_is_named() throws SQLException {
        trail.register("cart");
        trail.sealed();
        trail.tamper("UPDATE audit_entry SET actor = 'somebody' WHERE tenant_id = ? AND target = 'cart'");

        assertFault("entry_changed", "is not what it was");
    }

    @Test
    void an_entry_that_was_taken_out_is_named() throws SQLException {
        trail.register("cart");
        trail.sealed();
        trail.tamper("DELETE FROM audit_entry WHERE tenant_id = ? AND target = 'cart'");

        assertFault("entry_missing", "is not there");
    }

    @Test
    void an_entry_that_claims_to_be_older_than_it_is_is_named() throws SQLException {
        trail.register("cart");
        trail.sealed();
        trail.tamper("""
                INSERT INTO audit_entry (tenant_id, entry_id, at, actor_id, actor, action, target_kind, target, request_id)
                SELECT tenant_id, gen_random_uuid(), at - interval '1 microsecond', actor_id, 'forged', action, target_kind,
                       target, request_id
                FROM audit_entry WHERE tenant_id = ? AND target = 'cart'
                """);

        assertFault("entry_inserted", "claims to be of");
    }

    @Test
    void a_seal_that_was_made_to_fit_breaks_the_next_one() throws SQLException {
        trail.register("cart");
        trail.sealed();
        trail.register("shop");
        trail.sealed();
        trail.tamper("""
                UPDATE audit_seal SET hash = sha256('another') WHERE tenant_id = ? AND number = 1
                """);

        JsonNode faults = trail.verification().get("faults");
        assertThat(faults.findValuesAsString("kind")).containsExactly("seal_changed", "seal_changed");
        assertThat(faults.get(1).get("sentence").asString()).contains("does not follow the one before it");
    }

    private void assertFault(String kind, String words) {
        JsonNode verification = trail.verification();
        assertThat(verification.get("faults").size()).isEqualTo(1);
        JsonNode fault = verification.get("faults").get(0);
        assertThat(fault.get("kind").asString()).isEqualTo(kind);
        assertThat(fault.get("sentence").asString()).contains(words);
        assertThat(fault.has("entry")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'5'::jsonb", "'null'::jsonb", "'[1]'::jsonb", "'{\"a\": 1e300}'::jsonb"})
    void a_state_that_the_program_never_wrote_is_named_and_keeps_nothing_from_being_read(String state)
            throws SQLException {
        trail.register("cart");
        trail.sealed();
        trail.tamper("UPDATE audit_entry SET before = %s WHERE tenant_id = ? AND target = 'cart'".formatted(state));

        assertFault("entry_changed", "is not what it was");
        assertThat(trail.client().get("/api/v1/audit").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'-infinity'", "'0044-03-15 BC'", "'1960-03-15'"})
    void an_entry_of_before_all_others_is_named(String time) throws SQLException {
        trail.register("cart");
        trail.sealed();
        trail.tamper(FORGE.formatted(time, 1));

        assertFault("entry_inserted", "claims to be of");
    }

    @Test
    void of_many_forged_entries_a_hundred_are_named_and_no_other() throws SQLException {
        trail.register("cart");
        trail.sealed();
        trail.tamper(FORGE.formatted("at - interval '1 microsecond'", 150));

        JsonNode verification = trail.verification();
        assertThat(verification.get("truncated").asBoolean()).isTrue();
        assertThat(verification.get("faults").findValuesAsString("kind"))
                .hasSize(100)
                .containsOnly("entry_inserted");
    }

    @Test
    void a_seal_that_ends_elsewhere_is_named_and_nothing_is_sealed_behind_it() throws SQLException {
        trail.register("cart");
        long last = trail.sealed().get("head").get("number").asLong();
        trail.tamper("""
                UPDATE audit_seal SET last_at = '2100-01-01' WHERE tenant_id = ? AND number = %d
                """.formatted(last));

        assertThat(trail.verification().get("faults").findValuesAsString("kind"))
                .containsExactly("seal_changed");
        trail.register("shop");
        for (int round = 0; round < 3; round++) {
            server.bean(SealingJob.class).sealWhatIsComplete();
        }
        assertThat(trail.verification().get("head").get("number").asLong()).isEqualTo(last);
    }

    @Test
    void a_seal_that_was_taken_out_is_missing_in_the_export_too() throws SQLException {
        trail.register("cart");
        trail.sealed();
        trail.register("shop");
        long last = trail.sealed().get("head").get("number").asLong();
        trail.tamper("DELETE FROM audit_seal WHERE tenant_id = ? AND number = 1");

        assertThat(trail.verification().get("faults").findValuesAsString("kind"))
                .contains("seal_missing");
        assertThat(trail.client().get("/api/v1/audit/export").text())
                .contains("{\"seal\":{\"number\":%d,".formatted(last))
                .doesNotContain("{\"seal\":{\"number\":1,");
    }

    @Test
    void a_number_that_nobody_can_hold_stops_neither_the_list_nor_the_chain() throws SQLException {
        trail.register("cart");
        trail.tamper("""
                INSERT INTO audit_entry
                  (tenant_id, entry_id, actor_id, actor, action, target_kind, target, request_id, after)
                SELECT tenant_id, gen_random_uuid(), actor_id, 'somebody', action, target_kind, 'numbers', request_id,
                       '{"limit": 1e300, "id": 12345678901234567890, "rate": 0.1234567890123456789}'
                FROM audit_entry WHERE tenant_id = ? AND target = 'cart'
                """);

        assertThat(trail.sealed().get("faults").size()).isZero();
        assertThat(trail.client().get("/api/v1/audit?target=numbers").text())
                .contains("12345678901234567890", "0.1234567890123456789");
        trail.tamper("""
                UPDATE audit_entry SET after = jsonb_set(after, '{rate}', '0.1234567890123456788')
                WHERE tenant_id = ? AND target = 'numbers'
                """);
        assertFault("entry_changed", "is not what it was");
    }
}
