package dev.apg.server.impact;

import dev.apg.contract.impact.ImpactVerdict;
import dev.apg.resolver.Request;
import dev.apg.server.composition.CompositionHeads;
import dev.apg.server.composition.CompositionHeads.Head;
import dev.apg.server.impact.Question.Judgement;
import dev.apg.server.tenancy.TenantContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;
import org.springframework.stereotype.Component;

/** Finds the verdict for every composition. */
@Component
class Verdicts {
    /** Steps for one composition; a hundred times what an ordinary one of a hundred members takes. */
    static final long STEPS_OF_ONE = 5_000_000;

    /** Steps for all of them; those behind the composition, by code, at which they are used up are not checked. */
    private static final long STEPS_OF_ALL = 200_000_000;

    /** Compositions that are judged in one go: some milliseconds. */
    private static final int SLICE = 200;

    private final CompositionHeads heads;
    private final Slices slices;

    Verdicts(CompositionHeads heads, Slices slices) {
        this.heads = heads;
        this.slices = slices;
    }

    /** A composition with its verdict. */
    record Judged(Head head, ImpactVerdict verdict) {}

    /**
     * In the order of the compositions.
     *
     * @param touched those whose lock has the capability; all others are unaffected
     */
    List<Judged> of(TenantContext context, Question question, List<Head> all, Set<UUID> touched) {
        List<Head> toJudge = all.stream()
                .filter(head -> touched.contains(head.compositionId()))
                .toList();
        List<Judgement> found = judge(context, question, toJudge);
        List<Judged> judged = new ArrayList<>(all.size());
        int at = 0;
        long steps = 0;
        for (Head head : all) {
            if (!touched.contains(head.compositionId())) {
                judged.add(new Judged(head, ImpactVerdict.UNAFFECTED));
                continue;
            }
            boolean checked = steps < STEPS_OF_ALL && at < found.size();
            judged.add(new Judged(head, checked ? found.get(at).verdict() : ImpactVerdict.NOT_CHECKED));
            steps += at < found.size() ? found.get(at).steps() : 0;
            at++;
        }
        return judged;
    }

    private List<Judgement> judge(TenantContext context, Question question, List<Head> toJudge) {
        int pieces = (toJudge.size() + SLICE - 1) / SLICE;
        // By piece, one more than the steps that it took; 0 until that is known.
        var steps = new AtomicLongArray(pieces);
        return slices
                .run(
                        context,
                        pieces,
                        piece -> new Piece(piece, requests(context, toJudge, piece)),
                        (Piece piece) -> {
                            List<Judgement> found = piece.requests().stream()
                                    .map(question::judge)
                                    .toList();
                            steps.set(piece.number(), 1 + sum(found));
                            return found;
                        },
                        () -> isEnough(steps))
                .stream()
                .flatMap(Collection::stream)
                .toList();
    }

    private record Piece(int number, List<Request> requests) {}

    private List<Request> requests(TenantContext context, List<Head> toJudge, int piece) {
        List<Head> part = toJudge.subList(piece * SLICE, Math.min(toJudge.size(), (piece + 1) * SLICE));
        Map<Head, Request> requests = heads.requests(context, part);
        return part.stream()
                .map(head -> Objects.requireNonNull(requests.get(head)).withStepBudget(STEPS_OF_ONE))
                .toList();
    }

    private static long sum(List<Judgement> found) {
        return found.stream().mapToLong(Judgement::steps).sum();
    }

    /** Whether the pieces that are done, up to the first that is not, used all steps up: then no later one counts. */
    private static boolean isEnough(AtomicLongArray steps) {
        long sum = 0;
        for (int i = 0; i < steps.length() && steps.get(i) > 0; i++) {
            sum += steps.get(i) - 1;
        }
        return sum >= STEPS_OF_ALL;
    }

    static Map<ImpactVerdict, Long> count(List<Judged> judged) {
        Map<ImpactVerdict, Long> counts = new EnumMap<>(ImpactVerdict.class);
        judged.forEach(each -> counts.merge(each.verdict(), 1L, Long::sum));
        return counts;
    }
}
