package dev.apg.resolver.conformance;

import dev.apg.resolver.engine.Constraint;
import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.engine.IntMap;
import dev.apg.resolver.engine.Literal;
import dev.apg.resolver.engine.MinimalCore;
import dev.apg.resolver.engine.Needs;
import dev.apg.resolver.engine.Proof;
import dev.apg.resolver.engine.Rulebook;
import dev.apg.resolver.engine.Solver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A problem and one of its requests, as variables and clauses, described when they are reached. */
final class ProblemRules implements Rulebook {
    private enum Fact {
        ROOT,
        FORBID,
        REQUIRED,
        CONFLICT,
        KEPT
    }

    private final Problem problem;
    final Solver solver;
    final Needs needs;
    final int requestVariable;
    private final boolean weak;

    private final int[] installs;
    private final List<int[]> kept = new ArrayList<>();

    /** By id, the set that forbids it; 0, the empty set, if none does. */
    private final IntMap forbiddenBy = new IntMap();

    private final IntMap rank = new IntMap();
    private final IntMap groups = new IntMap();
    private final IntList ids = new IntList();

    /** Three ints a tag: fact, id, set. */
    private final IntList facts = new IntList();

    /** Without a request, for sweeps. */
    ProblemRules(Problem problem, long stepBudget) {
        this(problem, JsonNodeFactory.instance.objectNode(), stepBudget);
    }

    ProblemRules(Problem problem, JsonNode each, long stepBudget) {
        this.problem = problem;
        this.solver = new Solver(stepBudget);
        this.needs = new Needs(solver);
        this.weak = each.path("weak").asBoolean(false);
        this.requestVariable = solver.newVariable();
        ids.add(-1);
        solver.setRulebook(this);
        JsonNode request = each.path("request");
        installs = Problem.ints(request.path("install"));
        for (int set : Problem.ints(request.path("forbid"))) {
            for (int id : problem.sets[set]) {
                forbiddenBy.put(id, set);
            }
        }
        for (JsonNode upgrade : request.path("upgrade")) {
            keepAndUpgrade(
                    upgrade.path("allowed").intValue(), upgrade.path("all").intValue());
        }
        rank(request);
        if (!problem.oneOfAName) {
            keep();
        }
        IntList itself = new IntList();
        itself.add(Literal.is(requestVariable));
        solver.addDefinition(itself);
    }

    private void keepAndUpgrade(int allowed, int all) {
        int[] fine = problem.sets[allowed];
        kept.add(fine);
        for (int id : problem.sets[all]) {
            if (Arrays.binarySearch(fine, id) < 0) {
                forbiddenBy.put(id, all);
            }
        }
    }

    private void rank(JsonNode request) {
        for (int id : Problem.ints(request.path("prefer"))) {
            rank.put(id, 4);
        }
        for (int set : Problem.ints(request.path("favor"))) {
            Arrays.stream(problem.sets[set]).forEach(id -> rank.put(id, 3));
        }
        for (int set : Problem.ints(request.path("disfavor"))) {
            Arrays.stream(problem.sets[set]).forEach(id -> rank.put(id, 1));
        }
    }

    private void keep() {
        for (int id = 0; id < problem.versions.length; id++) {
            Problem.Version version = problem.versions[id];
            if (version.installed && version.keep != null) {
                switch (version.keep) {
                    case "version" -> kept.add(new int[] {id});
                    case "package" -> kept.add(idsOf(version.name));
                    case "feature" -> Arrays.stream(version.keepNames).forEach(set -> kept.add(problem.sets[set]));
                    default -> throw new IllegalArgumentException("keep: " + version.keep);
                }
            }
        }
    }

    int[] idsOf(int name) {
        int[] all = new int[problem.endOf(name) - problem.firstOf(name)];
        Arrays.setAll(all, i -> problem.firstOf(name) + i);
        return all;
    }

    int variable(int id) {
        int key = problem.oneOfAName ? problem.versions[id].name : id;
        int first = groups.get(key);
        int from = problem.oneOfAName ? problem.firstOf(key) : id;
        int size = problem.oneOfAName ? problem.endOf(key) - from : 1;
        if (first < 0) {
            first = solver.newGroup(size);
            groups.put(key, first);
            for (int i = 0; i < size; i++) {
                setId(first + i, from + i);
                int forbidding = forbiddenBy.get(from + i);
                if (forbidding >= 0) {
                    solver.ruleOut(first + i, tag(Fact.FORBID, from + i, forbidding));
                }
            }
        }
        return first + id - from;
    }

    private void setId(int variable, int id) {
        while (ids.size() <= variable) {
            ids.add(-1);
        }
        ids.set(variable, id);
    }

    /** The version that a variable stands for, or -1. */
    int id(int variable) {
        return variable < ids.size() ? ids.get(variable) : -1;
    }

    private int tag(Fact fact, int id, int set) {
        facts.add(fact.ordinal());
        facts.add(id);
        facts.add(set);
        return facts.size() / 3 - 1;
    }

    private final IntList wanted = new IntList();
    private final IntList ruledOut = new IntList();
    private final IntList clause = new IntList();

    @Override
    public void describe(int variable) {
        if (variable == requestVariable) {
            needs.begin(variable);
            for (int set : installs) {
                need(variable, -1, problem.sets[set], false, tag(Fact.ROOT, -1, set));
            }
            for (int[] set : kept) {
                need(variable, -1, set, false, tag(Fact.KEPT, -1, 0));
            }
            return;
        }
        int id = id(variable);
        if (id < 0) {
            return;
        }
        Problem.Version version = problem.versions[id];
        needs.begin(variable);
        for (int set : version.required) {
            need(variable, id, problem.sets[set], false, tag(Fact.REQUIRED, id, set));
        }
        if (weak) {
            for (int set : version.recommended) {
                need(variable, id, problem.sets[set], true, tag(Fact.REQUIRED, id, set));
            }
        }
        for (int set : version.conflicts) {
            int tag = tag(Fact.CONFLICT, id, set);
            for (int other : problem.sets[set]) {
                if (other != id) {
                    clause.truncate(0);
                    clause.add(Literal.not(variable));
                    clause.add(Literal.not(variable(other)));
                    solver.addClause(clause, tag);
                }
            }
        }
    }

    private void need(int variable, int consumer, int[] set, boolean soft, int tag) {
        if (consumer >= 0 && Arrays.binarySearch(set, consumer) >= 0) {
            return;
        }
        wanted.truncate(0);
        ruledOut.truncate(0);
        // Newest first inside a name; names in the order of their first mention.
        Map<Integer, IntList> byRank = new TreeMap<>();
        int at = 0;
        while (at < set.length) {
            int end = at;
            while (end < set.length && problem.versions[set[end]].name == problem.versions[set[at]].name) {
                end++;
            }
            for (int i = end - 1; i >= at; i--) {
                byRank.computeIfAbsent(-rankOf(set[i], consumer), _ -> new IntList())
                        .add(set[i]);
            }
            at = end;
        }
        for (IntList alike : byRank.values()) {
            for (int i = 0; i < alike.size(); i++) {
                int candidate = variable(alike.get(i));
                (solver.isRuledOut(candidate) ? ruledOut : wanted).add(candidate);
            }
        }
        needs.add(variable, wanted, ruledOut, soft, tag);
    }

    private int rankOf(int id, int consumer) {
        int asked = rank.get(id);
        int base = (asked < 0 ? 2 : asked) * 4;
        if (consumer < 0) {
            return base;
        }
        Problem.Version from = problem.versions[consumer];
        boolean suggested = isIn(from.suggested, id) || isIn(from.recommended, id);
        boolean enhances =
                isIn(problem.versions[id].enhanced, consumer) || isIn(problem.versions[id].supplemented, consumer);
        return base + (suggested ? 2 : 0) + (enhances ? 1 : 0);
    }

    private boolean isIn(int[] sets, int id) {
        for (int set : sets) {
            if (Arrays.binarySearch(problem.sets[set], id) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Facts that contradict each other, none of which can be spared, as the answer format has them. */
    ArrayNode core(long budget) {
        Proof.Origins origins = solver.origins();
        List<Constraint> constraints = new ArrayList<>();
        for (int tag : origins.facts()) {
            constraints.add(constraint(tag));
        }
        MinimalCore.Result result = MinimalCore.of(constraints, solver::groupOf, budget);
        ArrayNode core = JsonMapper.shared().createArrayNode();
        for (int position : result.constraints()) {
            core.add(fact(origins.facts()[position]));
        }
        for (int group : result.groups()) {
            int first = 0;
            while (solver.groupOf(first) != group) {
                first++;
            }
            core.add(JsonNodeFactory.instance.objectNode().put("one", problem.versions[id(first)].name));
        }
        return core;
    }

    private Constraint constraint(int tag) {
        int id = facts.get(3 * tag + 1);
        int[] members = Arrays.stream(problem.sets[facts.get(3 * tag + 2)])
                .filter(member -> member != id)
                .map(this::variable)
                .toArray();
        return switch (Fact.values()[facts.get(3 * tag)]) {
            case ROOT, KEPT -> new Constraint(Constraint.NO_CONSUMER, true, members);
            case REQUIRED -> new Constraint(variable(id), true, members);
            case CONFLICT -> new Constraint(variable(id), false, members);
            case FORBID -> new Constraint(Constraint.NO_CONSUMER, false, forbidden(facts.get(3 * tag + 2)));
        };
    }

    private int[] forbidden(int set) {
        return Arrays.stream(problem.sets[set]).map(this::variable).toArray();
    }

    private ObjectNode fact(int tag) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        int id = facts.get(3 * tag + 1);
        int set = facts.get(3 * tag + 2);
        switch (Fact.values()[facts.get(3 * tag)]) {
            case ROOT, KEPT -> node.put("root", set);
            case FORBID -> node.put("forbid", set);
            case REQUIRED -> node.putArray("req").add(id).add(set);
            case CONFLICT -> node.putArray("con").add(id).add(set);
        }
        return node;
    }
}
