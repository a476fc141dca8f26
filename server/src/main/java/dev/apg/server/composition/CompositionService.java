package dev.apg.server.composition;

import dev.apg.contract.Page;
import dev.apg.contract.capability.Warning;
import dev.apg.contract.composition.CompositionSummary;
import dev.apg.contract.composition.CompositionType;
import dev.apg.contract.composition.DescribeComposition;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.NewComposition;
import dev.apg.contract.team.Level;
import dev.apg.server.capability.VersionDocuments;
import dev.apg.server.composition.CompositionRepository.NewRow;
import dev.apg.server.composition.Descriptions.Description;
import dev.apg.server.event.Growth;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.platform.Ids;
import dev.apg.server.setting.ResolutionPolicies;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Paging;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Compositions without their drafts: create, list, read, describe, delete. */
@Service
class CompositionService {
    private final CompositionRepository compositions;
    private final DraftRepository drafts;
    private final Descriptions descriptions;
    private final CompositionGuards guards;
    private final CompositionGrantService owning;
    private final Vocabulary vocabulary;
    private final ResolutionPolicies policies;
    private final VersionDocuments versions;
    private final TenantTransactions transactions;
    private final Writes writes;

    CompositionService(
            CompositionRepository compositions,
            DraftRepository drafts,
            Descriptions descriptions,
            CompositionGuards guards,
            CompositionGrantService owning,
            Vocabulary vocabulary,
            ResolutionPolicies policies,
            VersionDocuments versions,
            TenantTransactions transactions,
            Writes writes) {
        this.compositions = compositions;
        this.drafts = drafts;
        this.descriptions = descriptions;
        this.guards = guards;
        this.owning = owning;
        this.vocabulary = vocabulary;
        this.policies = policies;
        this.versions = versions;
        this.transactions = transactions;
        this.writes = writes;
    }

    /**
     * A composition that was made.
     *
     * @param warnings of the document that it was made from; none for an empty one
     */
    record Created(CompositionRow row, List<Warning> warnings) {}

    /** @param ownedBy whose it shall be */
    Written<Created> create(TenantContext context, NewComposition requested, Optional<String> ownedBy) {
        context.require(Permission.COMPOSITION_EDIT);
        return switch (requested) {
            case NewComposition.Empty empty ->
                create(
                        context,
                        row(empty.code(), empty.displayName(), empty.description(), empty.type(), empty.owner()),
                        Draft.EMPTY.withPolicy(policies.byDefault(context)),
                        Optional.empty(),
                        List.of(),
                        ownedBy);
            case DraftDocument document -> {
                var replace = new DraftOperation.Replace(document.orPolicy(() -> policies.byDefault(context)));
                vocabulary.require(context, List.of(replace), "");
                yield create(
                        context,
                        row(
                                document.composition(),
                                document.displayName(),
                                document.description(),
                                document.type(),
                                null),
                        Draft.EMPTY,
                        Optional.of(replace),
                        vocabulary.warnings(context, List.of(replace), ""),
                        ownedBy);
            }
        };
    }

    private static NewRow row(
            String code,
            @Nullable String displayName,
            @Nullable String description,
            @Nullable CompositionType type,
            @Nullable String owner) {
        return new NewRow(
                Ids.next(),
                DraftSyntax.lower(code),
                new Description(
                        displayName == null || displayName.isEmpty() ? code : displayName,
                        description == null ? "" : description,
                        type == null ? CompositionType.CUSTOM : type,
                        owner == null ? "" : owner));
    }

    private Written<Created> create(
            TenantContext context,
            NewRow row,
            Draft begin,
            Optional<DraftOperation.Replace> first,
            List<Warning> warnings,
            Optional<String> ownedBy) {
        UUID tenant = context.tenantId();
        Draft draft = first.map(replace -> Operations.apply(begin, replace, "")).orElse(begin);
        Operations.requireSize(row.code(), draft);
        return writes.write(context, journal -> {
            if (!compositions.insert(tenant, row, begin)) {
                throw Rejection.conflict(
                        "composition.exists",
                        "composition: %s exists already (expected: a code that is free)".formatted(row.code()));
            }
            journal.grow(Growth.ofCompositions(1));
            journal.record(new Mutation(
                    "composition.created",
                    "composition",
                    row.id(),
                    row.code(),
                    Map.of("type", row.description().type().wire()),
                    Optional.empty(),
                    Optional.of(row.description())));
            first.ifPresent(replace -> {
                drafts.append(
                        tenant, row.id(), 0, List.of(replace), context.actor().name());
                drafts.save(tenant, new DraftRow(row.id(), row.code(), draft, 1, Optional.empty()));
                journal.record(Operations.mutation(row.id(), row.code(), begin, draft, 1, replace));
            });
            journal.grow(drafts.size(tenant, row.id()));
            ownedBy.ifPresent(text -> owning.own(context, journal, compositions.reread(tenant, row.code()), text));
            return new Created(compositions.reread(tenant, row.code()), warnings);
        });
    }

    Page<CompositionSummary> list(TenantContext context, CompositionFilter filter, Paging paging) {
        context.require(Permission.COMPOSITION_READ);
        Reader reader = Reader.of(context);
        Optional<String> after = paging.after(filter.scope(), List::getFirst);
        Optional<UUID> locked = filter.locks()
                .map(key -> versions.id(context, key).orElseThrow(() -> Rejection.notFound("version", key.toString())));
        return transactions.read(
                context.tenantId(),
                () -> paging.page(
                        filter.scope(),
                        compositions.page(context.tenantId(), reader, filter, locked, after, paging.fetch()),
                        row -> List.of(row.code()),
                        CompositionRow::summary,
                        compositions.count(context.tenantId(), reader, filter, locked)));
    }

    CompositionRow find(TenantContext context, String code) {
        context.require(Permission.COMPOSITION_READ);
        return transactions.read(
                context.tenantId(),
                () -> compositions
                        .find(context.tenantId(), Reader.of(context), DraftSyntax.lower(code))
                        .orElseThrow(() -> guards.unknown(context, code)));
    }

    Written<CompositionRow> describe(TenantContext context, String code, IfMatch ifMatch, DescribeComposition change) {
        context.require(Permission.COMPOSITION_EDIT);
        UUID tenant = context.tenantId();
        return writes.write(context, journal -> {
            CompositionRow before = lock(context, code, Level.EDIT);
            ifMatch.check(before.edition());
            descriptions.change(tenant, journal, before, change);
            return compositions.reread(tenant, before.code());
        });
    }

    /** Deletes one that was never frozen: a revision is kept for ever. */
    Written<Boolean> delete(TenantContext context, String code, IfMatch ifMatch) {
        context.require(Permission.COMPOSITION_EDIT);
        UUID tenant = context.tenantId();
        return writes.write(context, journal -> {
            CompositionRow before = lock(context, code, Level.OWN);
            ifMatch.check(before.edition());
            if (before.head().isPresent()) {
                throw Rejection.conflict(
                        "composition.frozen",
                        "composition: %s has %d revisions, which are kept (expected: one that was never frozen)"
                                .formatted(before.code(), before.head().get()));
            }
            Draft draft = drafts.reread(tenant, before.code()).draft();
            journal.grow(Growth.NONE.without(drafts.size(tenant, before.id())));
            compositions.delete(tenant, before.id());
            journal.grow(Growth.ofCompositions(-1));
            journal.record(new Mutation(
                    "composition.deleted",
                    "composition",
                    before.id(),
                    before.code(),
                    Map.of(),
                    Optional.of(DraftDocuments.write(before.code(), draft)),
                    Optional.empty()));
            return true;
        });
    }

    private CompositionRow lock(TenantContext context, String code, Level level) {
        CompositionRow row = compositions
                .lock(context.tenantId(), DraftSyntax.lower(code))
                .orElseThrow(() -> guards.unknown(context, code));
        guards.require(context, Permission.COMPOSITION_EDIT, row.id(), row.code(), level);
        return row;
    }
}
