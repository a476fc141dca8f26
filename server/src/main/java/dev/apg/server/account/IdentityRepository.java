package dev.apg.server.account;

import dev.apg.server.account.Proofs.Proof;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code account_identity}, and whether the providers in it let people in; inside a transaction of its tenant. */
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

    /** What a provider that is not disabled calls somebody, unless they may not come in. */
    Optional<Proof> proof(UUID tenantId, UUID accountId, UUID providerId) {
        return jdbc.sql("""
                SELECT i.subject, p.edition
                FROM account_identity i JOIN account a USING (tenant_id, account_id)
                  JOIN identity_provider p USING (tenant_id, provider_id)
                WHERE i.tenant_id = ? AND i.account_id = ? AND i.provider_id = ? AND a.disabled_at IS NULL
                  AND p.disabled_at IS NULL
                """)
                .params(tenantId, accountId, providerId)
                .query((row, number) -> Proof.of(providerId, row.getLong("edition"), row.getString("subject")))
                .optional();
    }

    /** By which edition of its rules a provider lets people in, if it does; whoever wants to change or delete it waits until the transaction ends. */
    Optional<Long> hold(UUID tenantId, UUID providerId) {
        return jdbc.sql("""
                SELECT edition FROM identity_provider
                WHERE tenant_id = ? AND provider_id = ? AND disabled_at IS NULL FOR SHARE
                """).params(tenantId, providerId).query(Long.class).optional();
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

    /** Whether nothing but identity providers says who it is. */
    boolean isOnlyKnownElsewhere(UUID tenantId, UUID accountId) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM account_identity i JOIN account a USING (tenant_id, account_id)
                               WHERE i.tenant_id = ? AND i.account_id = ? AND a.password_hash IS NULL)
                """).params(tenantId, accountId).query(Boolean.class).single();
    }
}
