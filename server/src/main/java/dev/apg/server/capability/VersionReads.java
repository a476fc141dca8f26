package dev.apg.server.capability;

import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.Digest;
import dev.apg.contract.capability.VersionDetail;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.capability.VersionState;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionSyntaxException;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Rejection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** One version as somebody looks at it. */
@Repository
class VersionReads {
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final VersionDocuments documents;

    VersionReads(JdbcClient jdbc, TenantTransactions transactions, VersionDocuments documents) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.documents = documents;
    }

    /**
     * The name that a path gives.
     *
     * @throws Rejection 404 if the number is not one, so there is no such version
     */
    static VersionKey key(String code, String number) {
        try {
            return new VersionKey(
                    code.toLowerCase(Locale.ROOT), SemVer.parse(number).toString());
        } catch (VersionSyntaxException notSemVer) {
            throw Rejection.notFound("version", code + "@" + number);
        }
    }

    VersionDetail show(TenantContext context, VersionKey key) {
        context.require(Permission.CATALOG_READ);
        return transactions
                .read(
                        context.tenantId(),
                        () -> jdbc.sql("""
                        SELECT version.state, version.state_reason, version.digest, version.edition, version.published_at,
                               version.published_by, version.document
                        FROM version JOIN capability USING (tenant_id, capability_id)
                        WHERE version.tenant_id = :tenant AND capability.code = :code AND version.number = :number
                        """)
                                .param("tenant", context.tenantId())
                                .param("code", key.capability())
                                .param("number", key.number())
                                .query((row, number) -> new VersionDetail(
                                        key.capability(),
                                        key.number(),
                                        VersionState.of(row.getString("state")),
                                        row.getString("state_reason"),
                                        Digest.ofBytes(row.getBytes("digest")).toString(),
                                        row.getLong("edition"),
                                        CapabilityRepository.instant(row, "published_at"),
                                        row.getString("published_by"),
                                        document(row.getBytes("document")),
                                        null))
                                .optional())
                .orElseThrow(() -> Rejection.notFound("version", key.toString()));
    }

    private static @Nullable VersionDocument document(byte @Nullable [] canonical) {
        return canonical == null ? null : WireJson.MAPPER.readValue(canonical, VersionDocument.class);
    }

    /**
     * @throws Rejection 404 if there is none, 410 if it was purged
     */
    StoredVersion document(TenantContext context, VersionKey key) {
        context.require(Permission.CATALOG_READ);
        StoredVersion version =
                documents.find(context, key).orElseThrow(() -> Rejection.notFound("version", key.toString()));
        if (version.canonical().isEmpty()) {
            throw Rejection.gone("version.purged", "%s was purged: its document is gone.".formatted(key));
        }
        return version;
    }
}
