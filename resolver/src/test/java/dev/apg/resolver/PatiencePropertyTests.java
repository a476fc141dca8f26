package dev.apg.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.resolver.engine.Patience;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

/** How early a search helps itself is of no consequence for what it finds, whatever the policy. */
class PatiencePropertyTests {
    private static void isTheSameHoweverImpatient(RandomCase given) {
        Attempt usual = Attempt.of(given.universe(), given.request(), null);
        List<Object> expected = usual.isSolved() ? answer(usual) : List.of();
        for (int conflicts : new int[] {1, 2, 7}) {
            for (int distance : new int[] {0, Integer.MAX_VALUE}) {
                Attempt impatient =
                        Attempt.of(given.universe(), given.request(), null, new Patience(conflicts, distance));
                assertThat(impatient.isSolved()).isEqualTo(usual.isSolved());
                assertThat(impatient.isContradictory()).isEqualTo(usual.isContradictory());
                assertThat(impatient.isSolved() ? answer(impatient) : List.of()).isEqualTo(expected);
            }
        }
    }

    private static List<Object> answer(Attempt attempt) {
        Resolution.Solved solved = attempt.solved();
        return List.of(solved.entries(), solved.bindings(), solved.leftOut(), solved.optimality());
    }

    @Property(seed = "1", tries = 500)
    void smallUniverses(@ForAll long seed, @ForAll @UniqueElements @Size(max = 3) List<Objective> objectives) {
        isTheSameHoweverImpatient(RandomCase.of(seed).with(objectives));
    }

    @Property(seed = "1", tries = 200)
    void largeUniverses(@ForAll long seed, @ForAll @UniqueElements @Size(max = 3) List<Objective> objectives) {
        isTheSameHoweverImpatient(RandomCase.large(seed).with(objectives));
    }
}
