package dev.apg.server.account;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code account_identity}; inside a transaction of its tenant. */
@Repository
class IdentityRepository {
    private final JdbcClient jdbc;

    IdentityRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whom a provider means. */
    Optional<UUID> account(UUID tenantId, UUID providerId, String subject) {
        return jdbc.sql("""
                SELECT account_id FROM account_identity WHERE tenant_id = ? AND provider_id = ? AND subject = ?
                """)
                .params(tenantId, providerId, subject)
                .query(UUID.class)
                .optional();
    }

    /** What a provider calls somebody, unless they may not come in. */
    Optional<String> subject(UUID tenantId, UUID accountId, UUID providerId) {
        return jdbc.sql("""
                SELECT i.subject FROM account_identity i JOIN account a USING (tenant_id, account_id)
                WHERE i.tenant_id = ? AND i.account_id = ? AND i.provider_id = ? AND a.disabled_at IS NULL
                """)
                .params(tenantId, accountId, providerId)
                .query(String.class)
                .optional();
    }

    /** Whether neither of them was linked to another one. */
    boolean insert(UUID tenantId, UUID providerId, String subject, UUID accountId) {
        return jdbc.sql("""
                        INSERT INTO account_identity (tenant_id, provider_id, subject, account_id) VALUES (?, ?, ?, ?)
                        ON CONFLICT DO NOTHING
                        """).params(tenantId, providerId, subject, accountId).update() == 1;
    }

    /** Accounts that a provider knows, whoever made them. */
    long count(UUID tenantId, UUID providerId) {
        return jdbc.sql("SELECT count(*) FROM account_identity WHERE tenant_id = ? AND provider_id = ?")
                .params(tenantId, providerId)
                .query(Long.class)
                .single();
    }

    /** Whether some identity provider knows it. */
    boolean isKnown(UUID tenantId, UUID accountId) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM account_identity WHERE tenant_id = ? AND account_id = ?)")
                .params(tenantId, accountId)
                .query(Boolean.class)
                .single();
    }

    /** Whether one of these identity providers knows it. */
    boolean isKnown(UUID tenantId, UUID accountId, Set<UUID> providers) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM account_identity
                               WHERE tenant_id = ? AND account_id = ? AND provider_id = ANY (?))
                """)
                .params(tenantId, accountId, providers.toArray(UUID[]::new))
                .query(Boolean.class)
                .single();
    }

    /** Whether nothing but identity providers says who it is. */
    boolean isOnlyKnownElsewhere(UUID tenantId, UUID accountId) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM account_identity i JOIN account a USING (tenant_id, account_id)
                               WHERE i.tenant_id = ? AND i.account_id = ? AND a.password_hash IS NULL)
                """).params(tenantId, accountId).query(Boolean.class).single();
    }
}
