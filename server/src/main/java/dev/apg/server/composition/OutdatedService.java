package dev.apg.server.composition;

import dev.apg.contract.composition.Outdated;
import dev.apg.contract.composition.OutdatedQuestion;
import dev.apg.contract.composition.Resolution;
import dev.apg.contract.composition.ResolveOptions;
import dev.apg.resolver.Allowance;
import dev.apg.resolver.Request;
import dev.apg.resolver.UpgradePlan;
import dev.apg.resolver.UpgradePlanner;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.event.Answered;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.HeavyWork;
import dev.apg.server.web.QuestionTurns;
import dev.apg.server.web.Rejection;
import dev.apg.server.web.TenantTurns;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Says what newer versions there are of what a revision locks, and in which steps a composition gets there. */
@Service
class OutdatedService {
    /** Of one plan: whoever has made them asks again. */
    private static final int MOST_STEPS = 50;

    /** Searches for what decided under the policy's objectives, in all states of a plan. */
    private static final int MOST_TRIES = 250;

    private final DraftService drafts;
    private final ResolveService resolving;
    private final HeavyWork heavyWork;
    private final QuestionTurns turns = new QuestionTurns("what is outdated");

    OutdatedService(DraftService drafts, ResolveService resolving, HeavyWork heavyWork) {
        this.drafts = drafts;
        this.resolving = resolving;
        this.heavyWork = heavyWork;
    }

    /** @throws Rejection 503 {@code server.busy} */
    Answered<Outdated> find(TenantContext context, String code, OutdatedQuestion question) {
        DraftRow row = drafts.find(context, code);
        ResolveOptions options = new ResolveOptions(question.revision(), List.of(), false, question.stepBudget());
        Long asked = question.stepBudget();
        long budget = asked == null ? Request.DEFAULT_STEP_BUDGET : asked;
        try (TenantTurns.Turn turn = turns.await(context.tenantId())) {
            Resolved now = resolving.solve(context, row, options, "");
            Outdated answer = heavyWork.run(context, () -> answer(row, question.revision(), now, budget));
            return new Answered<>(answer, now.snapshot().cursor());
        }
    }

    private static Outdated answer(DraftRow row, @Nullable Integer revision, Resolved now, long budget) {
        SortedMap<String, SemVer> lock = lock(now);
        Integer number = revision == null ? row.head().orElse(null) : revision;
        return switch (now.resolution()) {
            case dev.apg.resolver.Resolution.Solved solved -> {
                UpgradePlan plan = UpgradePlanner.plan(
                        now.snapshot().universe(), now.request(), solved, budget - solved.steps(), MOST_STEPS);
                long spent = solved.steps() + plan.spent();
                var allowance = new Allowance(MOST_TRIES, budget - spent);
                var reasons = new PlanReasons(now.snapshot(), allowance);
                Outdated.Plan told = plan.open().isPresent()
                        ? new OutdatedPlan(now, row, solved, plan, Optional.ofNullable(revision), reasons).told()
                        : null;
                List<Outdated.UpgradeStep> steps = told == null ? List.of() : told.steps();
                List<Outdated.Entry> all =
                        new OutdatedEntries(now, solved, lock, plan, steps, allowance, reasons).all();
                yield new Outdated(number, row.number(), all, told, null, spent + allowance.spent());
            }
            case dev.apg.resolver.Resolution.Unsolvable(var explanation, long steps) ->
                new Outdated(
                        number,
                        row.number(),
                        OutdatedEntries.notChecked(now, lock),
                        null,
                        ((Resolution.Unsolvable) now.answer()).explanation(),
                        steps);
            case dev.apg.resolver.Resolution.Exhausted(long steps) ->
                new Outdated(number, row.number(), OutdatedEntries.notChecked(now, lock), null, null, steps);
        };
    }

    /** What is looked at: the revision's lock, else what the draft resolves to. */
    private static SortedMap<String, SemVer> lock(Resolved now) {
        SortedMap<String, SemVer> versions = new TreeMap<>();
        now.before()
                .ifPresentOrElse(
                        before -> before.revision()
                                .lock()
                                .entries()
                                .forEach(entry -> versions.put(entry.capability(), SemVer.parse(entry.version()))),
                        () -> {
                            if (now.resolution() instanceof dev.apg.resolver.Resolution.Solved solved) {
                                versions.putAll(solved.versions());
                            }
                        });
        return versions;
    }
}
