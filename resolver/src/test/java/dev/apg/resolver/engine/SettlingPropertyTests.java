package dev.apg.resolver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SettlingPropertyTests {
    private static final Patience ENDLESS = new Patience(Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** What a search came to, and what it chose, in order. */
    private record Found(Outcome outcome, List<Integer> chosen, long steps) {}

    /** Random things of up to three versions each, with needs and conflicts that are often in each other's way. */
    private record Problem(long seed, int things, int needs, int conflicts) {
        Found search(Patience patience) {
            var solver = new Solver(Long.MAX_VALUE, patience);
            var needs = new Needs(solver);
            int request = solver.newVariable();
            Random random = new Random(seed);
            int first = solver.variableCount();
            for (int i = 0; i < things; i++) {
                solver.newGroup(1 + random.nextInt(3));
            }
            int versions = solver.variableCount() - first;
            List<int[]> needed = new ArrayList<>();
            for (int i = 0; i < this.needs; i++) {
                needed.add(distinct(random, first, versions, 1 + random.nextInt(3)));
            }
            List<int[]> opposed = new ArrayList<>();
            for (int i = 0; i < conflicts; i++) {
                opposed.add(distinct(random, first, versions, 2));
            }
            solver.setRulebook(variable -> {
                needs.begin(variable);
                for (int i = 0; i < needed.size(); i++) {
                    // One in three is asked for, the others belong to versions.
                    int consumer = i % 3 == 0 ? request : first + i % versions;
                    if (consumer == variable) {
                        needs.add(variable, list(needed.get(i)), new IntList(), i % 5 == 1, i);
                    }
                }
                for (int i = 0; i < opposed.size(); i++) {
                    int[] both = opposed.get(i);
                    if (both.length == 2 && (both[0] == variable || both[1] == variable)) {
                        IntList clause = new IntList();
                        clause.add(Literal.not(both[0]));
                        clause.add(Literal.not(both[1]));
                        solver.addClause(clause, needed.size() + i);
                    }
                }
            });
            solver.addDefinition(list(Literal.is(request)));
            var order = new RuleOrder(solver, needs, request);
            Outcome outcome = solver.search(order);
            List<Integer> chosen = new ArrayList<>();
            for (int i = 0; outcome == Outcome.SOLVED && i < order.chosenCount(); i++) {
                chosen.add(order.chosen(i));
            }
            return new Found(outcome, chosen, solver.steps());
        }

        private static int[] distinct(Random random, int first, int count, int size) {
            return random.ints(size, first, first + count).distinct().toArray();
        }

        private static IntList list(int... values) {
            IntList list = new IntList();
            for (int value : values) {
                list.add(value);
            }
            return list;
        }
    }

    @Property(tries = 3_000)
    void what_is_chosen_is_the_same_however_early_it_helps(@ForAll long seed, @ForAll boolean dense) {
        Problem problem = dense ? new Problem(seed, 12, 50, 60) : new Problem(seed, 20, 40, 40);
        Found plain = problem.search(ENDLESS);
        for (int conflicts : new int[] {1, 2, 7}) {
            Found helped = problem.search(new Patience(conflicts, Integer.MAX_VALUE));
            assertThat(helped.outcome()).isEqualTo(plain.outcome());
            assertThat(helped.chosen()).isEqualTo(plain.chosen());
        }
    }

    @Property(tries = 3_000)
    void what_is_chosen_is_the_same_however_early_it_mends(@ForAll long seed, @ForAll boolean dense) {
        Problem problem = dense ? new Problem(seed, 12, 50, 60) : new Problem(seed, 40, 60, 60);
        Found plain = problem.search(ENDLESS);
        for (int conflicts : new int[] {1, 4, Integer.MAX_VALUE}) {
            Found mended = problem.search(new Patience(conflicts, 0));
            assertThat(mended.outcome()).isEqualTo(plain.outcome());
            assertThat(mended.chosen()).isEqualTo(plain.chosen());
        }
    }

    @Test
    void restarts_come_in_lubys_sequence() {
        assertThat(java.util.stream.IntStream.rangeClosed(1, 15).map(Settling::luby))
                .containsExactly(1, 1, 2, 1, 1, 2, 4, 1, 1, 2, 1, 1, 2, 4, 8);
    }
}
