package dev.apg.resolver;

import dev.apg.resolver.version.PrereleaseRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.sat4j.core.VecInt;
import org.sat4j.minisat.SolverFactory;
import org.sat4j.specs.ContradictionException;
import org.sat4j.specs.ISolver;
import org.sat4j.specs.TimeoutException;

/** Asks SAT4J whether a case has a solution, by writing every rule about every version out as a clause. */
final class SatSolver {
    private final RandomCase given;
    private final HardRules rules;
    private final Map<CapabilityVersion, Integer> variables = new HashMap<>();
    private final ISolver solver = SolverFactory.newDefault();

    private SatSolver(RandomCase given) {
        this.given = given;
        this.rules = new HardRules(given.request());
        for (CapabilityVersion version : given.versions()) {
            variables.put(version, variables.size() + 1);
        }
    }

    static boolean isSolvable(RandomCase given) throws TimeoutException {
        SatSolver sat = new SatSolver(given);
        try {
            sat.addClauses();
        } catch (ContradictionException _) {
            return false;
        }
        return sat.solver.isSatisfiable();
    }

    private void addClauses() throws ContradictionException {
        for (Root root : given.request().roots()) {
            add(List.of(), where(each -> rules.meets(each, root.target())));
        }
        for (CapabilityVersion version : given.versions()) {
            if (!rules.isAllowed(version)) {
                forbid(version, version);
            }
            for (CapabilityVersion other : given.versions()) {
                if (variables.get(other) > variables.get(version)
                        && other.code().equals(version.code())) {
                    forbid(version, other);
                }
            }
            for (Target conflict : version.conflicts()) {
                for (CapabilityVersion other : where(each -> rules.meets(each, conflict, PrereleaseRule.INCLUDE))) {
                    if (other != version) {
                        forbid(version, other);
                    }
                }
            }
            for (Requirement requirement : version.requirements()) {
                add(version, requirement);
            }
        }
    }

    private void add(CapabilityVersion version, Requirement requirement) throws ContradictionException {
        switch (requirement.strength()) {
            case REQUIRED -> {
                if (requirement.anyOf().stream().noneMatch(target -> rules.meetsItself(version, target))) {
                    add(
                            List.of(version),
                            where(each -> requirement.anyOf().stream().anyMatch(target -> rules.meets(each, target))));
                }
            }
            case OPTIONAL -> {
                Target target = requirement.anyOf().getFirst();
                for (CapabilityVersion other : where(each -> HardRules.isAbout(each, target))) {
                    if (other != version && !rules.fits(other, target)) {
                        forbid(version, other);
                    }
                }
            }
            case RECOMMENDED, ENHANCING -> {}
        }
    }

    private List<CapabilityVersion> where(Predicate<CapabilityVersion> condition) {
        return given.versions().stream().filter(condition).toList();
    }

    private void forbid(CapabilityVersion one, CapabilityVersion other) throws ContradictionException {
        add(one == other ? List.of(one) : List.of(one, other), List.of());
    }

    /** Not all of the first, or one of the others. */
    private void add(List<CapabilityVersion> first, List<CapabilityVersion> others) throws ContradictionException {
        List<Integer> literals = new ArrayList<>();
        first.forEach(each -> literals.add(-variable(each)));
        others.forEach(each -> literals.add(variable(each)));
        solver.addClause(
                new VecInt(literals.stream().mapToInt(Integer::intValue).toArray()));
    }

    private int variable(CapabilityVersion version) {
        return variables.getOrDefault(version, 0);
    }
}
