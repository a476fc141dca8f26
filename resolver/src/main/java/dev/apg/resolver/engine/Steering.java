package dev.apg.resolver.engine;

import org.jspecify.annotations.Nullable;

/** Who says what to decide: the chooser or, where its order does not get on, {@link Repair} and {@link Settling}. */
final class Steering {
    private final Solver solver;
    private final Trail trail;
    private final Patience patience;
    private final Settling settling;

    /** Helps a first search for what is needed and nothing else. */
    private @Nullable Repair repair;

    Steering(Solver solver, Trail trail, Patience patience) {
        this.solver = solver;
        this.trail = trail;
        this.patience = patience;
        this.settling = new Settling(trail, patience.conflicts());
    }

    /** A first search begins. */
    void start(Chooser chooser) {
        Needs needs = chooser.onlyNeeds();
        repair = needs == null ? null : new Repair(solver, trail, needs, patience);
    }

    /** Another search begins, with rules that may ask for more than needs do. */
    void startAgain() {
        repair = null;
        settling.forget();
    }

    /** There may be more rules than before. */
    void forget() {
        settling.forget();
    }

    int next(Chooser chooser) {
        if (repair != null && (repair.isActive() || repair.isDue())) {
            return nextRepaired(repair, chooser);
        }
        if (settling.isDue(chooser)) {
            solver.backTo(settling.begin(chooser), chooser);
        }
        while (settling.isActive()) {
            if (settling.isSpent()) {
                int undecided = settling.prefix();
                settling.giveUp();
                solver.backTo(undecided, chooser);
                break;
            }
            if (settling.isRestartDue()) {
                solver.backTo(settling.prefix(), chooser);
            }
            int active = settling.next();
            int literal = active >= 0 ? active : chooser.next();
            if (literal != Chooser.DONE || solver.isInConflict()) {
                return literal;
            }
            int settled = settling.prefix();
            settling.solved();
            solver.backTo(settled, chooser);
        }
        int literal = chooser.next();
        settling.deciding(literal);
        return literal;
    }

    private int nextRepaired(Repair repair, Chooser chooser) {
        if (!repair.isActive()) {
            solver.backTo(0, chooser);
            repair.begin();
            return Chooser.AGAIN;
        }
        if (repair.isSpent()) {
            solver.backTo(repair.base(), chooser);
            this.repair = null;
            return Chooser.AGAIN;
        }
        int literal = repair.next();
        if (literal == Chooser.AGAIN) {
            solver.backTo(repair.base(), chooser);
        }
        return literal == Chooser.DONE ? chooser.next() : literal;
    }

    /** A literal is about to be decided. */
    void deciding(int literal) {
        if (repair != null && repair.isActive()) {
            repair.deciding(literal);
        }
    }

    /** There is a conflict; {@code more} decisions than it rests on stand. */
    void conflict(int more) {
        if (repair != null) {
            repair.conflict(more);
        }
    }

    /** A conflict was learnt from, and decisions taken back. */
    void learnt() {
        settling.conflict();
    }

    /**
     * How many decisions are left alone by a conflict: where not all are the chooser's own, nobody minds which stand behind
     * those that are, and what is learnt may tell something new further back.
     *
     * @param lesson how many decisions must stand for the lesson to conclude something
     */
    int lowest(int lesson) {
        if (repair != null && repair.isRepairing()) {
            return Math.max(repair.base(), lesson);
        }
        return settling.isActive() ? Math.max(settling.prefix(), lesson) : Integer.MAX_VALUE;
    }

    void backTo(int level) {
        if (repair != null) {
            repair.backTo(level);
        }
    }
}
