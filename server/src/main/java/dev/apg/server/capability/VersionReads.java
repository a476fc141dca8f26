package dev.apg.server.capability;

import dev.apg.contract.capability.VersionDetail;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionSyntaxException;
import dev.apg.server.platform.NearVersions;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** One version as somebody looks at it. */
@Service
class VersionReads {
    private final VersionRepository versions;
    private final TenantTransactions transactions;
    private final VersionDocuments documents;

    VersionReads(VersionRepository versions, TenantTransactions transactions, VersionDocuments documents) {
        this.versions = versions;
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
            throw Rejection.notFound("version", code + "@" + number, notSemVer.expected());
        }
    }

    VersionDetail show(TenantContext context, VersionKey key) {
        context.require(Permission.CATALOG_READ);
        UUID tenant = context.tenantId();
        return transactions.read(tenant, () -> versions.show(tenant, key).orElseThrow(() -> unknown(tenant, key)));
    }

    /**
     * @throws Rejection 404 if there is none, 410 if it was purged
     */
    StoredVersion document(TenantContext context, VersionKey key) {
        context.require(Permission.CATALOG_READ);
        UUID tenant = context.tenantId();
        StoredVersion version =
                documents.find(context, key).orElseThrow(() -> transactions.read(tenant, () -> unknown(tenant, key)));
        if (version.canonical().isEmpty()) {
            throw Rejection.gone("version.purged", "%s was purged: its document is gone.".formatted(key));
        }
        return version;
    }

    /** Refuses a number that no version has, with those around it; inside a transaction. */
    Rejection unknown(UUID tenant, VersionKey key) {
        List<SemVer> known = versions
                .numbers(tenant, List.of(key.capability()))
                .getOrDefault(key.capability(), VersionRepository.Numbers.NONE)
                .all()
                .stream()
                .map(SemVer::parse)
                .toList();
        return known.isEmpty()
                ? Rejection.notFound("version", key.toString())
                : Rejection.notFound(
                        "version",
                        key.toString(),
                        NearVersions.expected(key.capability(), SemVer.parse(key.number()), known));
    }
}
