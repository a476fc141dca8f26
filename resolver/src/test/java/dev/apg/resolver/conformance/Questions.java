package dev.apg.resolver.conformance;

import dev.apg.resolver.engine.Outcome;
import dev.apg.resolver.engine.RuleOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** The questions of a problem file, asked one by one by whoever measures; {@link Conformance} answers them all. */
public final class Questions {
    private static final long STEPS = 2_000_000_000L;

    private final Problem problem;

    /** By id. */
    private final Map<String, ProblemRequest> requests = new LinkedHashMap<>();

    private Questions(Problem problem) {
        this.problem = problem;
        problem.cases.forEach(each -> requests.put(each.required("id").asString(), ProblemRequest.of(problem, each)));
    }

    public static Questions read(Path file) throws IOException {
        return new Questions(Problem.read(file));
    }

    /** Versions are numbered from 0. */
    public int versions() {
        return problem.versions.length;
    }

    public int name(int version) {
        return problem.versions[version].name;
    }

    /** The sets of which a version needs a member. */
    public int[] required(int version) {
        return problem.versions[version].required.clone();
    }

    /** The sets that no other version may be chosen from. */
    public int[] conflicts(int version) {
        return problem.versions[version].conflicts.clone();
    }

    public int sets() {
        return problem.sets.length;
    }

    public int[] set(int set) {
        return problem.sets[set].clone();
    }

    /** Ids of the cases, in their order. */
    public Set<String> cases() {
        return requests.keySet();
    }

    /** The sets of which a case asks for a member. */
    public int[] installs(String id) {
        return request(id).installs().clone();
    }

    /** How many versions the answer to a case chooses, or -1 if it has no answer. */
    public int chosen(String id) {
        ProblemRules rules = new ProblemRules(problem, request(id), STEPS);
        RuleOrder order = new RuleOrder(rules.solver, rules.needs, rules.requestVariable);
        return rules.solver.search(order) == Outcome.SOLVED ? order.chosenCount() - 1 : -1;
    }

    /** The versions that cannot be installed, not even alone. */
    public int[] uninstallable() {
        return Sweep.uninstallable(problem);
    }

    /** The same with so many threads. */
    public int[] uninstallable(int threads) throws ExecutionException, InterruptedException {
        return Sweep.uninstallable(problem, threads);
    }

    private ProblemRequest request(String id) {
        ProblemRequest request = requests.get(id);
        if (request == null) {
            throw new IllegalArgumentException("case: " + id + " (expected: one of " + requests.keySet() + ")");
        }
        return request;
    }
}
