package dev.apg.resolver.conformance;

import dev.apg.resolver.conformance.ProblemFacts.Kind;
import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.engine.IntMap;
import dev.apg.resolver.engine.Literal;
import dev.apg.resolver.engine.Needs;
import dev.apg.resolver.engine.Rulebook;
import dev.apg.resolver.engine.Solver;
import java.util.Arrays;
import tools.jackson.databind.node.ArrayNode;

/** A problem and one of its requests, as variables and clauses, described when they are reached. */
final class ProblemRules implements Rulebook {
    private static final int UNRANKED = 2;

    private final Problem problem;
    private final ProblemRequest request;
    private final ProblemFacts facts;
    final Solver solver;
    final Needs needs;
    final int requestVariable;

    /** By id, the tag of what forbids it. */
    private final IntMap forbiddenBy = new IntMap();

    /** By name where at most one of a name is chosen, else by id: the first variable. */
    private final IntMap groups = new IntMap();

    /** By variable. */
    private final IntList ids = new IntList();

    /** Candidates of the need that is being described, and how much each is preferred. */
    private final IntList preferred = new IntList();

    private final IntList ranks = new IntList();

    private final IntList wanted = new IntList();
    private final IntList ruledOut = new IntList();
    private final IntList clause = new IntList();

    ProblemRules(Problem problem, ProblemRequest request, long stepBudget) {
        this.problem = problem;
        this.request = request;
        this.facts = new ProblemFacts(problem, request);
        this.solver = new Solver(stepBudget);
        this.needs = new Needs(solver);
        this.requestVariable = solver.newVariable();
        ids.add(-1);
        solver.setRulebook(this);
        for (int set : request.forbids()) {
            forbid(problem.sets[set], facts.add(Kind.FORBID, set, 0));
        }
        for (int i = 0; i < request.upgrades().size(); i++) {
            forbid(problem.leftBehind(request.upgrades().get(i)), facts.add(Kind.NOT_DOWNGRADED, i, 0));
        }
        IntList itself = new IntList();
        itself.add(Literal.is(requestVariable));
        solver.addDefinition(itself);
    }

    private void forbid(int[] forbidden, int tag) {
        for (int id : forbidden) {
            forbiddenBy.put(id, tag);
        }
    }

    int variable(int id) {
        int key = problem.oneOfAName ? problem.versions[id].name : id;
        int first = groups.get(key);
        int from = problem.oneOfAName ? problem.firstOf(key) : id;
        if (first < 0) {
            int size = problem.oneOfAName ? problem.endOf(key) - from : 1;
            first = solver.newGroup(size);
            groups.put(key, first);
            for (int i = 0; i < size; i++) {
                setId(first + i, from + i);
                int forbidding = forbiddenBy.get(from + i);
                if (forbidding >= 0) {
                    solver.ruleOut(first + i, forbidding);
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

    @Override
    public void describe(int variable) {
        if (variable == requestVariable) {
            describeRequest();
        } else if (id(variable) >= 0) {
            describeVersion(variable, id(variable));
        }
    }

    private void describeRequest() {
        needs.begin(requestVariable);
        for (int set : request.installs()) {
            need(requestVariable, -1, problem.sets[set], false, facts.add(Kind.ROOT, set, 0));
        }
        for (int i = 0; i < request.upgrades().size(); i++) {
            int[] allowed = problem.sets[request.upgrades().get(i).allowed()];
            need(requestVariable, -1, allowed, false, facts.add(Kind.UPGRADED, i, 0));
        }
        for (int i = 0; i < request.keeps().size(); i++) {
            need(requestVariable, -1, request.keeps().get(i).members(), false, facts.add(Kind.KEPT, i, 0));
        }
    }

    private void describeVersion(int variable, int id) {
        Problem.Version version = problem.versions[id];
        needs.begin(variable);
        for (int set : version.required) {
            need(variable, id, problem.sets[set], false, facts.add(Kind.REQUIRED, id, set));
        }
        if (request.weak()) {
            for (int set : version.recommended) {
                need(variable, id, problem.sets[set], true, facts.add(Kind.REQUIRED, id, set));
            }
        }
        for (int set : version.conflicts) {
            int tag = facts.add(Kind.CONFLICT, id, set);
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
        inOrderOfPreference(set, consumer);
        wanted.truncate(0);
        ruledOut.truncate(0);
        for (int i = 0; i < preferred.size(); i++) {
            int candidate = variable(preferred.get(i));
            (solver.isRuledOut(candidate) ? ruledOut : wanted).add(candidate);
        }
        needs.add(variable, wanted, ruledOut, soft, tag);
    }

    /** The most preferred first; else names in the order of their first mention, and the newest of a name first. */
    private void inOrderOfPreference(int[] set, int consumer) {
        preferred.truncate(0);
        ranks.truncate(0);
        int at = 0;
        while (at < set.length) {
            int end = at;
            while (end < set.length && problem.versions[set[end]].name == problem.versions[set[at]].name) {
                end++;
            }
            for (int i = end - 1; i >= at; i--) {
                insert(set[i], rankOf(set[i], consumer));
            }
            at = end;
        }
    }

    /** Behind all that are not less preferred. */
    private void insert(int id, int rank) {
        int place = preferred.size();
        preferred.add(id);
        ranks.add(rank);
        for (; place > 0 && ranks.get(place - 1) < rank; place--) {
            preferred.set(place, preferred.get(place - 1));
            ranks.set(place, ranks.get(place - 1));
        }
        preferred.set(place, id);
        ranks.set(place, rank);
    }

    private int rankOf(int id, int consumer) {
        int asked = request.ranks().get(id);
        int base = (asked < 0 ? UNRANKED : asked) * 4;
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

    /** After a contradiction: see {@link ProblemFacts#core}. */
    ArrayNode core(long budget) {
        return facts.core(solver.origins(), solver, this::variable, this::id, budget);
    }
}
