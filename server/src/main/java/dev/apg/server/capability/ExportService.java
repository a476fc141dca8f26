package dev.apg.server.capability;

import dev.apg.contract.capability.About;
import dev.apg.contract.capability.CapabilityDocument;
import dev.apg.contract.capability.ServiceDocument;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.audit.AuditNotes;
import dev.apg.server.capability.ExportRepository.Row;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Rejection;
import dev.apg.server.web.ReservedFile;
import dev.apg.server.web.ScratchFile;
import dev.apg.server.web.TenantSlots;
import dev.apg.server.web.TenantTurns;
import dev.apg.server.web.TenantTurns.Turn;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Writes everything that a tenant has published in a form that {@link ImportService} reads back to the same digests. It goes
 * to a file first, as fast as the database gives it: a client that reads slowly keeps a file, and no connection, no
 * transaction and no document in memory.
 */
@Service
class ExportService {
    /** Exports of one tenant and of the node that are written or read at the same time. */
    private static final int MOST_OF_TENANT = 4;

    private static final int MOST = 16;

    /** Exports that are written at the same time; each has a connection to the database. */
    private static final int WRITTEN_AT_ONCE = 2;

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final int BUFFER = 64 * 1024;

    private final ExportRepository repository;
    private final TenantTransactions transactions;
    private final AuditNotes notes;
    private final Path directory;
    private final TenantSlots slots = new TenantSlots(MOST_OF_TENANT, MOST);
    private final TenantTurns writing = new TenantTurns(WRITTEN_AT_ONCE);

    ExportService(ExportRepository repository, TenantTransactions transactions, AuditNotes notes, Settings settings) {
        this.repository = repository;
        this.transactions = transactions;
        this.notes = notes;
        this.directory = settings.dataDirectory();
    }

    /**
     * Services, then each capability followed by its versions; all of one moment, whatever is published meanwhile. In the
     * order of codes and of version precedence, so that equal catalogues export to equal bytes.
     *
     * @return to be closed, whatever happens
     * @throws Rejection 503 {@code export.busy}, if as many are under way as may be
     */
    Export export(TenantContext context) {
        context.require(Permission.CATALOG_READ);
        ReservedFile reserved = ReservedFile.in(directory, "export", slots, context.tenantId())
                .orElseThrow(() -> busy("has as many exports under way as it may (at most %d of a tenant, %d in all)"
                        .formatted(MOST_OF_TENANT, MOST)));
        return new Export(reserved.filledBy(file -> {
            Turn turn = awaitTurn(context);
            try (turn) {
                write(context, file);
            }
            notes.noteExport(context, "catalogue.exported", Map.of("bytes", file.size()));
        }));
    }

    private Turn awaitTurn(TenantContext context) {
        return writing.await(context.tenantId(), LONGEST_WAIT)
                .orElseThrow(() -> busy("writes as many exports as it may already (at most 1 of a tenant, %d in all)"
                        .formatted(WRITTEN_AT_ONCE)));
    }

    private static Rejection busy(String why) {
        return Rejection.unavailable("export.busy", "This node %s.".formatted(why), RETRY_AFTER);
    }

    private void write(TenantContext context, ScratchFile file) {
        var out = new BufferedOutputStream(file.appending(), BUFFER);
        transactions.readLong(context.tenantId(), () -> {
            writeLines(context.tenantId(), out);
            return context;
        });
        try {
            out.flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Inside a transaction of the tenant in which everything is of one moment. */
    void writeLines(UUID tenantId, OutputStream out) {
        var lines = new ExportLines(out, ids -> repository.documents(tenantId, ids));
        try (Stream<ServiceDocument> services = repository.services(tenantId);
                Stream<PublishedCapability> capabilities = repository.capabilities(tenantId);
                Stream<Row> versions = repository.versions(tenantId)) {
            services.forEach(lines::add);
            merge(capabilities.iterator(), versions.iterator(), lines);
            lines.flush();
        }
    }

    /** Both sides are in the order of the capability's code, and a version always has its capability. */
    private static void merge(Iterator<PublishedCapability> capabilities, Iterator<Row> versions, ExportLines lines) {
        @Nullable Row next = versions.hasNext() ? versions.next() : null;
        while (capabilities.hasNext()) {
            PublishedCapability capability = capabilities.next();
            lines.add(describe(capability));
            List<Row> alike = new ArrayList<>();
            while (next != null && next.capabilityId().equals(capability.id())) {
                if (!alike.isEmpty() && !alike.getFirst().release().equals(next.release())) {
                    addByPrecedence(capability.code(), alike, lines);
                }
                alike.add(next);
                next = versions.hasNext() ? versions.next() : null;
            }
            addByPrecedence(capability.code(), alike, lines);
        }
    }

    /** A release and its pre-releases, which the database does not know how to order; without documents, so they fit. */
    private static void addByPrecedence(String code, List<Row> alike, ExportLines lines) {
        alike.sort(Comparator.comparing(row -> SemVer.parse(row.number())));
        alike.forEach(row -> lines.add(code, row));
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
}
