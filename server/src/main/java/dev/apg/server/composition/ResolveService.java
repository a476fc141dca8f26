package dev.apg.server.composition;

import dev.apg.contract.composition.ResolveOptions;
import dev.apg.contract.composition.ResolveRequest;
import dev.apg.resolver.Request;
import dev.apg.resolver.Resolution;
import dev.apg.resolver.Resolver;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.catalog.Catalog;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.setting.ResolutionPolicies;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.HeavyWork;
import dev.apg.server.web.Rejection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;

/** Resolves drafts on the snapshot; saves nothing. */
@Service
class ResolveService {
    private final Catalog catalog;
    private final DraftService drafts;
    private final RevisionRepository revisions;
    private final Vocabulary vocabulary;
    private final ResolutionPolicies policies;
    private final TenantTransactions transactions;
    private final CompositionMetrics metrics;
    private final HeavyWork heavyWork;

    ResolveService(
            Catalog catalog,
            DraftService drafts,
            RevisionRepository revisions,
            Vocabulary vocabulary,
            ResolutionPolicies policies,
            TenantTransactions transactions,
            CompositionMetrics metrics,
            HeavyWork heavyWork) {
        this.catalog = catalog;
        this.drafts = drafts;
        this.revisions = revisions;
        this.vocabulary = vocabulary;
        this.policies = policies;
        this.transactions = transactions;
        this.metrics = metrics;
        this.heavyWork = heavyWork;
    }

    /** Resolves a composition's draft as it stands. */
    Resolved resolve(TenantContext context, String code, ResolveOptions options) {
        return resolve(context, drafts.find(context, code), options, "");
    }

    /**
     * Resolves a draft that was read before.
     *
     * @param path of the options in the request, ending in a dot unless they are the request
     */
    Resolved resolve(TenantContext context, DraftRow row, ResolveOptions options, String path) {
        return resolve(context, row, options, path, Resolved::answer);
    }

    /** The same, without putting the answer into words, which takes searches of its own. */
    Resolved solve(TenantContext context, DraftRow row, ResolveOptions options, String path) {
        return resolve(context, row, options, path, _ -> {});
    }

    private Resolved resolve(
            TenantContext context, DraftRow row, ResolveOptions options, String path, Consumer<Resolved> then) {
        context.require(Permission.COMPOSITION_READ);
        vocabulary.require(context, options, path);
        Optional<LockSide> before = previous(context, row, options);
        Map<String, SemVer> previous = new TreeMap<>();
        before.ifPresent(revision -> revision.lock()
                .entries()
                .forEach(entry -> previous.put(entry.capability(), SemVer.parse(entry.version()))));
        Set<String> update = new HashSet<>();
        options.update().forEach(code -> update.add(DraftSyntax.lower(code)));
        if (options.updateAll()) {
            update.addAll(previous.keySet());
        }
        return resolve(
                context,
                row.draft(),
                previous,
                update,
                Optional.ofNullable(options.stepBudget()),
                before.map(revision -> new Resolved.Before(revision, row)),
                then);
    }

    /** Resolves a document that is not saved anywhere. */
    Resolved resolve(TenantContext context, ResolveRequest request) {
        context.require(Permission.COMPOSITION_READ);
        vocabulary.require(context, request.document(), "document.");
        Draft draft = Operations.of(
                request.document()
                        .orPolicy(() -> policies.byDefault(
                                context, catalog.snapshot(context).tenantSince())),
                "document.");
        Map<String, SemVer> previous = new TreeMap<>();
        request.previous().forEach((code, version) -> {
            try {
                previous.put(DraftSyntax.lower(code), SemVer.parse(version));
            } catch (IllegalArgumentException malformed) {
                throw Rejection.invalid("version.malformed", "previous." + code, version, "a version such as 1.2.3");
            }
        });
        return resolve(
                context,
                draft,
                previous,
                Set.of(),
                Optional.ofNullable(request.stepBudget()),
                Optional.empty(),
                Resolved::answer);
    }

    private Resolved resolve(
            TenantContext context,
            Draft draft,
            Map<String, SemVer> previous,
            Set<String> update,
            Optional<Long> stepBudget,
            Optional<Resolved.Before> before,
            Consumer<Resolved> then) {
        Snapshot snapshot = catalog.snapshot(context);
        Request request = ResolverRequests.of(draft, previous, update, stepBudget.orElse(Request.DEFAULT_STEP_BUDGET));
        return heavyWork.run(context, () -> {
            Resolution resolution = metrics.resolving(() -> Resolver.resolve(snapshot.universe(), request));
            var resolved = new Resolved(snapshot, draft.policy(), request, resolution, before);
            then.accept(resolved);
            return resolved;
        });
    }

    /** The revision whose versions are kept while they hold. */
    private Optional<LockSide> previous(TenantContext context, DraftRow row, ResolveOptions options) {
        Integer asked = options.previous();
        Optional<Integer> number =
                asked == null ? row.head() : Optional.of(asked).filter(named -> named > 0);
        return number.map(revision -> transactions
                .read(context.tenantId(), () -> revisions.side(context.tenantId(), row.compositionId(), revision))
                .orElseThrow(() -> RevisionService.unknown(row, revision)));
    }
}
