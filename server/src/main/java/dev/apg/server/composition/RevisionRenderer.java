package dev.apg.server.composition;

import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.composition.FreezeRequest;
import dev.apg.contract.composition.LockDocument;
import dev.apg.contract.composition.LockDocument.LockEntry;
import dev.apg.contract.composition.ResolveOptions;
import dev.apg.contract.composition.Severity;
import dev.apg.contract.composition.ValidationReport;
import dev.apg.contract.composition.ValidationReport.Finding;
import dev.apg.resolver.Request;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.capability.StoredVersion;
import dev.apg.server.catalog.Catalog;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.composition.bundle.Bundle;
import dev.apg.server.composition.bundle.BundleInput;
import dev.apg.server.composition.bundle.BundleRenderer;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.HeavyWork;
import dev.apg.server.web.Rejection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Makes revisions of drafts, and writes nothing. */
@Component
class RevisionRenderer {
    private final ValidationService validation;
    private final Catalog catalog;
    private final CompositionRepository compositions;
    private final TenantTransactions transactions;
    private final HeavyWork heavyWork;

    RevisionRenderer(
            ValidationService validation,
            Catalog catalog,
            CompositionRepository compositions,
            TenantTransactions transactions,
            HeavyWork heavyWork) {
        this.validation = validation;
        this.catalog = catalog;
        this.compositions = compositions;
        this.transactions = transactions;
        this.heavyWork = heavyWork;
    }

    /**
     * What a draft without errors resolves to.
     *
     * @param snapshot that it was resolved on
     */
    record Freezable(Snapshot snapshot, Validated.Choice choice, ValidationReport report, StoredLock lock) {}

    /** @throws Rejection 422 {@code composition.invalid} with the errors of the report */
    Freezable resolve(TenantContext context, DraftRow row, FreezeRequest request) {
        ResolveOptions options = request.options() == null ? ResolveOptions.DEFAULT : request.options();
        // What is chosen stays: from all that this node has acknowledged.
        Validated validated = validation.check(catalog.afterOwnWrites(context), row, options, "options.");
        Validated.Choice choice = validated.choice().orElse(null);
        if (choice == null || !validated.report().valid()) {
            throw invalid(validated.report());
        }
        return new Freezable(validated.resolved().snapshot(), choice, validated.report(), Locks.store(choice.lock()));
    }

    /** @param newest the newest revision, which the new one follows */
    NewRevision render(
            TenantContext context, DraftRow row, FreezeRequest request, Freezable made, Optional<RevisionRow> newest) {
        int number = row.head().orElse(0) + 1;
        String message = request.message() == null ? "" : request.message();
        Instant frozenAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        CompositionRow composition = transactions
                .read(context.tenantId(), () -> compositions.find(context.tenantId(), Reader.of(context), row.code()))
                .orElseThrow(() -> Rejection.notFound("composition", row.code()));
        Validated.Choice choice = made.choice();
        BundleInput input = new BundleInput(
                row.code(),
                composition.displayName(),
                number,
                frozenAt,
                message,
                choice.lock(),
                made.lock().bytes(),
                made.lock().digest(),
                choice.entries(),
                choice.cycles());
        Bundle bundle = heavyWork.run(context, () -> BundleRenderer.render(input));
        return new NewRevision(
                row.compositionId(),
                number,
                message,
                DraftDocuments.write(row.code(), row.draft()),
                row.number(),
                made.lock(),
                made.report(),
                bundle.tar(),
                bundle.digest(),
                frozenAt,
                context.actor().name(),
                choice.versions().stream().map(StoredVersion::id).toList(),
                leftBehind(newest, made),
                RequestBytes.write(ResolverRequests.of(
                        row.draft(), versions(choice.lock()), Set.of(), Request.DEFAULT_STEP_BUDGET)));
    }

    private static SortedMap<String, String> leftBehind(Optional<RevisionRow> newest, Freezable made) {
        return newest.map(before -> new Standings(made.snapshot())
                        .leftBehind(before.lock().document(), made.choice().lock()))
                .orElseGet(TreeMap::new);
    }

    private static Map<String, SemVer> versions(LockDocument lock) {
        return lock.entries().stream()
                .collect(Collectors.toMap(LockEntry::capability, entry -> SemVer.parse(entry.version())));
    }

    private static Rejection invalid(ValidationReport report) {
        List<FieldError> errors = report.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(RevisionRenderer::error)
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
