package dev.apg.server.mail;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code mail}. */
@Repository
class MailRepository {
    private final JdbcClient jdbc;

    MailRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param attempts with the one that begins */
    record Waiting(UUID id, byte[] content, int attempts) {}

    void insert(UUID tenantId, UUID mailId, byte[] content) {
        jdbc.sql("INSERT INTO mail (tenant_id, mail_id, content) VALUES (?, ?, ?)")
                .params(tenantId, mailId, content)
                .update();
    }

    /** The oldest that is due; nobody else gets it for as long as it may take to send it. */
    Optional<Waiting> claim(UUID tenantId, Duration lease) {
        return jdbc.sql("""
                UPDATE mail SET attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => :seconds)
                WHERE tenant_id = :tenant AND mail_id IN (
                  SELECT mail_id FROM mail WHERE tenant_id = :tenant AND next_attempt_at <= now()
                  ORDER BY mail_id LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING mail_id, content, attempts
                """)
                .param("tenant", tenantId)
                .param("seconds", lease.toSeconds())
                .query((row, number) -> new Waiting(
                        row.getObject("mail_id", UUID.class), row.getBytes("content"), row.getInt("attempts")))
                .optional();
    }

    /** It was not taken, and is due again after a while. */
    void postpone(UUID tenantId, UUID mailId, Duration pause) {
        jdbc.sql("""
                UPDATE mail SET next_attempt_at = now() + make_interval(secs => :seconds)
                WHERE tenant_id = :tenant AND mail_id = :mail
                """)
                .param("tenant", tenantId)
                .param("seconds", pause.toSeconds())
                .param("mail", mailId)
                .update();
    }

    void delete(UUID tenantId, UUID mailId) {
        jdbc.sql("DELETE FROM mail WHERE tenant_id = ? AND mail_id = ?")
                .params(tenantId, mailId)
                .update();
    }
}
