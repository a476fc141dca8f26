package dev.apg.server.composition;

import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.capability.VersionState;
import dev.apg.contract.composition.FreezeRequest;
import dev.apg.contract.composition.LockDocument;
import dev.apg.contract.composition.LockDocument.LockEntry;
import dev.apg.contract.composition.ResolveOptions;
import dev.apg.contract.composition.Severity;
import dev.apg.contract.composition.ValidationReport;
import dev.apg.contract.composition.ValidationReport.Finding;
import dev.apg.contract.team.Level;
import dev.apg.resolver.Request;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.capability.StoredVersion;
import dev.apg.server.capability.VersionDocuments;
import dev.apg.server.capability.VersionKey;
import dev.apg.server.catalog.CapabilityEntry;
import dev.apg.server.catalog.Catalog;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.composition.bundle.Bundle;
import dev.apg.server.composition.bundle.BundleInput;
import dev.apg.server.composition.bundle.BundleRenderer;
import dev.apg.server.event.Growth;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.HeavyWork;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Rejection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/**
 * Freezes drafts. Resolving and rendering happen before the transaction, which then only checks that nothing they were
 * made from has changed: a writer never waits for another's solver.
 */
@Service
class FreezeService {
    private final DraftRepository drafts;
    private final CompositionRepository compositions;
    private final RevisionRepository revisions;
    private final DraftService draftService;
    private final CompositionGuards guards;
    private final ValidationService validation;
    private final VersionDocuments versions;
    private final TenantTransactions transactions;
    private final Writes writes;
    private final CompositionMetrics metrics;
    private final HeavyWork heavyWork;
    private final Catalog catalog;

    FreezeService(
            DraftRepository drafts,
            CompositionRepository compositions,
            RevisionRepository revisions,
            DraftService draftService,
            CompositionGuards guards,
            ValidationService validation,
            VersionDocuments versions,
            TenantTransactions transactions,
            Writes writes,
            CompositionMetrics metrics,
            HeavyWork heavyWork,
            Catalog catalog) {
        this.catalog = catalog;
        this.drafts = drafts;
        this.compositions = compositions;
        this.revisions = revisions;
        this.draftService = draftService;
        this.guards = guards;
        this.validation = validation;
        this.versions = versions;
        this.transactions = transactions;
        this.writes = writes;
        this.metrics = metrics;
        this.heavyWork = heavyWork;
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
        ResolveOptions options = request.options() == null ? ResolveOptions.DEFAULT : request.options();
        // What is chosen stays: from all that this node has acknowledged.
        Validated validated = validation.check(catalog.afterOwnWrites(context), row, options, "options.");
        Validated.Choice choice = validated.choice().orElse(null);
        if (choice == null || !validated.report().valid()) {
            throw invalid(validated.report());
        }
        StoredLock lock = Locks.store(choice.lock());
        Optional<RevisionRow> newest = newest(context, row);
        requireChanged(row, newest, lock);
        SortedMap<String, String> leftBehind = newest.map(
                        before -> new Standings(validated.resolved().snapshot())
                                .leftBehind(before.lock().document(), choice.lock()))
                .orElseGet(TreeMap::new);
        NewRevision revision = render(context, row, request, validated, choice, lock, leftBehind);
        return writes.write(
                context,
                journal -> save(context, journal, row, validated.resolved().snapshot(), choice, revision));
    }

    private NewRevision render(
            TenantContext context,
            DraftRow row,
            FreezeRequest request,
            Validated validated,
            Validated.Choice choice,
            StoredLock lock,
            SortedMap<String, String> leftBehind) {
        int number = row.head().orElse(0) + 1;
        String message = request.message() == null ? "" : request.message();
        Instant frozenAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        CompositionRow composition = transactions
                .read(context.tenantId(), () -> compositions.find(context.tenantId(), Reader.of(context), row.code()))
                .orElseThrow(() -> Rejection.notFound("composition", row.code()));
        BundleInput input = new BundleInput(
                row.code(),
                composition.displayName(),
                number,
                frozenAt,
                message,
                choice.lock(),
                lock.bytes(),
                lock.digest(),
                choice.entries(),
                choice.cycles());
        Bundle bundle = heavyWork.run(context, () -> BundleRenderer.render(input));
        return new NewRevision(
                row.compositionId(),
                number,
                message,
                DraftDocuments.write(row.code(), row.draft()),
                row.number(),
                lock,
                validated.report(),
                bundle.tar(),
                bundle.digest(),
                frozenAt,
                context.actor().name(),
                choice.versions().stream().map(StoredVersion::id).toList(),
                leftBehind,
                RequestBytes.write(ResolverRequests.of(
                        row.draft(), versions(choice.lock()), Set.of(), Request.DEFAULT_STEP_BUDGET)));
    }

    private void requireAllowed(TenantContext context, DraftRow row) {
        guards.require(context, Permission.COMPOSITION_FREEZE, row.compositionId(), row.code(), Level.EDIT);
    }

    private static Map<String, SemVer> versions(LockDocument lock) {
        return lock.entries().stream()
                .collect(Collectors.toMap(LockEntry::capability, entry -> SemVer.parse(entry.version())));
    }

    /** The transaction: everything is as it was when the revision was made, or nothing is stored. */
    private RevisionRow save(
            TenantContext context,
            Journal journal,
            DraftRow row,
            Snapshot snapshot,
            Validated.Choice choice,
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
        requireSameVersions(context, snapshot, choice);
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

    private static Rejection invalid(ValidationReport report) {
        List<FieldError> errors = report.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(FreezeService::error)
                .toList();
        String why =
                errors.getFirst().finding() + (errors.size() == 1 ? "" : " And %d more.".formatted(errors.size() - 1));
        return Rejection.of(
                HttpStatus.UNPROCESSABLE_CONTENT, "composition.invalid", "The draft cannot be frozen: " + why, errors);
    }

    private static FieldError error(Finding finding) {
        return new FieldError(
                null,
                null,
                finding.path() != null ? finding.path() : "draft",
                finding.capability(),
                Findings.expected(finding),
                finding.code(),
                finding.sentence());
    }
}
