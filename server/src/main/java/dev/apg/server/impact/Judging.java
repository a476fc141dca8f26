package dev.apg.server.impact;

import dev.apg.resolver.Request;
import dev.apg.server.impact.Question.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Judges compositions part by part, in any order and side by side, until those before have used all steps up. Which ones are
 * checked depends on the steps of each alone: a composition is, if those before it, in order, have not used all up. A part
 * stops only when it is sure that they have, because those that are judged already have.
 */
final class Judging {
    /** Compositions that are read at once. */
    static final int PART = 250;

    /** Steps after which others come in between: about a hundredth of a second, which is nearly always a first slice. */
    private static final long MOMENT = 100_000;

    private final int compositions;
    private final long mostSteps;
    private final AtomicReferenceArray<@Nullable Judgement> judged;

    /** By part, what its compositions have cost so far. */
    private final AtomicLongArray spent;

    /** @param mostSteps of all together */
    Judging(int compositions, long mostSteps) {
        this.compositions = compositions;
        this.mostSteps = mostSteps;
        this.judged = new AtomicReferenceArray<>(compositions);
        this.spent = new AtomicLongArray((compositions + PART - 1) / PART);
    }

    int parts() {
        return spent.length();
    }

    /** Which compositions are in a part, by their place. */
    IntStream places(int part) {
        return IntStream.range(part * PART, Math.min(compositions, (part + 1) * PART));
    }

    /** Whether nothing of the part counts that is not judged yet. */
    boolean isSpent(int part) {
        long steps = 0;
        for (int i = 0; i <= part && steps < mostSteps; i++) {
            steps += spent.get(i);
        }
        return steps >= mostSteps;
    }

    /** @param requests of the part's compositions */
    PartedWork.Part part(int part, List<Request> requests, Function<Request, Judgement> judge) {
        return new PartedWork.Part() {
            private int at;

            @Override
            public boolean goOn() {
                long begun = spent.get(part);
                while (at < requests.size() && spent.get(part) - begun < MOMENT) {
                    Judgement judgement = judge.apply(requests.get(at));
                    judged.set(part * PART + at, judgement);
                    spent.addAndGet(part, judgement.steps());
                    at++;
                }
                return at < requests.size() && !isSpent(part);
            }
        };
    }

    /** In the order of the compositions, once all parts are done. */
    List<Judgement> found() {
        List<Judgement> found = new ArrayList<>(compositions);
        long steps = 0;
        for (int i = 0; i < compositions; i++) {
            Judgement judgement = steps < mostSteps ? Objects.requireNonNull(judged.get(i)) : Judgement.notChecked(0);
            found.add(judgement);
            steps += judgement.steps();
        }
        return found;
    }
}
