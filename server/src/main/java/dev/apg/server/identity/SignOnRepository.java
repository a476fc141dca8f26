package dev.apg.server.identity;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code sign_on}; inside a transaction of its tenant. */
@Repository
class SignOnRepository {
    private final JdbcClient jdbc;

    SignOnRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param returnTo the path at which the browser goes on */
    record Begun(UUID providerId, String returnTo) {}

    void insert(UUID tenantId, Begun begun, SignOnTicket travelling, SignOnTicket staying, Duration valid) {
        jdbc.sql("""
                INSERT INTO sign_on (tenant_id, sign_on_id, provider_id, state_hash, browser_hash, return_to, expires_at)
                VALUES (:tenant, :id, :provider, :state, :browser, :path, now() + make_interval(secs => :valid))
                """)
                .param("tenant", tenantId)
                .param("id", travelling.id())
                .param("provider", begun.providerId())
                .param("state", travelling.hash())
                .param("browser", staying.hash())
                .param("path", begun.returnTo())
                .param("valid", valid.toSeconds())
                .update();
    }

    /** Uses it up, if both halves are right; of several who ask at once, one gets it. */
    Optional<Begun> take(UUID tenantId, SignOnTicket travelling, SignOnTicket staying) {
        return jdbc.sql("""
                DELETE FROM sign_on
                WHERE tenant_id = ? AND sign_on_id = ? AND state_hash = ? AND browser_hash = ? AND expires_at > now()
                RETURNING provider_id, return_to
                """)
                .params(tenantId, travelling.id(), travelling.hash(), staying.hash())
                .query((row, number) -> new Begun(row.getObject("provider_id", UUID.class), row.getString("return_to")))
                .optional();
    }

    /** Those that nobody came back from. */
    int deleteExpired(UUID tenantId, int limit) {
        return jdbc.sql("""
                DELETE FROM sign_on WHERE tenant_id = :tenant AND sign_on_id IN (
                  SELECT sign_on_id FROM sign_on WHERE tenant_id = :tenant AND expires_at < now() LIMIT :limit)
                """).param("tenant", tenantId).param("limit", limit).update();
    }
}
