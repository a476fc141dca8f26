package dev.apg.server.capability;

import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.Digest;
import dev.apg.contract.capability.About;
import dev.apg.contract.capability.CapabilityDocument;
import dev.apg.contract.capability.ServiceDocument;
import dev.apg.contract.capability.StateDocument;
import dev.apg.contract.capability.VersionState;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Writes everything that a tenant has published in a form that {@link ImportService} reads back to the same digests. */
@Service
class ExportService {
    private static final int ROWS_AT_ONCE = 200;

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;

    ExportService(JdbcClient jdbc, TenantTransactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    private record Row(
            UUID capabilityId,
            String number,
            VersionState state,
            @Nullable String reason,
            byte[] digest,
            byte @Nullable [] document) {

        /** The number without what makes it a pre-release. */
        String release() {
            return number.split("-", 2)[0];
        }
    }

    /**
     * Services, then each capability followed by its versions; all of one moment, whatever is published meanwhile. In the
     * order of codes and of version precedence, so that equal catalogues export to equal bytes.
     */
    void write(TenantContext context, OutputStream out) {
        context.require(Permission.CATALOG_READ);
        transactions.readLong(context.tenantId(), () -> {
            services(context.tenantId(), out);
            try (Stream<PublishedCapability> capabilities = jdbc
                            .sql(CapabilityRepository.SELECT + " ORDER BY code COLLATE \"C\"")
                            .withFetchSize(ROWS_AT_ONCE)
                            .param("tenant", context.tenantId())
                            .query(CapabilityRepository.ROW)
                            .stream();
                    Stream<Row> versions = versions(context.tenantId())) {
                merge(capabilities.iterator(), versions.iterator(), out);
            }
            return context;
        });
    }

    private void services(UUID tenantId, OutputStream out) {
        try (Stream<ServiceDocument> services = jdbc
                .sql("""
                SELECT code, description FROM service WHERE tenant_id = :tenant ORDER BY code COLLATE "C"
                """)
                .withFetchSize(ROWS_AT_ONCE)
                .param("tenant", tenantId)
                .query((row, number) -> new ServiceDocument(
                        ServiceDocument.FORMAT, row.getString("code"), row.getString("description")))
                .stream()) {
            services.forEach(service -> line(out, service));
        }
    }

    private Stream<Row> versions(UUID tenantId) {
        return jdbc
                .sql("""
                SELECT capability_id, number, state, state_reason, digest, document
                FROM version JOIN capability USING (tenant_id, capability_id)
                WHERE tenant_id = :tenant
                ORDER BY code COLLATE "C", string_to_array(split_part(number, '-', 1), '.')::numeric[]
                """)
                .withFetchSize(ROWS_AT_ONCE)
                .param("tenant", tenantId)
                .query((row, number) -> new Row(
                        row.getObject("capability_id", UUID.class),
                        row.getString("number"),
                        VersionState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                        row.getString("state_reason"),
                        row.getBytes("digest"),
                        row.getBytes("document")))
                .stream();
    }

    /** Both sides are in the order of the capability's code, and a version always has its capability. */
    private static void merge(Iterator<PublishedCapability> capabilities, Iterator<Row> versions, OutputStream out) {
        @Nullable Row next = versions.hasNext() ? versions.next() : null;
        while (capabilities.hasNext()) {
            PublishedCapability capability = capabilities.next();
            line(out, describe(capability));
            List<Row> alike = new ArrayList<>();
            while (next != null && next.capabilityId().equals(capability.id())) {
                if (!alike.isEmpty() && !alike.getFirst().release().equals(next.release())) {
                    writeByPrecedence(capability.code(), alike, out);
                }
                alike.add(next);
                next = versions.hasNext() ? versions.next() : null;
            }
            writeByPrecedence(capability.code(), alike, out);
        }
    }

    /** A release and its pre-releases, which the database does not know how to order; few, so they fit in memory. */
    private static void writeByPrecedence(String code, List<Row> alike, OutputStream out) {
        alike.sort(Comparator.comparing(row -> SemVer.parse(row.number())));
        alike.forEach(row -> write(code, row, out));
        alike.clear();
    }

    private static CapabilityDocument describe(PublishedCapability capability) {
        return new CapabilityDocument(
                CapabilityDocument.FORMAT,
                capability.code(),
                capability.status(),
                new About(
                        capability.displayName(),
                        capability.description(),
                        capability.category(),
                        capability.subcategory(),
                        capability.owner(),
                        capability.tags(),
                        capability.keywords()));
    }

    private static void write(String code, Row version, OutputStream out) {
        if (version.document() != null) {
            line(out, version.document());
        }
        if (version.state() != VersionState.PUBLISHED) {
            line(
                    out,
                    new StateDocument(
                            StateDocument.FORMAT,
                            code,
                            version.number(),
                            version.state(),
                            version.reason(),
                            Digest.ofBytes(version.digest()).toString()));
        }
    }

    private static void line(OutputStream out, Object document) {
        line(out, WireJson.MAPPER.writeValueAsBytes(document));
    }

    private static void line(OutputStream out, byte[] json) {
        try {
            out.write(json);
            out.write('\n');
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
