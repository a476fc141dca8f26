package dev.apg.resolver.conformance;

import dev.apg.resolver.engine.Costs;
import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.engine.Literal;
import dev.apg.resolver.engine.Solver;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An objective such as {@code -count(removed),-notuptodate(solution)}, as costs to be minimised one after the other. */
final class Criteria {
    private static final Pattern TERM = Pattern.compile("([+-])(\\w+)\\((\\w+)(?:,([\\w-]+))?\\)");

    private final Problem problem;
    private final ProblemRules rules;
    private final Solver solver;

    private Criteria(Problem problem, ProblemRules rules) {
        this.problem = problem;
        this.rules = rules;
        this.solver = rules.solver;
    }

    /** Says what every version costs; called before the first search. */
    static List<Costs> of(String objective, Problem problem, ProblemRules rules) {
        Criteria criteria = new Criteria(problem, rules);
        List<Costs> all = new ArrayList<>();
        Matcher term = TERM.matcher(objective);
        while (term.find()) {
            boolean least = term.group(1).equals("-");
            all.add(criteria.costs(least, term.group(2), term.group(3), term.group(4)));
        }
        return all;
    }

    private Costs costs(boolean least, String function, String set, @Nullable String attribute) {
        Costs costs = new Costs(solver);
        for (int id = 0; id < problem.versions.length; id++) {
            int member = member(set, id);
            if (member < 0) {
                continue;
            }
            switch (function) {
                case "count" -> add(costs, least, member, 1);
                case "sum" -> add(costs, least, member, problem.versions[id].attributes.getOrDefault(attribute, 0L));
                case "notuptodate" -> {
                    if (id + 1 < problem.endOf(problem.versions[id].name)) {
                        add(costs, least, member, 1);
                    }
                }
                case "unsat_recommends" -> {
                    for (int recommended : problem.versions[id].recommended) {
                        add(costs, least, unmet(member, problem.sets[recommended]), 1);
                    }
                }
                default ->
                    throw new IllegalArgumentException(
                            "objective: " + function + " (expected: count, sum, notuptodate or unsat_recommends)");
            }
        }
        return costs;
    }

    private static void add(Costs costs, boolean least, int literal, long weight) {
        boolean costly = least == weight > 0;
        costs.add(costly ? literal : Literal.negate(literal), Math.abs(weight));
    }

    /** The literal that says that a version is in the set, or -1 if it never is. */
    private int member(String set, int id) {
        Problem.Version version = problem.versions[id];
        int chosen = Literal.is(rules.variable(id));
        return switch (set) {
            case "solution" -> chosen;
            case "changed" -> version.installed ? Literal.negate(chosen) : chosen;
            case "removed" -> version.installed ? removed(version.name) : -1;
            case "new" -> problem.isInstalled(version.name) ? -1 : chosen;
            case "up" -> isBeyondInstalled(id, 1) ? chosen : -1;
            case "down" -> isBeyondInstalled(id, -1) ? chosen : -1;
            default ->
                throw new IllegalArgumentException(
                        "objective: a set " + set + " (expected: solution, changed, removed, new, up or down)");
        };
    }

    private boolean isBeyondInstalled(int id, int direction) {
        int name = problem.versions[id].name;
        if (!problem.isInstalled(name)) {
            return false;
        }
        for (int other = problem.firstOf(name); other < problem.endOf(name); other++) {
            if (problem.versions[other].installed && Integer.compare(id, other) != direction) {
                return false;
            }
        }
        return true;
    }

    /** True exactly if no version of a name is chosen. */
    private int removed(int name) {
        int removed = solver.newVariable();
        IntList any = new IntList();
        any.add(Literal.is(removed));
        for (int id : problem.idsOf(name)) {
            any.add(Literal.is(rules.variable(id)));
            define(Literal.not(removed), Literal.not(rules.variable(id)));
        }
        solver.addDefinition(any);
        return Literal.is(removed);
    }

    /** True exactly if a member is there and nothing of what it recommends. */
    private int unmet(int member, int[] recommended) {
        int unmet = solver.newVariable();
        IntList clause = new IntList();
        clause.add(Literal.negate(member));
        clause.add(Literal.is(unmet));
        define(Literal.not(unmet), member);
        for (int id : recommended) {
            clause.add(Literal.is(rules.variable(id)));
            define(Literal.not(unmet), Literal.not(rules.variable(id)));
        }
        solver.addDefinition(clause);
        return Literal.is(unmet);
    }

    private void define(int one, int other) {
        IntList clause = new IntList();
        clause.add(one);
        clause.add(other);
        solver.addDefinition(clause);
    }
}
