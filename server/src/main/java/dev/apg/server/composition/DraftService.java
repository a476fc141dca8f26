package dev.apg.server.composition;

import dev.apg.contract.capability.Warning;
import dev.apg.contract.composition.AppliedOperation;
import dev.apg.contract.composition.AppliedOperations;
import dev.apg.contract.composition.ApplyOperations;
import dev.apg.contract.composition.DescribeComposition;
import dev.apg.contract.composition.DescribedField;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.ReplacedDraft;
import dev.apg.contract.team.Level;
import dev.apg.server.catalog.Catalog;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.event.Answered;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.setting.ResolutionPolicies;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** The drafts of compositions. Writers of one composition queue at its row, so that numbers have no gap. */
@Service
class DraftService {
    /** How far behind {@code based_on} may be. */
    private static final int MAX_BEHIND = 1_000;

    /** Of operations that are read at once, unless a single one has more. */
    private static final long MOST_BYTES = 4L * 1024 * 1024;

    private final DraftRepository drafts;
    private final CompositionRepository compositions;
    private final Descriptions descriptions;
    private final CompositionGuards guards;
    private final Vocabulary vocabulary;
    private final ResolutionPolicies policies;
    private final Catalog catalog;
    private final TenantTransactions transactions;
    private final Writes writes;

    DraftService(
            DraftRepository drafts,
            CompositionRepository compositions,
            Descriptions descriptions,
            CompositionGuards guards,
            Vocabulary vocabulary,
            ResolutionPolicies policies,
            Catalog catalog,
            TenantTransactions transactions,
            Writes writes) {
        this.drafts = drafts;
        this.compositions = compositions;
        this.descriptions = descriptions;
        this.guards = guards;
        this.vocabulary = vocabulary;
        this.policies = policies;
        this.catalog = catalog;
        this.transactions = transactions;
        this.writes = writes;
    }

    DraftRow find(TenantContext context, String code) {
        context.require(Permission.COMPOSITION_READ);
        return transactions.read(
                context.tenantId(),
                () -> drafts.find(context.tenantId(), Reader.of(context), DraftSyntax.lower(code))
                        .orElseThrow(() -> guards.unknown(context, code)));
    }

    /** What became of what a draft names. */
    Answered<BecomeOf.Told> become(TenantContext context, String code) {
        Draft draft = find(context, code).draft();
        Snapshot snapshot = catalog.snapshot(context);
        return new Answered<>(BecomeOf.draft(draft, snapshot), snapshot.cursor());
    }

    /**
     * At most {@code limit} and at most a few megabytes of them: where they end before the draft's number, more follow.
     *
     * @param after empty for the oldest ones that are kept
     * @throws Rejection 410 {@code draft.history_forgotten}, if what follows {@code after} is no longer kept
     */
    AppliedOperations operations(TenantContext context, String code, Optional<Long> after, int limit) {
        context.require(Permission.COMPOSITION_READ);
        return transactions.read(context.tenantId(), () -> {
            DraftRow row = drafts.find(context.tenantId(), Reader.of(context), DraftSyntax.lower(code))
                    .orElseThrow(() -> guards.unknown(context, code));
            long forgotten = drafts.forgotten(context.tenantId(), row.compositionId());
            long first = after.orElse(forgotten);
            if (first < forgotten) {
                throw Rejection.gone(
                        "draft.history_forgotten",
                        "after: %d (expected: at least %d, as older operations are no longer kept): read the draft again, or leave it out"
                                .formatted(first, forgotten));
            }
            return new AppliedOperations(
                    row.number(),
                    drafts.operations(context.tenantId(), row.compositionId(), first, limit, MOST_BYTES),
                    List.of());
        });
    }

    /** Applies operations in order, all or none. */
    Written<AppliedOperations> apply(TenantContext context, String code, ApplyOperations request) {
        context.require(Permission.COMPOSITION_EDIT);
        List<DraftOperation> operations = request.operations().stream()
                .map(operation -> complete(context, operation))
                .toList();
        vocabulary.require(context, operations, "operations");
        List<Warning> warnings = vocabulary.warnings(context, operations, "operations");
        UUID tenant = context.tenantId();
        return writes.write(context, journal -> {
            DraftRow before = lock(context, code);
            Long basedOn = request.basedOn();
            if (basedOn != null) {
                requireUntouched(tenant, before, basedOn, operations);
            }
            List<AppliedOperation> applied = save(context, journal, before, operations, "operations");
            return new AppliedOperations(before.number() + operations.size(), applied, warnings);
        });
    }

    /** With what holds now where it names no policy: the operation means the same whenever it is applied again. */
    private DraftOperation complete(TenantContext context, DraftOperation operation) {
        return operation instanceof DraftOperation.Replace(var document)
                ? new DraftOperation.Replace(document.orPolicy(() -> policies.byDefault(context)))
                : operation;
    }

    /**
     * Replaces the whole draft by one operation, unless that changes nothing, and the describing fields that the document
     * gives, which are told.
     */
    Written<ReplacedDraft> replace(TenantContext context, String code, IfMatch ifMatch, DraftDocument document) {
        context.require(Permission.COMPOSITION_EDIT);
        DraftOperation replace = complete(context, new DraftOperation.Replace(document));
        vocabulary.require(context, List.of(replace), "");
        List<Warning> warnings = vocabulary.warnings(context, List.of(replace), "");
        UUID tenant = context.tenantId();
        return writes.write(context, journal -> {
            DraftRow before = lock(context, code);
            ifMatch.check(before.number());
            if (!DraftSyntax.lower(document.composition()).equals(before.code())) {
                throw Rejection.invalid(
                        "draft.other_composition", "composition", document.composition(), before.code());
            }
            CompositionRow row = compositions.reread(tenant, before.code());
            var described =
                    new DescribeComposition(document.displayName(), document.description(), document.type(), null);
            List<DescribedField> changed = descriptions.change(tenant, journal, row, described);
            if (Operations.apply(before.draft(), replace, "").equals(before.draft())) {
                return replaced(before, warnings, changed);
            }
            save(context, journal, before, List.of(replace), "");
            return replaced(drafts.reread(tenant, before.code()), warnings, changed);
        });
    }

    private static ReplacedDraft replaced(DraftRow row, List<Warning> warnings, List<DescribedField> described) {
        return new ReplacedDraft(row.number(), DraftDocuments.write(row.code(), row.draft()), warnings, described);
    }

    private List<AppliedOperation> save(
            TenantContext context, Journal journal, DraftRow before, List<DraftOperation> operations, String place) {
        UUID tenant = context.tenantId();
        Draft draft = before.draft();
        for (int i = 0; i < operations.size(); i++) {
            DraftOperation operation = operations.get(i);
            String path = place.isEmpty() ? "" : "%s[%d].".formatted(place, i);
            Draft next = Operations.apply(draft, operation, path);
            long number = before.number() + i + 1;
            journal.record(Operations.mutation(before.compositionId(), before.code(), draft, next, number, operation));
            if (operation instanceof DraftOperation.Replace) {
                // Whatever comes after it in the request: each operation is kept for ever.
                Operations.requireSize(before.code(), next);
            }
            draft = next;
        }
        Operations.requireSize(before.code(), draft);
        long number = before.number() + operations.size();
        journal.grow(drafts.append(
                tenant,
                before.compositionId(),
                before.number(),
                operations,
                context.actor().name()));
        journal.grow(
                drafts.save(tenant, new DraftRow(before.compositionId(), before.code(), draft, number, before.head())));
        return drafts.operations(tenant, before.compositionId(), before.number(), operations.size(), Long.MAX_VALUE);
    }

    private void requireUntouched(UUID tenant, DraftRow before, long basedOn, List<DraftOperation> operations) {
        if (basedOn > before.number()) {
            throw Rejection.invalid(
                    "draft.based_on", "based_on", basedOn, "at most %d, the draft's number".formatted(before.number()));
        }
        List<AppliedOperation> since =
                drafts.operations(tenant, before.compositionId(), basedOn, MAX_BEHIND, MOST_BYTES);
        if (since.size() < before.number() - basedOn) {
            throw Rejection.conflict(
                    "draft.too_far_behind",
                    "based_on: %d is too far behind %d (expected: at most %d operations and %d MiB of them): read the draft again"
                            .formatted(basedOn, before.number(), MAX_BEHIND, MOST_BYTES / (1024 * 1024)));
        }
        Operations.requireUntouched(operations, since);
    }

    private DraftRow lock(TenantContext context, String code) {
        DraftRow row = drafts.lock(context.tenantId(), DraftSyntax.lower(code))
                .orElseThrow(() -> guards.unknown(context, code));
        guards.require(context, Permission.COMPOSITION_EDIT, row.compositionId(), row.code(), Level.EDIT);
        return row;
    }
}
