package dev.apg.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.audit.AuditRepository.Filter;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.testing.TestServer;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a filter finds in a log that is large, and by which index. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditFilterTests {
    private static final String MANY = """
            INSERT INTO audit_entry (tenant_id, entry_id, at, actor_id, actor, action, target_kind, target, request_id)
            SELECT tenant_id, gen_random_uuid(), at - n * interval '1 second', actor_id, 'actor-' || n % 500,
                   'action-' || n % 500, target_kind, 'target-' || n % 500 || '@1.0.' || n, 'request-' || n
            FROM audit_entry, generate_series(1, 30000) AS n WHERE tenant_id = ? AND target = 'cart'
            """;

    @AutoClose
    private final TestServer server = TestServer.start();

    private Trail trail;

    @BeforeAll
    void fill() throws SQLException {
        trail = new Trail(server);
        trail.register("cart");
        trail.tamper(MANY);
        try (var connection = server.database().superuser();
                var statement = connection.createStatement()) {
            statement.execute("ANALYZE audit_entry");
        }
    }

    private static Filter filter(String actor, String action, String target, String request) {
        return new Filter(
                given(actor),
                given(action),
                Optional.empty(),
                given(target),
                given(request),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty());
    }

    private String plan(Filter filter) {
        var repository = server.bean(AuditRepository.class);
        var id = trail.tenant().id();
        return String.join(
                "\n",
                server.bean(TenantTransactions.class)
                        .read(
                                id,
                                () -> repository
                                        .filtered("EXPLAIN " + AuditRepository.listing(filter), id, filter)
                                        .param("end_at", null)
                                        .param("end_entry", null)
                                        .param("limit", 21)
                                        .query(String.class)
                                        .list()));
    }

    @Test
    void each_filter_has_an_index() {
        assertThat(plan(filter("actor-7", "", "", "")))
                .contains("audit_entry_by_actor")
                .doesNotContain("Seq Scan");
        assertThat(plan(filter("", "action-7", "", "")))
                .contains("audit_entry_by_action")
                .doesNotContain("Seq Scan");
        assertThat(plan(filter("", "", "target-7", "")))
                .contains("audit_entry_by_code")
                .doesNotContain("Seq Scan");
        assertThat(plan(filter("", "", "", "request-7")))
                .contains("audit_entry_by_request")
                .doesNotContain("Seq Scan");
    }

    @Test
    void a_code_is_found_with_its_versions_and_no_longer_one() {
        assertThat(trail.client()
                        .get("/api/v1/audit?target=target-7")
                        .json()
                        .get("total_count")
                        .asInt())
                .isEqualTo(60);
        assertThat(trail.client()
                        .get("/api/v1/audit?target=target-7@1.0.7")
                        .json()
                        .get("total_count")
                        .asInt())
                .isEqualTo(1);
        assertThat(trail.client()
                        .get("/api/v1/audit?target=target-")
                        .json()
                        .get("total_count")
                        .asInt())
                .isZero();
        assertThat(trail.client()
                        .get("/api/v1/audit?actor=actor-7&action=action-7&limit=1")
                        .json()
                        .get("total_count")
                        .asInt())
                .isEqualTo(60);
    }
}
