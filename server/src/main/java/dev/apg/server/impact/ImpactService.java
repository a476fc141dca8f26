package dev.apg.server.impact;

import dev.apg.contract.Page;
import dev.apg.contract.WireJson;
import dev.apg.contract.impact.Candidate;
import dev.apg.contract.impact.ImpactAnswer;
import dev.apg.contract.impact.ImpactAnswer.ImpactItem;
import dev.apg.contract.impact.ImpactAnswer.ImpactTotals;
import dev.apg.contract.impact.ImpactVerdict;
import dev.apg.resolver.Request;
import dev.apg.server.catalog.Catalog;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.composition.CompositionHeads;
import dev.apg.server.composition.CompositionHeads.Head;
import dev.apg.server.composition.FrozenLock;
import dev.apg.server.event.Answered;
import dev.apg.server.impact.Verdicts.Judged;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.Paging;
import dev.apg.server.web.QuestionTurns;
import dev.apg.server.web.Rejection;
import dev.apg.server.web.TenantSlots;
import dev.apg.server.web.TenantTurns;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Tells what a candidate means for every composition; docs/impact.md says what the verdicts are. */
@Service
class ImpactService {
    /** Questions that are answered or wait, of a tenant and in all; more are refused. */
    static final int MOST_OF_TENANT = 8;

    private static final int MOST = 64;

    private final Catalog catalog;
    private final Questions questions;
    private final CompositionHeads heads;
    private final Verdicts verdicts;
    private final LastVerdicts last;
    private final PartedWork work;
    private final MeterRegistry meters;
    private final TenantSlots places = new TenantSlots(MOST_OF_TENANT, MOST);
    private final QuestionTurns turns = new QuestionTurns("the impact on all compositions");

    ImpactService(
            Catalog catalog,
            Questions questions,
            CompositionHeads heads,
            Verdicts verdicts,
            LastVerdicts last,
            PartedWork work,
            MeterRegistry meters) {
        this.catalog = catalog;
        this.questions = questions;
        this.heads = heads;
        this.verdicts = verdicts;
        this.last = last;
        this.work = work;
        this.meters = meters;
    }

    /** What is asked for of all verdicts: those that are listed, none for all, and which page of them. */
    private record Listing(String scope, Set<ImpactVerdict> wanted, Paging paging, Optional<String> after) {}

    /**
     * @param wanted the verdicts whose compositions are listed; none: all
     * @throws Rejection 409 or 422 for a candidate that could not be, 503 {@code server.busy}
     */
    Answered<ImpactAnswer> ask(TenantContext context, Candidate candidate, Set<ImpactVerdict> wanted, Paging paging) {
        context.require(Permission.COMPOSITION_READ);
        String scope = "impact %s %s".formatted(WireJson.MAPPER.writeValueAsString(candidate), wanted);
        var listing = new Listing(scope, wanted, paging, paging.after(scope, List::getFirst));
        Snapshot snapshot = catalog.snapshot(context);
        try (TenantSlots.Slot place = places.take(context.tenantId()).orElseThrow(ImpactService::tooMany)) {
            Question question = questions.of(context, snapshot, candidate);
            return inTurn(context, candidate, snapshot, question, listing);
        }
    }

    private Answered<ImpactAnswer> inTurn(
            TenantContext context, Candidate candidate, Snapshot snapshot, Question question, Listing listing) {
        try (TenantTurns.Turn turn = turns.await(context.tenantId())) {
            Timer.Sample sample = Timer.start(meters);
            Answered<ImpactAnswer> answered = answer(context, candidate, snapshot, question, listing);
            sample.stop(Timer.builder("apg.impact.duration")
                    .description("Time to judge a candidate for every composition")
                    .serviceLevelObjectives(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(10))
                    .register(meters));
            return answered;
        }
    }

    private Answered<ImpactAnswer> answer(
            TenantContext context, Candidate candidate, Snapshot known, Question asked, Listing listing) {
        CompositionHeads.All all = heads.all(context, asked.concern());
        // A lock may have what was published since the question was read.
        Snapshot snapshot = catalog.snapshot(context.atLeast(all.cursor()));
        Question question = snapshot == known ? asked : questions.of(context, snapshot, candidate);
        // Of all, so that the next one who asks need not judge again; what each may read is told apart afterwards.
        List<Judged> everything = last.orElse(
                context.tenantId(),
                snapshot.universe(),
                question.identity(),
                all,
                () -> verdicts.of(context, question, all));
        Map<Boolean, List<Judged>> byHidden = everything.stream()
                .collect(Collectors.partitioningBy(
                        each -> all.hidden().contains(each.head().compositionId())));
        List<Judged> judged = byHidden.getOrDefault(false, List.of());
        List<Judged> hidden = byHidden.getOrDefault(true, List.of());
        List<Judged> listed = listing.wanted().isEmpty()
                ? judged
                : judged.stream()
                        .filter(each -> listing.wanted().contains(each.verdict()))
                        .toList();
        List<Judged> rows = listed.stream()
                .filter(each -> listing.after().isEmpty()
                        || each.head().code().compareTo(listing.after().get()) > 0)
                .limit(listing.paging().fetch())
                .toList();
        Page<Judged> page = listing.paging()
                .page(listing.scope(), rows, each -> List.of(each.head().code()), each -> each, listed.size());
        var answer = new ImpactAnswer(
                question.subject(),
                totals(judged),
                hidden.isEmpty() ? null : totals(hidden),
                all.unfrozen(),
                items(context, snapshot, question, all, page.items()),
                page.nextCursor(),
                page.totalCount());
        return new Answered<>(answer, all.cursor());
    }

    private List<ImpactItem> items(
            TenantContext context, Snapshot snapshot, Question question, CompositionHeads.All all, List<Judged> page) {
        Map<Head, Request> requests = heads.requests(
                context, all.cursor().epoch(), page.stream().map(Judged::head).toList());
        List<Head> moving = page.stream()
                .filter(judged -> judged.verdict() == ImpactVerdict.UPGRADABLE)
                .map(Judged::head)
                .toList();
        Map<Head, FrozenLock> locks = moving.isEmpty() ? Map.of() : heads.locks(context, moving);
        var items = new Items(snapshot, question, page);
        var done = new AtomicReferenceArray<@Nullable ImpactItem>(page.size());
        work.run(context, page.size(), i -> {
            Judged judged = page.get(i);
            Request request = Objects.requireNonNull(requests.get(judged.head()));
            Optional<FrozenLock> lock = Optional.ofNullable(locks.get(judged.head()));
            return () -> {
                done.set(i, items.of(judged, request, lock));
                return false;
            };
        });
        return IntStream.range(0, page.size())
                .mapToObj(i -> Objects.requireNonNull(done.get(i)))
                .toList();
    }

    private static ImpactTotals totals(List<Judged> judged) {
        return new ImpactTotals(
                count(judged, ImpactVerdict.UNAFFECTED),
                count(judged, ImpactVerdict.UPGRADABLE),
                count(judged, ImpactVerdict.BLOCKED),
                count(judged, ImpactVerdict.BROKEN),
                count(judged, ImpactVerdict.NOT_CHECKED),
                judged.stream().filter(Judged::brokenAlready).count());
    }

    private static long count(List<Judged> judged, ImpactVerdict verdict) {
        return judged.stream().filter(each -> each.verdict() == verdict).count();
    }

    private static Rejection tooMany() {
        return QuestionTurns.busy(
                "as many questions about the impact on all compositions are under way as may be (at most %d of a tenant, %d in all)"
                        .formatted(MOST_OF_TENANT, MOST));
    }
}
