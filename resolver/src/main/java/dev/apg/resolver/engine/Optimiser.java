package dev.apg.resolver.engine;

/**
 * Finds the least sum of costs from below (core-guided, after A. Morgado, C. Dodaro and J. Marques-Silva, Core-Guided
 * MaxSAT with Soft Cardinality Constraints, 2014): it insists that nothing costs anything; when some of that is
 * impossible together, it allows as much of it as must be, which raises the proven bound, and insists on the rest; the
 * first time that all it insists on can hold, the sum is the least.
 *
 * <p>A core is paid for at once and the search goes on with the wishes that are left, so that one search finds many
 * cores that have nothing in common. Great weights are insisted on before small ones; what is not insisted on is tried
 * to be had for nothing all the same, so that every search ends in a good solution. What costs more than lies between
 * the best solution and the bound is required from then on.
 */
public final class Optimiser {
    private static final int NONE = -1;

    private final Solver solver;
    private final Costs costs;
    private final Chooser chooser;
    private final Wishes wishes;
    private long best;

    /** The least weight that is insisted on. */
    private long least;

    /** @param chooser completes an assignment once everything that is insisted on holds */
    public Optimiser(Solver solver, Costs costs, Chooser chooser) {
        this.solver = solver;
        this.costs = costs;
        this.chooser = chooser;
        this.wishes = new Wishes(solver, costs);
    }

    /**
     * The end of the optimisation.
     *
     * @param outcome {@link Outcome#SOLVED} if the least sum is known, and from now on required; {@link
     *     Outcome#OUT_OF_STEPS} if not
     * @param bound no solution costs less
     */
    public record Result(Outcome outcome, long bound) {}

    /** What is done with each solution found on the way; they cost less and less. */
    public interface Better {
        void found(long value);
    }

    /**
     * Minimises, after a first solution was found.
     *
     * @param first what that solution costs
     */
    public Result minimise(long first, Better better) {
        best = first;
        wishes.takeNewCosts();
        least = wishes.greatestBelow(Long.MAX_VALUE);
        while (wishes.bound() < best) {
            solver.backTo(0, chooser);
            wishes.build();
            wishes.takeNewCosts();
            wishes.require(best - wishes.bound());
            switch (solver.searchAgain(new Insistence())) {
                case SOLVED -> {
                    long value = costs.value();
                    if (value < best) {
                        best = value;
                        better.found(value);
                    }
                    if (!wishes.hasPaid()) {
                        least = Math.min(least / 2, wishes.greatestBelow(least));
                    }
                }
                case REFUTED -> {}
                case CONTRADICTION -> throw new IllegalStateException("a solution was known");
                case OUT_OF_STEPS -> {
                    return new Result(Outcome.OUT_OF_STEPS, wishes.bound());
                }
            }
        }
        solver.backTo(0, chooser);
        wishes.build();
        // Costs that were met while the last search went on belong to it too.
        wishes.takeNewCosts();
        costs.close();
        wishes.require(0);
        return new Result(Outcome.SOLVED, wishes.bound());
    }

    /** Decides for all wishes of enough weight, then for the others as far as they can be had, then lets the chooser go on. */
    private final class Insistence implements Chooser {
        private final Pass insisted = new Pass();
        private final Pass tried = new Pass();

        /** By level: where the two passes were before its decision, and the wish that it was about. */
        private final IntList saved = new IntList();

        private static final int SAVED = 5;

        /** The wish that is about to be decided, or {@link #NONE}. */
        private int deciding = NONE;

        /** How many decisions stood when there was nothing left to insist on. */
        private int firm = Integer.MAX_VALUE;

        /** How many stood when there was nothing left to try. */
        private int chosenBehind = Integer.MAX_VALUE;

        /** By literal that was decided as a wish: the wish. */
        private final IntMap wishOf = new IntMap();

        @Override
        public int next() {
            wishes.takeNewCosts();
            for (int wish = insisted.wish(); wish != NONE; wish = insisted.wish()) {
                int literal = wishes.literal(wish);
                if (wishes.weight(wish) < least || solver.value(literal) > 0) {
                    insisted.skip();
                } else if (solver.value(literal) == 0) {
                    wishOf.put(literal, wish);
                    deciding = wish;
                    return literal;
                } else {
                    IntList decisions = solver.decisionsAgainst(literal);
                    if (isTakenBack(decisions)) {
                        return AGAIN;
                    }
                    if (!pay(wish, decisions)) {
                        insisted.skip();
                    } else if (wishes.bound() >= best) {
                        return REFUTED;
                    }
                }
            }
            firm = Math.min(firm, solver.level());
            for (int wish = tried.wish(); wish != NONE; wish = tried.wish()) {
                if (solver.value(wishes.literal(wish)) == 0) {
                    deciding = wish;
                    return wishes.literal(wish);
                }
                tried.skip();
            }
            chosenBehind = Math.min(chosenBehind, solver.level());
            deciding = NONE;
            return chooser.next();
        }

        @Override
        public int firm() {
            return Math.max(chosenBehind, chooser.firm());
        }

        /** Takes back what was decided when there was nothing left to insist on, if one of some decisions is among it. */
        private boolean isTakenBack(IntList decisions) {
            for (int i = 0; i < decisions.size(); i++) {
                if (solver.levelOf(decisions.get(i)) > firm) {
                    solver.backTo(firm, this);
                    firm = Integer.MAX_VALUE;
                    return true;
                }
            }
            return false;
        }

        /**
         * Pays for the core that decisions make together with the wish that they are against; false if one of them was paid
         * for before and still stands: then nothing follows from it, until it is given up in the next search.
         */
        private boolean pay(int against, IntList decisions) {
            IntList core = new IntList();
            core.add(against);
            for (int i = 0; i < decisions.size(); i++) {
                int wish = wishOf.get(decisions.get(i));
                if (wishes.weight(wish) == 0) {
                    return false;
                }
                core.add(wish);
            }
            wishes.pay(core);
            return true;
        }

        @Override
        public void opening(int level) {
            saved.truncate(SAVED * (level - 1));
            insisted.save(saved);
            tried.save(saved);
            saved.add(deciding);
            chooser.opening(level);
        }

        @Override
        public void backTo(int level) {
            int at = SAVED * level;
            if (at < saved.size()) {
                insisted.restore(saved, at);
                tried.restore(saved, at + 2);
                // What a conflict was about is decided late from now on, so that the next one takes little else back.
                wishes.becomeBusy(saved.get(at + 4));
                saved.truncate(at);
            }
            if (level < firm) {
                firm = Integer.MAX_VALUE;
            }
            if (level < chosenBehind) {
                chosenBehind = Integer.MAX_VALUE;
            }
            chooser.backTo(level);
        }
    }

    /** Goes along the wishes: first those that no conflict was about. */
    private final class Pass {
        private int quiet;
        private int busy;

        /** The wish that it is at, or {@link #NONE}. */
        int wish() {
            while (quiet < wishes.size() && wishes.isBusy(quiet)) {
                quiet++;
            }
            if (quiet < wishes.size()) {
                return quiet;
            }
            return busy < wishes.busyCount() ? wishes.busy(busy) : NONE;
        }

        void skip() {
            if (quiet < wishes.size()) {
                quiet++;
            } else {
                busy++;
            }
        }

        void save(IntList to) {
            to.add(quiet);
            to.add(busy);
        }

        void restore(IntList from, int at) {
            quiet = from.get(at);
            busy = from.get(at + 1);
        }
    }
}
