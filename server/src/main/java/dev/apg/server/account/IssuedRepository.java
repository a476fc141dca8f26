package dev.apg.server.account;

import dev.apg.contract.account.IssuedMachine;
import dev.apg.contract.account.MachineKind;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who made which rows of {@code access_token}, {@code client} and {@code pipeline}. */
@Repository
class IssuedRepository {
    private final JdbcClient jdbc;

    IssuedRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of what an account has made, and what that made in turn, what is good; newest first. What is not may have made what is. */
    List<IssuedMachine> good(UUID tenantId, UUID accountId) {
        return jdbc.sql("""
                WITH RECURSIVE machine AS NOT MATERIALIZED (
                  SELECT 'TOKEN' AS kind, token_id AS id, label, role, issued_by,
                         revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()) AS good
                  FROM access_token WHERE tenant_id = :tenant AND issued_by IS NOT NULL
                  UNION ALL
                  SELECT 'CLIENT', client_id, label, role, issued_by, revoked_at IS NULL
                  FROM client WHERE tenant_id = :tenant AND issued_by IS NOT NULL
                  UNION ALL
                  SELECT 'PIPELINE', pipeline_id, label, NULL, issued_by, revoked_at IS NULL
                  FROM pipeline WHERE tenant_id = :tenant AND issued_by IS NOT NULL
                ), issued AS (
                  SELECT * FROM machine WHERE issued_by = :account
                  UNION
                  SELECT m.* FROM issued i JOIN machine m ON m.issued_by = i.id
                )
                SELECT kind, id, label, role FROM issued WHERE good ORDER BY id DESC
                """)
                .param("tenant", tenantId)
                .param("account", accountId)
                .query((row, number) -> new IssuedMachine(
                        MachineKind.valueOf(row.getString("kind")),
                        row.getObject("id", UUID.class),
                        row.getString("label"),
                        row.getString("role")))
                .list();
    }
}
