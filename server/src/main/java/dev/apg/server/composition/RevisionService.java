package dev.apg.server.composition;

import dev.apg.contract.Page;
import dev.apg.contract.capability.Status;
import dev.apg.contract.composition.Explanation;
import dev.apg.contract.composition.LockDocument;
import dev.apg.contract.composition.Resolution;
import dev.apg.contract.composition.ResolveOptions;
import dev.apg.contract.composition.RevisionDetail;
import dev.apg.contract.composition.RevisionDiff;
import dev.apg.contract.composition.RevisionSummary;
import dev.apg.server.catalog.Catalog;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.event.Answered;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.HeavyWork;
import dev.apg.server.web.Paging;
import dev.apg.server.web.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Reads revisions. */
@Service
class RevisionService {
    private final DraftService drafts;
    private final RevisionRepository revisions;
    private final ResolveService resolving;
    private final Catalog catalog;
    private final TenantTransactions transactions;
    private final HeavyWork heavyWork;

    RevisionService(
            DraftService drafts,
            RevisionRepository revisions,
            ResolveService resolving,
            Catalog catalog,
            TenantTransactions transactions,
            HeavyWork heavyWork) {
        this.drafts = drafts;
        this.revisions = revisions;
        this.resolving = resolving;
        this.catalog = catalog;
        this.transactions = transactions;
        this.heavyWork = heavyWork;
    }

    Page<RevisionSummary> list(TenantContext context, String code, Paging paging) {
        DraftRow row = drafts.find(context, code);
        String scope = "revisions " + row.compositionId();
        int before =
                paging.after(scope, key -> Integer.parseInt(key.getFirst())).orElse(Integer.MAX_VALUE);
        return transactions.read(
                context.tenantId(),
                () -> paging.page(
                        scope,
                        revisions.page(context.tenantId(), row.compositionId(), before, paging.fetch()),
                        revision -> List.of(Integer.toString(revision.number())),
                        revision -> revision,
                        // Numbers have no gap.
                        row.head().orElse(0)));
    }

    Answered<RevisionDetail> find(TenantContext context, String code, int number) {
        RevisionRow revision = revision(context, drafts.find(context, code), number);
        Snapshot snapshot = catalog.snapshot(context);
        RevisionSummary summary = revision.summary();
        LockDocument lock = revision.lock().document();
        BecomeOf.Told become = BecomeOf.lock(lock, snapshot);
        var detail = new RevisionDetail(
                summary.number(),
                summary.message(),
                summary.draftNumber(),
                summary.lockDigest(),
                summary.bundleDigest(),
                summary.frozenAt(),
                summary.frozenBy(),
                summary.bundlePurged(),
                revision.draft(),
                lock,
                revision.report(),
                become.changed(),
                become.ended());
        return new Answered<>(detail, snapshot.cursor());
    }

    StoredLock lock(TenantContext context, String code, int number) {
        DraftRow row = drafts.find(context, code);
        return transactions
                .read(context.tenantId(), () -> revisions.lock(context.tenantId(), row.compositionId(), number))
                .orElseThrow(() -> unknown(row, number));
    }

    /**
     * @throws Rejection 410 {@code bundle.purged}, if it was erased because a version whose content it held was purged
     */
    String bundleDigest(TenantContext context, String code, int number) {
        DraftRow row = drafts.find(context, code);
        return transactions.read(context.tenantId(), () -> requireBundle(context.tenantId(), row, number));
    }

    /** The same, and the bytes. */
    byte[] bundle(TenantContext context, String code, int number) {
        UUID tenant = context.tenantId();
        DraftRow row = drafts.find(context, code);
        return transactions.readConsistently(tenant, () -> {
            requireBundle(tenant, row, number);
            return revisions.bundle(tenant, row.compositionId(), number).orElseThrow();
        });
    }

    private String requireBundle(UUID tenant, DraftRow row, int number) {
        RevisionRepository.BundleTag bundle =
                revisions.bundleTag(tenant, row.compositionId(), number).orElseThrow(() -> unknown(row, number));
        bundle.purged().ifPresent(why -> {
            throw Rejection.gone(
                    "bundle.purged",
                    "The bundle of %s@%d (%s) is gone: %s. The lock is still there; freeze again for a bundle without it."
                            .formatted(row.code(), number, bundle.digest(), why));
        });
        return bundle.digest();
    }

    /**
     * What is different.
     *
     * @param from a revision; empty for the newest, or for the one before {@code to} if that is a revision
     * @param to a revision; empty for what the draft resolves to now
     */
    Answered<RevisionDiff> diff(TenantContext context, String code, Optional<Integer> from, Optional<Integer> to) {
        DraftRow row = drafts.find(context, code);
        int first = from.orElseGet(() -> before(row, to));
        RevisionRow before = revision(context, row, first);
        return to.isPresent()
                ? diff(context, row, first, before, to.get(), revision(context, row, to.get()))
                : diffToDraft(context, row, first, before);
    }

    private Answered<RevisionDiff> diff(
            TenantContext context, DraftRow row, int from, RevisionRow before, int to, RevisionRow after) {
        // As it was when the later one was frozen: what happened to a version since then was no reason.
        Map<String, String> leftBehind =
                leftBehind(context, row, from, to, before.lock().document());
        var between = Between.untilThen(
                (capability, version) -> Optional.ofNullable(leftBehind.get(capability + "@" + version))
                        .map(Standing::read),
                capability -> Optional.ofNullable(leftBehind.get(capability)).map(Status::of));
        Snapshot snapshot = catalog.snapshot(context);
        RevisionDiff diff = heavyWork.run(
                context, () -> diff(from, Integer.toString(to), side(before), side(after), snapshot, between));
        return new Answered<>(diff, snapshot.cursor());
    }

    private Answered<RevisionDiff> diffToDraft(TenantContext context, DraftRow row, int from, RevisionRow before) {
        Resolved resolved = resolving.resolve(context, row, ResolveOptions.DEFAULT, "");
        RevisionDiff diff = heavyWork.run(context, () -> switch (resolved.answer()) {
            case Resolution.Solved solved -> {
                LockDocument lock = Locks.of(row.code(), solved, row.draft().policy(), Map.of());
                var standings = new Standings(resolved.snapshot());
                yield diff(
                        from,
                        "draft",
                        side(before),
                        new LockSide(row.draft(), lock),
                        resolved.snapshot(),
                        Between.untilNow(standings).marking(standings::taken));
            }
            case Resolution.Unsolvable(Explanation explanation, long steps) ->
                new RevisionDiff(
                        Integer.toString(from),
                        "draft",
                        List.of(),
                        List.of(),
                        DraftDiff.between(side(before).draft(), row.draft()),
                        explanation);
            case Resolution.Exhausted(long steps) ->
                throw Rejection.invalid(
                        "resolution.exhausted", "to", "draft", "a draft that resolves within the step budget");
        });
        return new Answered<>(diff, resolved.snapshot().cursor());
    }

    private static LockSide side(RevisionRow revision) {
        return new LockSide(
                DraftDocuments.stored(revision.draft()), revision.lock().document());
    }

    /** The revision that a difference begins with when none is named. */
    private static int before(DraftRow row, Optional<Integer> to) {
        if (row.head().isEmpty()) {
            throw Rejection.notFound(
                    "revision",
                    to.map(number -> row.code() + "@" + number).orElse(row.code()),
                    "a composition that was frozen; %s never was".formatted(row.code()));
        }
        if (to.isPresent() && to.get() == 1) {
            throw Rejection.notFound(
                    "revision", row.code() + "@0", "a revision in from; revision 1 has none before it");
        }
        return to.map(number -> number - 1).orElseGet(row.head()::get);
    }

    private Map<String, String> leftBehind(TenantContext context, DraftRow row, int from, int to, LockDocument lock) {
        List<String> names = lock.entries().stream()
                .flatMap(entry -> Stream.of(Standings.name(entry), entry.capability()))
                .toList();
        return transactions.read(
                context.tenantId(),
                () -> revisions.leftBehind(context.tenantId(), row.compositionId(), from, to, names));
    }

    private static RevisionDiff diff(
            int from, String to, LockSide left, LockSide right, Snapshot snapshot, Between between) {
        return new RevisionDiff(
                Integer.toString(from),
                to,
                LockDiff.versions(left, right, between.in(snapshot.universe())),
                BindingDiff.between(left, right, true),
                DraftDiff.between(left.draft(), right.draft()),
                null);
    }

    private RevisionRow revision(TenantContext context, DraftRow row, int number) {
        return transactions
                .read(context.tenantId(), () -> revisions.find(context.tenantId(), row.compositionId(), number))
                .orElseThrow(() -> unknown(row, number));
    }

    /** Refuses a number that no revision has, with those that there are. */
    static Rejection unknown(DraftRow row, int number) {
        return Rejection.notFound(
                "revision",
                row.code() + "@" + number,
                row.head()
                        .map(head -> "a revision of %s: 1%s".formatted(row.code(), head == 1 ? "" : " to " + head))
                        .orElse("a revision of %s, which was never frozen".formatted(row.code())));
    }
}
