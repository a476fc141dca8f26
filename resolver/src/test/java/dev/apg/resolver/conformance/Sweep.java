package dev.apg.resolver.conformance;

import dev.apg.resolver.engine.Chooser;
import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.engine.Literal;
import dev.apg.resolver.engine.Outcome;
import dev.apg.resolver.engine.RuleOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Is each version installable alone? One solver asks for one after the other and keeps what it learns; what a solution
 * holds is installable too and is not asked for again.
 */
final class Sweep {
    /** Versions that a thread takes at once. */
    private static final int SHARE = 64;

    private final Problem problem;

    /** Those that some thread found installable. What a thread reads may be out of date: it asks once more then. */
    private final boolean[] installable;

    private final AtomicInteger next;

    private Sweep(Problem problem) {
        this.problem = problem;
        this.installable = new boolean[problem.versions.length];
        this.next = new AtomicInteger(problem.versions.length);
    }

    static JsonNode answer(Problem problem, JsonNode sweep) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("sweep", sweep.required("id"));
        ArrayNode unsat = answer.putArray("unsat");
        for (int id : uninstallable(problem)) {
            unsat.add(id);
        }
        return answer;
    }

    /** Descending. */
    static int[] uninstallable(Problem problem) {
        return new Sweep(problem).shares();
    }

    /** The same with so many threads; each learns for itself. */
    static int[] uninstallable(Problem problem, int threads) throws ExecutionException, InterruptedException {
        Sweep sweep = new Sweep(problem);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<int[]>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                parts.add(pool.submit(sweep::shares));
            }
            IntStream found = IntStream.empty();
            for (Future<int[]> part : parts) {
                found = IntStream.concat(found, Arrays.stream(part.get()));
            }
            return found.map(id -> -id).sorted().map(id -> -id).toArray();
        }
    }

    /** Takes shares until none is left. */
    private int[] shares() {
        ProblemRules rules = new ProblemRules(problem, ProblemRequest.none(), Long.MAX_VALUE);
        IntList unsat = new IntList();
        int end;
        while ((end = next.getAndAdd(-SHARE)) > 0) {
            for (int id = end - 1; id >= Math.max(0, end - SHARE); id--) {
                if (!installable[id] && !isInstallable(rules, id)) {
                    unsat.add(id);
                }
            }
        }
        return unsat.toArray();
    }

    private boolean isInstallable(ProblemRules rules, int id) {
        First first = new First(rules, rules.variable(id));
        if (rules.solver.searchAgain(first) != Outcome.SOLVED) {
            return false;
        }
        for (int i = 0; i < first.order.chosenCount(); i++) {
            installable[rules.id(first.order.chosen(i))] = true;
        }
        return true;
    }

    /** Decides for one variable first, then for what it needs. */
    private static final class First implements Chooser {
        private final ProblemRules rules;
        private final int variable;
        final RuleOrder order;

        First(ProblemRules rules, int variable) {
            this.rules = rules;
            this.variable = variable;
            this.order = new RuleOrder(rules.solver, rules.needs, variable);
        }

        @Override
        public int next() {
            if (rules.solver.isFalse(variable)) {
                return REFUTED;
            }
            return rules.solver.isTrue(variable) ? order.next() : Literal.is(variable);
        }

        @Override
        public int firm() {
            return 1;
        }

        @Override
        public void opening(int level) {
            order.opening(level);
        }

        @Override
        public void backTo(int level) {
            order.backTo(level);
        }
    }
}
