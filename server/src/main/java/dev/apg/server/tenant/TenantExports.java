package dev.apg.server.tenant;

import dev.apg.contract.WireJson;
import dev.apg.contract.tenant.Tenant;
import dev.apg.contract.tenant.TenantState;
import dev.apg.server.archive.Archive;
import dev.apg.server.archive.TenantPart;
import dev.apg.server.audit.AuditNotes;
import dev.apg.server.event.EventLog;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.PlatformContext;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantGoneException;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Rejection;
import dev.apg.server.web.ReservedFile;
import dev.apg.server.web.ScratchFile;
import dev.apg.server.web.TenantSlots;
import dev.apg.server.web.TenantTurns;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Hands out everything that a tenant has, of one moment. It goes to a file first, as fast as the database gives it: a client
 * that reads slowly keeps a file, and no connection, no transaction and no row in memory.
 */
@Service
class TenantExports {
    private static final int MOST_OF_TENANT = 2;
    private static final int MOST = 8;

    /** Exports that are written at the same time; each has a connection to the database. */
    private static final int WRITTEN_AT_ONCE = 1;

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final int BUFFER = 64 * 1024;

    private final List<TenantPart> parts;
    private final TenantRepository tenants;
    private final TenantTransactions transactions;
    private final EventLog events;
    private final AuditNotes notes;
    private final Path directory;
    private final TenantSlots slots = new TenantSlots(MOST_OF_TENANT, MOST);
    private final TenantTurns writing = new TenantTurns(WRITTEN_AT_ONCE);

    TenantExports(
            List<TenantPart> parts,
            TenantRepository tenants,
            TenantTransactions transactions,
            EventLog events,
            AuditNotes notes,
            Settings settings) {
        this.parts =
                parts.stream().sorted(Comparator.comparing(TenantPart::name)).toList();
        this.tenants = tenants;
        this.transactions = transactions;
        this.events = events;
        this.notes = notes;
        this.directory = settings.dataDirectory();
    }

    /** What an export consists of. */
    List<TenantPart> parts() {
        return parts;
    }

    /**
     * The caller's own tenant.
     *
     * @return to be closed, whatever happens
     * @throws Rejection 503 {@code export.busy}, if as many are under way as may be
     */
    ReservedFile export(TenantContext context) {
        context.require(Permission.TENANT_ADMINISTER);
        // Compositions that others own and the whole audit log are in it.
        context.require(Permission.COMPOSITION_ADMINISTER);
        context.require(Permission.AUDIT_READ);
        return write(context);
    }

    /**
     * Another one, in whatever state it is.
     *
     * @throws Rejection likewise; 409 {@code tenant.over}
     */
    ReservedFile export(PlatformContext context, Tenant tenant) {
        if (tenant.state() == TenantState.ERASING) {
            throw new TenantGoneException();
        }
        return write(context.of(tenant.id()));
    }

    private ReservedFile write(TenantContext context) {
        UUID tenantId = context.tenantId();
        return ReservedFile.in(directory, "tenant", slots, tenantId)
                .orElseThrow(TenantExports::busy)
                .filledBy(file -> {
                    try (TenantTurns.Turn turn =
                            writing.await(tenantId, LONGEST_WAIT).orElseThrow(TenantExports::busy)) {
                        // Before it is read, so that it is in what is taken out.
                        notes.noteExport(context, "tenant.exported", Map.of());
                        write(tenantId, file);
                    }
                });
    }

    private static Rejection busy() {
        return Rejection.unavailable(
                "export.busy",
                "As many exports of tenants are under way as may be (at most %d of a tenant, %d in all; %d is written at a time)."
                        .formatted(MOST_OF_TENANT, MOST, WRITTEN_AT_ONCE),
                RETRY_AFTER);
    }

    private void write(UUID tenantId, ScratchFile file) {
        var out = new BufferedOutputStream(file.appending(), BUFFER);
        transactions.readLong(tenantId, () -> {
            Tenant tenant = tenants.get(tenantId);
            var archive = new Archive(out);
            archive.file("tenant.json", json -> json.write(WireJson.MAPPER.writeValueAsBytes(tenant)));
            parts.forEach(part -> part.write(tenantId, archive));
            archive.finish(
                    tenant.code(), Instant.now(), events.extent(tenantId).end().toString());
            return tenant;
        });
        try {
            out.flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
