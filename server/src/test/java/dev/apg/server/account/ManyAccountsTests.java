package dev.apg.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.testing.TestServer;
import dev.apg.server.testing.TestTenant;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** By which indexes a tenant with many accounts and sessions is read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyAccountsTests {
    @AutoClose
    private final TestServer server = TestServer.start();

    private UUID tenant;

    @BeforeAll
    void fill() throws SQLException {
        tenant = TestTenant.in(server).id();
        try (var connection = server.database().superuser();
                var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO account (tenant_id, account_id, email, name, role)
                    SELECT '%s', gen_random_uuid(), n || '@example.com', 'Somebody', CASE WHEN n %% 1000 = 0 THEN 'rare' ELSE 'observer' END
                    FROM generate_series(1, 20000) AS n
                    """.formatted(tenant));
            statement.execute("""
                    INSERT INTO session (tenant_id, session_id, account_id, secret_hash, address, place, expires_at, ended_at)
                    SELECT tenant_id, gen_random_uuid(), account_id, decode(repeat('00', 32), 'hex'), '127.0.0.1', '127.0.0.1',
                           now() - make_interval(hours => hours), CASE WHEN hours %% 2 = 0 THEN now() - make_interval(hours => hours + 1) END
                    FROM account, generate_series(1, 2) AS hours WHERE tenant_id = '%s'
                    """.formatted(tenant));
            statement.execute("ANALYZE account");
            statement.execute("ANALYZE session");
        }
    }

    /** As a write has it planned, which is never by reading the whole table. */
    private String plan(String sql, List<?> parameters) {
        return String.join(
                "\n",
                server.bean(TenantTransactions.class)
                        .write(
                                tenant,
                                () -> server.bean(JdbcClient.class)
                                        .sql("EXPLAIN " + sql)
                                        .params(parameters)
                                        .query(String.class)
                                        .list()));
    }

    @Test
    void those_who_have_a_role_are_found_by_it() {
        assertThat(plan(AccountRepository.HAVING, List.of(tenant, "rare")))
                .containsPattern("account_by_role.*\\n\\s+Index Cond: .*role");
    }

    @Test
    void sessions_that_ended_long_ago_are_found_by_when_they_ended() {
        String sql = SessionRepository.DELETE_OLDEST.replaceAll(":(?:tenant|seconds|limit)", "?");
        assertThat(plan(sql, List.of(tenant, tenant, 7_776_000, 5_000)))
                .containsPattern("session_by_end.*\\n\\s+Index Cond: .*ended_at");
    }
}
