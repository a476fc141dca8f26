package dev.apg.server.account;

import dev.apg.contract.account.Session;
import dev.apg.server.tenancy.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code session}. */
@Repository
class SessionRepository {
    private final JdbcClient jdbc;

    SessionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A session that has just ended, and whose it was. */
    record Ended(UUID id, String email) {}

    private static final String EMAIL =
            "(SELECT email FROM account a WHERE a.tenant_id = session.tenant_id AND a.account_id = session.account_id) AS email";

    /** @param place the address, or of an IPv6 address its network */
    record Origin(String address, String place, Optional<String> userAgent) {}

    Optional<LiveSession> find(
            CredentialKey key,
            long accessSeq,
            Duration idle,
            Function<String, Role> roles,
            Function<UUID, Set<UUID>> teams) {
        return jdbc.sql("""
                SELECT s.account_id, a.email, a.name, a.role, s.secret_hash, s.previous_hash, s.rotated_at, s.confirmed_at,
                       s.expires_at
                FROM session s JOIN account a USING (tenant_id, account_id)
                WHERE s.tenant_id = :tenant AND s.session_id = :session AND s.ended_at IS NULL AND s.expires_at > now()
                  AND s.last_seen_at > now() - make_interval(secs => :idle)
                  AND a.disabled_at IS NULL AND (a.password_hash IS NOT NULL OR s.provider_id IS NOT NULL)
                """)
                .param("tenant", key.tenantId())
                .param("session", key.id())
                .param("idle", idle.toSeconds())
                .query((row, number) -> live(key, accessSeq, row, roles, teams))
                .optional();
    }

    private static LiveSession live(
            CredentialKey key,
            long accessSeq,
            ResultSet row,
            Function<String, Role> roles,
            Function<UUID, Set<UUID>> teams)
            throws SQLException {
        return new LiveSession(
                key,
                accessSeq,
                row.getObject("account_id", UUID.class),
                row.getString("email"),
                row.getString("name"),
                roles.apply(row.getString("role")),
                teams.apply(row.getObject("account_id", UUID.class)),
                row.getBytes("secret_hash"),
                Optional.ofNullable(row.getBytes("previous_hash")),
                Objects.requireNonNull(MachineColumns.instant(row, "rotated_at")),
                Optional.ofNullable(MachineColumns.instant(row, "confirmed_at")),
                Objects.requireNonNull(MachineColumns.instant(row, "expires_at")));
    }

    /** @param provider the identity provider that said who it is */
    void insert(
            CredentialKey key,
            UUID accountId,
            Optional<UUID> provider,
            byte[] secretHash,
            Origin origin,
            Instant expiresAt) {
        jdbc.sql("""
                INSERT INTO session
                  (tenant_id, session_id, account_id, provider_id, secret_hash, address, place, user_agent, expires_at)
                VALUES (:tenant, :session, :account, :provider, :hash, :address, :place, :agent, :expires)
                """)
                .param("tenant", key.tenantId())
                .param("session", key.id())
                .param("account", accountId)
                .param("provider", provider.orElse(null))
                .param("hash", secretHash)
                .param("address", origin.address())
                .param("place", origin.place())
                .param("agent", origin.userAgent().orElse(null))
                .param("expires", expiresAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Whether the secret is the next one from now on; of several who ask at once, one gets it. */
    boolean rotate(LiveSession session, byte[] shown, byte[] next) {
        return jdbc.sql("""
                        UPDATE session SET secret_hash = :next, previous_hash = :shown, rotated_at = now(), confirmed_at = NULL
                        WHERE tenant_id = :tenant AND session_id = :session AND ended_at IS NULL AND rotated_at = :rotated
                          AND (secret_hash = :shown OR previous_hash = :shown AND confirmed_at IS NULL)
                        """)
                        .param("tenant", session.key().tenantId())
                        .param("session", session.key().id())
                        .param("shown", shown)
                        .param("next", next)
                        .param("rotated", session.rotatedAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    void confirm(LiveSession session) {
        jdbc.sql("""
                UPDATE session SET confirmed_at = now()
                WHERE tenant_id = ? AND session_id = ? AND secret_hash = ? AND confirmed_at IS NULL
                """)
                .params(session.key().tenantId(), session.key().id(), session.secretHash())
                .update();
    }

    /** Those that have not ended, newest first; at most a hundred. */
    List<Session> list(UUID tenantId, UUID accountId, Duration idle, Optional<UUID> current) {
        return jdbc.sql("""
                SELECT session_id, user_agent, address, created_at, last_seen_at, expires_at FROM session
                WHERE tenant_id = :tenant AND account_id = :account AND ended_at IS NULL AND expires_at > now()
                  AND last_seen_at > now() - make_interval(secs => :idle)
                ORDER BY session_id DESC LIMIT 100
                """)
                .param("tenant", tenantId)
                .param("account", accountId)
                .param("idle", idle.toSeconds())
                .query((row, number) -> new Session(
                        row.getObject("session_id", UUID.class),
                        current.filter(row.getObject("session_id", UUID.class)::equals)
                                .isPresent(),
                        row.getString("user_agent"),
                        row.getString("address"),
                        Objects.requireNonNull(MachineColumns.instant(row, "created_at")),
                        Objects.requireNonNull(MachineColumns.instant(row, "last_seen_at")),
                        Objects.requireNonNull(MachineColumns.instant(row, "expires_at"))))
                .list();
    }

    /** Those of an account that have not ended, but for one: which ones end by this. */
    List<Ended> endOthers(UUID tenantId, UUID accountId, Optional<UUID> but) {
        return jdbc.sql("""
                UPDATE session SET ended_at = now()
                WHERE tenant_id = :tenant AND account_id = :account AND ended_at IS NULL
                  AND (:but::uuid IS NULL OR session_id <> :but)
                RETURNING session_id, %s
                """.formatted(EMAIL))
                .param("tenant", tenantId)
                .param("account", accountId)
                .param("but", but.orElse(null))
                .query((row, number) -> ended(row))
                .list();
    }

    /** Those that an identity provider began and that have not ended: which ones end by this. */
    List<Ended> endOf(UUID tenantId, UUID providerId) {
        return jdbc.sql("""
                UPDATE session SET ended_at = now() WHERE tenant_id = ? AND provider_id = ? AND ended_at IS NULL
                RETURNING session_id, %s
                """.formatted(EMAIL))
                .params(tenantId, providerId)
                .query((row, number) -> ended(row))
                .list();
    }

    /** Empty if it was none of the account's that had not ended. */
    Optional<Ended> end(UUID tenantId, UUID accountId, UUID sessionId) {
        return jdbc.sql("""
                UPDATE session SET ended_at = now()
                WHERE tenant_id = ? AND account_id = ? AND session_id = ? AND ended_at IS NULL
                RETURNING session_id, %s
                """.formatted(EMAIL))
                .params(tenantId, accountId, sessionId)
                .query((row, number) -> ended(row))
                .optional();
    }

    private static Ended ended(ResultSet row) throws SQLException {
        return new Ended(row.getObject("session_id", UUID.class), row.getString("email"));
    }

    int noteUses(UUID tenantId, List<LastUses.Use> uses) {
        return MachineColumns.noteUses(jdbc, """
                UPDATE session s SET last_seen_at = u.at
                FROM unnest(:ids::uuid[], :times::timestamptz[]) AS u (id, at)
                WHERE tenant_id = :tenant AND s.session_id = u.id AND last_seen_at < u.at
                """, tenantId, uses);
    }

    /** Spelled as the index has it; not with coalesce, which the planner asks of no index below a row's policy. */
    static final String DELETE_OLDEST = """
            DELETE FROM session WHERE tenant_id = :tenant AND session_id IN (
              SELECT session_id FROM session
              WHERE tenant_id = :tenant
                AND CASE WHEN ended_at IS NULL THEN expires_at ELSE ended_at END < now() - make_interval(secs => :seconds)
              LIMIT :limit)
            """;

    /** Of those that ended or expired before as long. */
    int deleteOldest(UUID tenantId, Duration older, int limit) {
        return jdbc.sql(DELETE_OLDEST)
                .param("tenant", tenantId)
                .param("seconds", older.toSeconds())
                .param("limit", limit)
                .update();
    }
}
