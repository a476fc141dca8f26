package dev.apg.server.account;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code account_link}. */
@Repository
class LinkRepository {
    private final JdbcClient jdbc;

    LinkRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What it was made for; whichever it is, a password is chosen with it. */
    enum Purpose {
        /** Choose the password of an account, as an administrator wants it. */
        PASSWORD,
        /** The same, as somebody wants it who says that they forgot theirs. */
        REMINDER;

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Of whom it is.
     *
     * @param mailed whether it went to the account's address
     */
    record Link(UUID accountId, boolean mailed) {}

    void insert(SecretText link, UUID accountId, Purpose purpose, boolean mailed, Instant expiresAt) {
        jdbc.sql("""
                INSERT INTO account_link (tenant_id, link_id, account_id, purpose, secret_hash, mailed, expires_at)
                VALUES (:tenant, :link, :account, :purpose, :hash, :mailed, :expires)
                """)
                .param("tenant", link.tenantId())
                .param("link", link.id())
                .param("account", accountId)
                .param("purpose", purpose.column())
                .param("hash", link.hash())
                .param("mailed", mailed)
                .param("expires", expiresAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Link> find(SecretText link) {
        return jdbc.sql("""
                SELECT account_id, mailed FROM account_link
                WHERE tenant_id = ? AND link_id = ? AND secret_hash = ? AND expires_at > now()
                """)
                .params(link.tenantId(), link.id(), link.hash())
                .query((row, number) -> new Link(row.getObject("account_id", UUID.class), row.getBoolean("mailed")))
                .optional();
    }

    /** Uses it up; empty, if somebody else was first. */
    Optional<Link> take(SecretText link) {
        return jdbc.sql("""
                DELETE FROM account_link
                WHERE tenant_id = ? AND link_id = ? AND secret_hash = ? AND expires_at > now()
                RETURNING account_id, mailed
                """)
                .params(link.tenantId(), link.id(), link.hash())
                .query((row, number) -> new Link(row.getObject("account_id", UUID.class), row.getBoolean("mailed")))
                .optional();
    }

    void deleteAll(UUID tenantId, UUID accountId) {
        jdbc.sql("DELETE FROM account_link WHERE tenant_id = ? AND account_id = ?")
                .params(tenantId, accountId)
                .update();
    }

    /** Of those for a purpose, all but the newest. */
    void deleteOlder(UUID tenantId, UUID accountId, Purpose purpose) {
        jdbc.sql("""
                DELETE FROM account_link WHERE tenant_id = :tenant AND account_id = :account AND purpose = :purpose
                  AND link_id <> (SELECT link_id FROM account_link
                                  WHERE tenant_id = :tenant AND account_id = :account AND purpose = :purpose
                                  ORDER BY link_id DESC LIMIT 1)
                """)
                .param("tenant", tenantId)
                .param("account", accountId)
                .param("purpose", purpose.column())
                .update();
    }
}
