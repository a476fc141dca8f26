package dev.apg.server.impact;

import dev.apg.contract.impact.ImpactVerdict;
import dev.apg.resolver.Request;
import dev.apg.server.composition.CompositionHeads;
import dev.apg.server.composition.CompositionHeads.Head;
import dev.apg.server.impact.Question.Judgement;
import dev.apg.server.tenancy.TenantContext;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Finds the verdict for every composition. */
@Component
class Verdicts {
    /** Steps for one composition; a hundred times what an ordinary one of a hundred members takes. */
    static final long STEPS_OF_ONE = 5_000_000;

    /** Steps for all of them; those behind the composition, by code, at which they are used up are not checked. */
    private static final long STEPS_OF_ALL = 200_000_000;

    private final CompositionHeads heads;
    private final PartedWork work;

    Verdicts(CompositionHeads heads, PartedWork work) {
        this.heads = heads;
        this.work = work;
    }

    /**
     * A composition with its verdict.
     *
     * @param brokenAlready whether it is broken, and known to have no solution without the candidate either
     */
    record Judged(Head head, ImpactVerdict verdict, boolean brokenAlready) {}

    /** In the order of the compositions. Those that the question does not concern are unaffected. */
    List<Judged> of(TenantContext context, Question question, CompositionHeads.All all) {
        List<Head> toJudge = all.frozen().stream()
                .filter(head -> all.concerned().contains(head.compositionId()))
                .toList();
        var judging = new Judging(toJudge.size(), STEPS_OF_ALL);
        work.run(
                context,
                judging.parts(),
                part -> judging.isSpent(part)
                        ? () -> false
                        : judging.part(
                                part,
                                requests(
                                        context,
                                        all.cursor().epoch(),
                                        judging.places(part)
                                                .mapToObj(toJudge::get)
                                                .toList()),
                                question::judge));
        Iterator<Judgement> found = judging.found().iterator();
        List<Judged> judged = new ArrayList<>(all.frozen().size());
        for (Head head : all.frozen()) {
            if (all.concerned().contains(head.compositionId())) {
                Judgement judgement = found.next();
                judged.add(new Judged(head, judgement.verdict(), judgement.brokenAlready()));
            } else {
                judged.add(new Judged(head, ImpactVerdict.UNAFFECTED, false));
            }
        }
        return judged;
    }

    private List<Request> requests(TenantContext context, long epoch, List<Head> part) {
        Map<Head, Request> requests = heads.requests(context, epoch, part);
        return part.stream()
                .map(head -> Objects.requireNonNull(requests.get(head)).withStepBudget(STEPS_OF_ONE))
                .toList();
    }
}
