package dev.apg.resolver;

import dev.apg.resolver.engine.Costs;
import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.engine.Literal;
import dev.apg.resolver.engine.Solver;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.List;

/** Says what choosing costs under the objectives of the policy, capability by capability as they are reached. */
final class Pricing {
    private final Solver solver;
    private final Request request;

    /** In the order of the objectives. */
    private final List<Price> prices;

    /** For capabilities of the previous lock: the variable that says "removed", and the versions. */
    record Lockable(int removed, VersionBlock block, int first) {}

    private final List<Lockable> lockables = new ArrayList<>();

    /** What is paid under one objective. */
    static final class Price {
        final Objective objective;
        final Costs costs;

        /** Costs that nothing can avoid. */
        private long unavoidable;

        Price(Objective objective, Solver solver) {
            this.objective = objective;
            this.costs = new Costs(solver);
        }

        long value() {
            return costs.value() + unavoidable;
        }

        long unavoidable() {
            return unavoidable;
        }
    }

    Pricing(Solver solver, Request request) {
        this.solver = solver;
        this.request = request;
        this.prices = request.policy().objectives().stream()
                .map(objective -> new Price(objective, solver))
                .toList();
    }

    List<Price> prices() {
        return prices;
    }

    List<Lockable> lockables() {
        return lockables;
    }

    /** A capability's variables were just made and are in no clause yet. */
    void price(String code, VersionBlock block, int first) {
        for (Price price : prices) {
            switch (price.objective) {
                case FEWEST -> together(price.costs, first, block.size(), -1, 1);
                case CHEAPEST -> priceByCost(price.costs, block, first);
                case MINIMAL_CHANGE -> {
                    if (!request.update().contains(code)) {
                        SemVer locked = request.previous().get(code);
                        together(price.costs, first, block.size(), locked == null ? -1 : block.ordinalOf(locked), 1);
                    }
                }
            }
        }
    }

    private Price changes() {
        return prices.stream()
                .filter(price -> price.objective == Objective.MINIMAL_CHANGE)
                .findFirst()
                .orElseThrow();
    }

    /** A capability of the previous lock costs something too when it is gone. */
    void priceRemoval(VersionBlock block, int first) {
        int removed = solver.newVariable();
        changes().costs.add(Literal.is(removed), 1);
        IntList clause = new IntList();
        clause.add(Literal.is(removed));
        for (int i = 0; i < block.size(); i++) {
            clause.add(Literal.is(first + i));
        }
        solver.addDefinition(clause);
        lockables.add(new Lockable(removed, block, first));
    }

    /** A capability of the previous lock that has no version any more is removed in any case. */
    void priceLoss() {
        changes().unavoidable++;
    }

    private void priceByCost(Costs costs, VersionBlock block, int first) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < block.size(); i++) {
            least = Math.min(least, block.cost(i));
        }
        for (int i = 0; i < block.size(); i++) {
            costs.add(Literal.is(first + i), block.cost(i) - least);
        }
        if (least > 0) {
            together(costs, first, block.size(), -1, least);
        }
    }

    /** One cost for whichever version is chosen, except one. */
    private void together(Costs costs, int first, int size, int except, long weight) {
        int any = solver.newVariable();
        costs.add(Literal.is(any), weight);
        // What is paid for must be there: so it is soon seen that what it needs is paid for too.
        IntList one = new IntList();
        one.add(Literal.not(any));
        for (int i = 0; i < size; i++) {
            if (i != except) {
                one.add(Literal.is(first + i));
                IntList clause = new IntList();
                clause.add(Literal.not(first + i));
                clause.add(Literal.is(any));
                solver.addDefinition(clause);
            }
        }
        solver.addDefinition(one);
    }
}
