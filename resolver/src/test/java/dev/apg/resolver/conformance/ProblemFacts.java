package dev.apg.resolver.conformance;

import dev.apg.resolver.engine.Constraint;
import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.engine.MinimalCore;
import dev.apg.resolver.engine.Proof;
import dev.apg.resolver.engine.Solver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Numbers the facts that clauses state, and reads a contradiction back as such facts. */
final class ProblemFacts {
    /** What a tag is about; {@code a} and {@code b} are explained at each. */
    enum Kind {
        /** a: the set. */
        ROOT,
        /** a: the set. */
        FORBID,
        /** a: the version, b: the set. */
        REQUIRED,
        /** a: the version, b: the set. */
        CONFLICT,
        /** Something of an upgrade is chosen; a: its position in the request. */
        UPGRADED,
        /** Nothing that an upgrade leaves behind is chosen; a: its position in the request. */
        NOT_DOWNGRADED,
        /** a: the position among what is kept. */
        KEPT
    }

    private static final Kind[] KINDS = Kind.values();

    private final Problem problem;
    private final ProblemRequest request;
    private final IntList entries = new IntList();

    ProblemFacts(Problem problem, ProblemRequest request) {
        this.problem = problem;
        this.request = request;
    }

    int add(Kind kind, int a, int b) {
        entries.add(kind.ordinal());
        entries.add(a);
        entries.add(b);
        return entries.size() / 3 - 1;
    }

    private Kind kind(int tag) {
        return KINDS[entries.get(3 * tag)];
    }

    private int a(int tag) {
        return entries.get(3 * tag + 1);
    }

    private int b(int tag) {
        return entries.get(3 * tag + 2);
    }

    /**
     * Facts that contradict each other, none of which can be spared, as the answer format has them. It has none for an
     * upgrade and for what is kept: those are written as the root that they amount to if they can be.
     *
     * @param origins what the contradiction rests on
     * @param variable from a version to its variable
     * @param version from a variable to its version
     */
    ArrayNode core(
            Proof.Origins origins, Solver solver, IntUnaryOperator variable, IntUnaryOperator version, long budget) {
        List<Constraint> constraints = new ArrayList<>();
        for (int tag : origins.facts()) {
            constraints.add(constraint(tag, variable));
        }
        MinimalCore.Result result = MinimalCore.of(constraints, solver::groupOf, budget);
        ArrayNode core = JsonMapper.shared().createArrayNode();
        for (int position : result.constraints()) {
            core.add(json(origins.facts()[position]));
        }
        for (int group : result.groups()) {
            int first = 0;
            while (solver.groupOf(first) != group) {
                first++;
            }
            int id = version.applyAsInt(first);
            core.add(JsonNodeFactory.instance.objectNode().put("one", problem.versions[id].name));
        }
        return core;
    }

    private Constraint constraint(int tag, IntUnaryOperator variable) {
        int a = a(tag);
        return switch (kind(tag)) {
            case ROOT -> root(problem.sets[a], variable);
            case FORBID -> forbid(problem.sets[a], variable);
            case REQUIRED -> new Constraint(variable.applyAsInt(a), true, others(a, b(tag), variable));
            case CONFLICT -> new Constraint(variable.applyAsInt(a), false, others(a, b(tag), variable));
            case UPGRADED -> root(problem.sets[request.upgrades().get(a).allowed()], variable);
            case NOT_DOWNGRADED -> forbid(problem.leftBehind(request.upgrades().get(a)), variable);
            case KEPT -> root(request.keeps().get(a).members(), variable);
        };
    }

    private static Constraint root(int[] ids, IntUnaryOperator variable) {
        return new Constraint(
                Constraint.NO_CONSUMER, true, Arrays.stream(ids).map(variable).toArray());
    }

    private static Constraint forbid(int[] ids, IntUnaryOperator variable) {
        return new Constraint(
                Constraint.NO_CONSUMER, false, Arrays.stream(ids).map(variable).toArray());
    }

    private int[] others(int id, int set, IntUnaryOperator variable) {
        return Arrays.stream(problem.sets[set])
                .filter(other -> other != id)
                .map(variable)
                .toArray();
    }

    private ObjectNode json(int tag) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        int a = a(tag);
        switch (kind(tag)) {
            case ROOT -> node.put("root", a);
            case FORBID -> node.put("forbid", a);
            case REQUIRED -> node.putArray("req").add(a).add(b(tag));
            case CONFLICT -> node.putArray("con").add(a).add(b(tag));
            case UPGRADED -> node.put("root", request.upgrades().get(a).allowed());
            case NOT_DOWNGRADED -> node.put("upgrade", a);
            case KEPT -> {
                ProblemRequest.Keep keep = request.keeps().get(a);
                int set = problem.setOf(keep.members());
                if (set >= 0) {
                    node.put("root", set);
                } else {
                    node.put("keep", keep.id());
                }
            }
        }
        return node;
    }
}
