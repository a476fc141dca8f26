package dev.apg.server.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.impact.ImpactVerdict;
import dev.apg.resolver.Request;
import dev.apg.server.impact.Question.Judgement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** With costs that are made up, because real ones would take minutes to add up to the bound. */
class JudgingTests {
    private static final int COMPOSITIONS = 20 * Judging.PART + 7;
    private static final long MOST = 100_000_000;

    /** What the compositions cost, by their place; a request's step budget is its place. */
    private final List<Long> costs = LongStream.range(0, COMPOSITIONS)
            .mapToObj(place -> place % 60 == 0 ? 5_000_000L : place % 7 * 1_000)
            .collect(Collectors.toCollection(ArrayList::new));

    private final AtomicLong spent = new AtomicLong();

    private Judgement judge(Request request) {
        long cost = costs.get(Math.toIntExact(request.stepBudget() - 1));
        spent.addAndGet(cost);
        return new Judgement(ImpactVerdict.UPGRADABLE, false, cost);
    }

    private PartedWork.Part part(Judging judging, int number) {
        List<Request> requests = judging.places(number)
                .mapToObj(place -> Request.of().withStepBudget(place + 1L))
                .toList();
        return judging.part(number, requests, this::judge);
    }

    @Test
    void the_same_compositions_are_checked_in_whatever_order_the_parts_are_worked_on() {
        List<Judgement> expected = oneAfterTheOther();
        assertThat(expected.stream().filter(each -> each.verdict() == ImpactVerdict.UPGRADABLE))
                .hasSize(checked());

        for (int seed = 0; seed < 50; seed++) {
            assertThat(inAnyOrder(new Random(seed))).isEqualTo(expected);
        }
    }

    @Test
    void what_does_not_count_is_hardly_worked_on() {
        oneAfterTheOther();
        // A part goes on for a moment, which ends with what may be the dearest of all.
        assertThat(spent.get()).isLessThan(MOST + 2 * 5_500_000);
    }

    @Test
    void nobody_works_on_more_than_all_may_take_however_dear_one_part_is() {
        Collections.fill(costs, 5_000_000L);
        inAnyOrder(new Random(1));
        assertThat(spent.get()).isLessThan(4 * (MOST + 2 * 5_500_000));
    }

    private List<Judgement> oneAfterTheOther() {
        var judging = new Judging(COMPOSITIONS, MOST);
        for (int i = 0; i < judging.parts(); i++) {
            PartedWork.Part part = part(judging, i);
            boolean more = !judging.isSpent(i);
            while (more) {
                more = part.goOn();
            }
        }
        return judging.found();
    }

    /** How many are checked, one after the other. */
    private int checked() {
        long steps = 0;
        int checked = 0;
        while (steps < MOST) {
            steps += costs.get(checked++);
        }
        return checked;
    }

    /** Four at a time, as four threads might. */
    private List<Judgement> inAnyOrder(Random random) {
        var judging = new Judging(COMPOSITIONS, MOST);
        List<PartedWork.Part> open = new ArrayList<>();
        int next = 0;
        while (next < judging.parts() || !open.isEmpty()) {
            while (open.size() < 4 && next < judging.parts()) {
                if (!judging.isSpent(next)) {
                    open.add(part(judging, next));
                }
                next++;
            }
            Collections.shuffle(open, random);
            if (!open.isEmpty() && !open.getFirst().goOn()) {
                open.removeFirst();
            }
        }
        return judging.found();
    }
}
