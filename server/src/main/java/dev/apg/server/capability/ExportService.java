package dev.apg.server.capability;

import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.Digest;
import dev.apg.contract.capability.About;
import dev.apg.contract.capability.CapabilityDocument;
import dev.apg.contract.capability.ServiceDocument;
import dev.apg.contract.capability.StateDocument;
import dev.apg.contract.capability.VersionState;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.capability.ExportRepository.Row;
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
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Writes everything that a tenant has published in a form that {@link ImportService} reads back to the same digests. */
@Service
class ExportService {
    private final ExportRepository repository;
    private final TenantTransactions transactions;

    ExportService(ExportRepository repository, TenantTransactions transactions) {
        this.repository = repository;
        this.transactions = transactions;
    }

    /**
     * Services, then each capability followed by its versions; all of one moment, whatever is published meanwhile. In the
     * order of codes and of version precedence, so that equal catalogues export to equal bytes.
     */
    void write(TenantContext context, OutputStream out) {
        context.require(Permission.CATALOG_READ);
        transactions.readLong(context.tenantId(), () -> {
            services(context.tenantId(), out);
            try (Stream<PublishedCapability> capabilities = repository.capabilities(context.tenantId());
                    Stream<Row> versions = repository.versions(context.tenantId())) {
                merge(capabilities.iterator(), versions.iterator(), out);
            }
            return context;
        });
    }

    private void services(UUID tenantId, OutputStream out) {
        try (Stream<ServiceDocument> services = repository.services(tenantId)) {
            services.forEach(service -> line(out, service));
        }
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
