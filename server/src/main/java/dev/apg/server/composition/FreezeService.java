package dev.apg.server.composition;

import dev.apg.contract.capability.VersionState;
import dev.apg.contract.composition.FreezeRequest;
import dev.apg.contract.team.Level;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.capability.StoredVersion;
import dev.apg.server.capability.VersionDocuments;
import dev.apg.server.capability.VersionKey;
import dev.apg.server.catalog.CapabilityEntry;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.event.Growth;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Rejection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Freezes drafts. {@link RevisionRenderer} resolves and renders before the transaction, which then only checks that nothing
 * they were made from has changed: a writer never waits for another's solver.
 */
@Service
class FreezeService {
    private final DraftRepository drafts;
    private final RevisionRepository revisions;
    private final DraftService draftService;
    private final CompositionGuards guards;
    private final RevisionRenderer renderer;
    private final VersionDocuments versions;
    private final TenantTransactions transactions;
    private final Writes writes;
    private final CompositionMetrics metrics;

    FreezeService(
            DraftRepository drafts,
            RevisionRepository revisions,
            DraftService draftService,
            CompositionGuards guards,
            RevisionRenderer renderer,
            VersionDocuments versions,
            TenantTransactions transactions,
            Writes writes,
            CompositionMetrics metrics) {
        this.drafts = drafts;
        this.revisions = revisions;
        this.draftService = draftService;
        this.guards = guards;
        this.renderer = renderer;
        this.versions = versions;
        this.transactions = transactions;
        this.writes = writes;
        this.metrics = metrics;
    }

    /**
     * Freezes the draft as the next revision.
     *
     * @throws Rejection 412 if the draft is not the one that {@code If-Match} names; 422 {@code composition.invalid} with
     *     the errors of the report; 409 {@code revision.unchanged} if the newest revision is the same already; 409 {@code
     *     revision.overtaken} if somebody froze another one meanwhile, or a chosen version or its capability changed
     */
    Written<RevisionRow> freeze(TenantContext context, String code, IfMatch ifMatch, FreezeRequest request) {
        context.require(Permission.COMPOSITION_FREEZE);
        try {
            Written<RevisionRow> frozen = frozen(context, code, ifMatch, request);
            metrics.frozen("frozen");
            return frozen;
        } catch (Rejection rejection) {
            metrics.frozen(rejection.code().equals("composition.invalid") ? "invalid" : "refused");
            throw rejection;
        }
    }

    private Written<RevisionRow> frozen(TenantContext context, String code, IfMatch ifMatch, FreezeRequest request) {
        DraftRow row = draftService.find(context, code);
        transactions.read(context.tenantId(), () -> {
            requireAllowed(context, row);
            return row;
        });
        ifMatch.check(row.number());
        RevisionRenderer.Freezable made = renderer.resolve(context, row, request);
        Optional<RevisionRow> newest = newest(context, row);
        requireChanged(row, newest, made.lock());
        NewRevision revision = renderer.render(context, row, request, made, newest);
        return writes.write(context, journal -> save(context, journal, row, made, revision));
    }

    private void requireAllowed(TenantContext context, DraftRow row) {
        guards.require(context, Permission.COMPOSITION_FREEZE, row.compositionId(), row.code(), Level.EDIT);
    }

    /** The transaction: everything is as it was when the revision was made, or nothing is stored. */
    private RevisionRow save(
            TenantContext context,
            Journal journal,
            DraftRow row,
            RevisionRenderer.Freezable made,
            NewRevision revision) {
        UUID tenant = context.tenantId();
        DraftRow now = drafts.lock(tenant, row.code()).orElseThrow(() -> Rejection.notFound("composition", row.code()));
        requireAllowed(context, now);
        if (!now.compositionId().equals(row.compositionId())) {
            throw Rejection.stale("%s was deleted and created again while it was being frozen".formatted(row.code()));
        }
        if (now.number() != row.number()) {
            throw Rejection.stale(
                    "the draft is number %d by now and no longer %d: somebody changed it while it was being frozen"
                            .formatted(now.number(), row.number()));
        }
        if (!now.head().equals(row.head())) {
            requireChanged(now, newest(context, now), revision.lock());
            throw Rejection.conflict(
                    "revision.overtaken",
                    "revision %d was frozen meanwhile: resolve and freeze again"
                            .formatted(now.head().orElse(0)));
        }
        requireSameVersions(context, made.snapshot(), made.choice());
        revisions.insert(tenant, revision);
        journal.grow(Growth.ofBytes(revision.bundle().length));
        journal.record(new Mutation(
                "revision.frozen",
                "revision",
                row.compositionId(),
                "%s@%d".formatted(row.code(), revision.number()),
                Map.of(
                        "number",
                        revision.number(),
                        "lock_digest",
                        revision.lock().digest(),
                        "bundle_digest",
                        revision.bundleDigest()),
                Optional.empty(),
                Optional.of(Map.of(
                        "draft_number",
                        revision.draftNumber(),
                        "message",
                        revision.message(),
                        "lock_digest",
                        revision.lock().digest(),
                        "bundle_digest",
                        revision.bundleDigest()))));
        return revisions.find(tenant, row.compositionId(), revision.number()).orElseThrow();
    }

    private Optional<RevisionRow> newest(TenantContext context, DraftRow row) {
        return row.head()
                .flatMap(number -> transactions.read(
                        context.tenantId(), () -> revisions.find(context.tenantId(), row.compositionId(), number)));
    }

    /** Freezing what is frozen already would only add a number. */
    private static void requireChanged(DraftRow row, Optional<RevisionRow> head, StoredLock lock) {
        head.filter(newest -> newest.lock().digest().equals(lock.digest()))
                .filter(newest -> DraftDocuments.stored(newest.draft()).equals(row.draft()))
                .ifPresent(newest -> {
                    throw Rejection.conflict(
                            "revision.unchanged",
                            "draft %d is frozen already: revision %d has the same draft and the same lock"
                                    .formatted(row.number(), newest.summary().number()));
                });
    }

    /**
     * Keeps the chosen versions and their capabilities from changing until the transaction ends, and compares them with what
     * the draft was resolved on.
     */
    private void requireSameVersions(TenantContext context, Snapshot snapshot, Validated.Choice choice) {
        Map<VersionKey, VersionDocuments.Standing> standings = versions.lockStandings(
                context, choice.versions().stream().map(StoredVersion::key).toList());
        for (StoredVersion chosen : choice.versions()) {
            VersionKey key = chosen.key();
            CapabilityEntry capability = snapshot.capability(key.capability()).orElseThrow();
            VersionState state =
                    capability.version(SemVer.parse(key.number())).orElseThrow().state();
            VersionDocuments.Standing now = standings.get(key);
            if (now == null || now.state() != state) {
                throw overtaken(
                        key.toString(),
                        state.wire(),
                        now == null ? "gone" : now.state().wire());
            }
            if (now.status() != capability.status()) {
                throw overtaken(
                        key.capability(),
                        capability.status().wire(),
                        now.status().wire());
            }
        }
    }

    private static Rejection overtaken(String name, String was, String is) {
        return Rejection.conflict(
                "revision.overtaken", "%s was %s and is %s now: resolve and freeze again".formatted(name, was, is));
    }
}
