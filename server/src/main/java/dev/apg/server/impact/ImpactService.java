package dev.apg.server.impact;

import dev.apg.contract.Page;
import dev.apg.contract.WireJson;
import dev.apg.contract.impact.Candidate;
import dev.apg.contract.impact.ImpactAnswer;
import dev.apg.contract.impact.ImpactAnswer.ImpactItem;
import dev.apg.contract.impact.ImpactAnswer.ImpactTotals;
import dev.apg.contract.impact.ImpactVerdict;
import dev.apg.resolver.Request;
import dev.apg.server.capability.VersionDocuments;
import dev.apg.server.capability.VersionKey;
import dev.apg.server.catalog.Catalog;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.composition.CompositionHeads;
import dev.apg.server.composition.CompositionHeads.Head;
import dev.apg.server.composition.FrozenLock;
import dev.apg.server.impact.Verdicts.Judged;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.Paging;
import dev.apg.server.web.Rejection;
import dev.apg.server.web.TenantTurns;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Tells what a candidate means for every composition; docs/impact.md says what the verdicts are. */
@Service
class ImpactService {
    /** How long a question waits for its tenant's earlier one, and for those of others. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** Compositions of a page that are put into words in one go; an explanation may take long. */
    private static final int SLICE = 5;

    private final Catalog catalog;
    private final Questions questions;
    private final CompositionHeads heads;
    private final VersionDocuments versions;
    private final Verdicts verdicts;
    private final LastVerdicts last;
    private final Slices slices;
    private final MeterRegistry meters;
    private final TenantTurns turns = new TenantTurns(Runtime.getRuntime().availableProcessors());

    ImpactService(
            Catalog catalog,
            Questions questions,
            CompositionHeads heads,
            VersionDocuments versions,
            Verdicts verdicts,
            LastVerdicts last,
            Slices slices,
            MeterRegistry meters) {
        this.catalog = catalog;
        this.questions = questions;
        this.heads = heads;
        this.versions = versions;
        this.verdicts = verdicts;
        this.last = last;
        this.slices = slices;
        this.meters = meters;
    }

    /** The answer, with the cursor of the snapshot that it used. */
    record Answered(ImpactAnswer answer, Cursor cursor) {}

    /**
     * @param wanted the verdicts whose compositions are listed; none: all
     * @throws Rejection 409 or 422 for a candidate that could not be, 503 {@code server.busy}
     */
    Answered ask(TenantContext context, Candidate candidate, Set<ImpactVerdict> wanted, Paging paging) {
        context.require(Permission.COMPOSITION_READ);
        Timer.Sample sample = Timer.start(meters);
        String scope = "impact %s %s".formatted(WireJson.MAPPER.writeValueAsString(candidate), wanted);
        Optional<String> after = paging.after(scope, List::getFirst);
        Snapshot snapshot = catalog.snapshot(context);
        Question question = questions.of(context, snapshot, candidate);
        try (TenantTurns.Turn turn =
                turns.await(context.tenantId(), LONGEST_WAIT).orElseThrow(ImpactService::busy)) {
            ImpactAnswer answer = answer(context, snapshot, question, wanted, paging, scope, after);
            sample.stop(Timer.builder("apg.impact.duration")
                    .description("Time to judge a candidate for every composition")
                    .serviceLevelObjectives(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(10))
                    .register(meters));
            return new Answered(answer, snapshot.cursor());
        }
    }

    private ImpactAnswer answer(
            TenantContext context,
            Snapshot snapshot,
            Question question,
            Set<ImpactVerdict> wanted,
            Paging paging,
            String scope,
            Optional<String> after) {
        CompositionHeads.All all = heads.all(context, asked(context, question));
        List<Judged> judged = last.orElse(
                context.tenantId(),
                snapshot.universe(),
                question.identity(),
                all.frozen(),
                () -> verdicts.of(context, question, all.frozen(), all.locking()));
        List<Judged> listed = wanted.isEmpty()
                ? judged
                : judged.stream()
                        .filter(each -> wanted.contains(each.verdict()))
                        .toList();
        List<Judged> rows = listed.stream()
                .filter(each -> after.isEmpty() || each.head().code().compareTo(after.get()) > 0)
                .limit(paging.fetch())
                .toList();
        Page<Judged> page = paging.page(scope, rows, each -> List.of(each.head().code()), each -> each, listed.size());
        return new ImpactAnswer(
                question.subject(),
                totals(Verdicts.count(judged)),
                all.unfrozen(),
                items(context, snapshot, question, page.items()),
                page.nextCursor(),
                page.totalCount());
    }

    /** The versions that touch a composition whose lock has one of them. */
    private Collection<UUID> asked(TenantContext context, Question question) {
        return switch (question) {
            case Question.Taking taking -> versions.ids(context, taking.code());
            case Question.Losing losing ->
                losing.number()
                        .map(number -> versions.id(context, new VersionKey(losing.code(), number.toString())).stream()
                                .toList())
                        .orElseGet(() -> versions.ids(context, losing.code()));
        };
    }

    private List<ImpactItem> items(TenantContext context, Snapshot snapshot, Question question, List<Judged> page) {
        Map<Head, Request> requests =
                heads.requests(context, page.stream().map(Judged::head).toList());
        var items = new Items(snapshot, question);
        return slices
                .run(
                        context,
                        (page.size() + SLICE - 1) / SLICE,
                        piece -> part(context, page.subList(piece * SLICE, Math.min(page.size(), (piece + 1) * SLICE))),
                        (Part part) -> part.judged().stream()
                                .map(each -> items.of(
                                        each,
                                        Objects.requireNonNull(requests.get(each.head())),
                                        Optional.ofNullable(part.locks().get(each.head()))))
                                .toList(),
                        () -> false)
                .stream()
                .flatMap(Collection::stream)
                .toList();
    }

    /** @param locks of those that would move */
    private record Part(List<Judged> judged, Map<Head, FrozenLock> locks) {}

    private Part part(TenantContext context, List<Judged> judged) {
        List<Head> moving = judged.stream()
                .filter(each -> each.verdict() == ImpactVerdict.UPGRADABLE)
                .map(Judged::head)
                .toList();
        return new Part(judged, moving.isEmpty() ? Map.of() : heads.locks(context, moving));
    }

    private static ImpactTotals totals(Map<ImpactVerdict, Long> counts) {
        return new ImpactTotals(
                counts.getOrDefault(ImpactVerdict.UNAFFECTED, 0L),
                counts.getOrDefault(ImpactVerdict.UPGRADABLE, 0L),
                counts.getOrDefault(ImpactVerdict.BLOCKED, 0L),
                counts.getOrDefault(ImpactVerdict.BROKEN, 0L),
                counts.getOrDefault(ImpactVerdict.NOT_CHECKED, 0L));
    }

    private static Rejection busy() {
        return Rejection.unavailable(
                "server.busy",
                "The server is busy: other questions about the impact on all compositions were not answered within %d s"
                        .formatted(LONGEST_WAIT.toSeconds()),
                RETRY_AFTER);
    }
}
