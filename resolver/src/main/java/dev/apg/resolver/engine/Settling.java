package dev.apg.resolver.engine;

import java.util.BitSet;

/**
 * Finds out whether what the chooser decided first can be completed at all, where its own order takes many conflicts to
 * tell: decides for what conflicts are about instead, with restarts (M. Luby, A. Sinclair, D. Zuckerman, 1993).
 *
 * <p>The answer stays the one that the chooser's order defines. Either the first decisions turn out to be impossible, as
 * the chooser would have found in the end; or they are part of some solution, and it goes on behind them. A decision that
 * the solution found has, too, needs no finding out. All searches share what is learnt. Where this does not get on either, the
 * chooser and this take turns that grow, so that the sooner of the two is waited for four times as long at most.
 */
final class Settling {
    /** Conflicts until the first restart. */
    private static final int RESTART_AFTER = 64;

    private final Trail trail;
    private final int usualPatience;

    /** Grows as long as neither the chooser nor this gets on: each has as many conflicts in turn. */
    private int patience;

    /** Conflicts of the present turn; the chooser's begins anew whenever it gets further than it ever was. */
    private int conflicts;

    /** How many decisions stood at most since all were taken back. */
    private int furthest;

    /** So many of the decisions that stand are known to be part of a solution. */
    private int certified;

    /** What is true in the solution that was found last. */
    private final BitSet witness = new BitSet();

    /** How many of the decisions are to be settled; 0 if the chooser decides. */
    private int prefix;

    private int restarts;
    private int conflictsToRestart;

    /** @param patience conflicts that the chooser's order is given before */
    Settling(Trail trail, int patience) {
        this.trail = trail;
        this.usualPatience = patience;
        this.patience = patience;
    }

    /** Whether decisions are made here, and not by the chooser. */
    boolean isActive() {
        return prefix > 0;
    }

    /** How many decisions must not be taken back by a conflict that does not rest on them alone. */
    int prefix() {
        return prefix;
    }

    /** There was a conflict, and it was learnt from. */
    void conflict() {
        conflicts++;
        conflictsToRestart--;
        if (trail.decisions() < prefix) {
            // One of the decisions in question is impossible beside those before it.
            patience = usualPatience;
            stop();
        }
    }

    /** Whether this did not get on either; the decisions behind those in question are to be taken back then. */
    boolean isSpent() {
        return conflicts >= patience;
    }

    void giveUp() {
        patience = patience > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : 2 * patience;
        stop();
    }

    /** All decisions were taken back, and rules may have been added. */
    void forget() {
        stop();
        certified = 0;
        furthest = 0;
        witness.clear();
    }

    private void stop() {
        prefix = 0;
        conflicts = 0;
    }

    /** Whether the chooser has had its chance, with what it decided so far. */
    boolean isDue(Chooser chooser) {
        return !isActive() && conflicts >= patience && trail.decisions() >= first(chooser);
    }

    private int first(Chooser chooser) {
        return Math.max(certified + 1, chooser.firm());
    }

    /** Begins with as many decisions as are not settled yet; those behind them are to be taken back. */
    int begin(Chooser chooser) {
        prefix = first(chooser);
        conflicts = 0;
        restarts = 0;
        conflictsToRestart = RESTART_AFTER;
        return prefix;
    }

    /** Whether to begin anew behind the decisions in question. */
    boolean isRestartDue() {
        if (conflictsToRestart > 0) {
            return false;
        }
        restarts++;
        conflictsToRestart = RESTART_AFTER * luby(restarts);
        return true;
    }

    /** 1, 1, 2, 1, 1, 2, 4, …, from number 1 on. */
    static int luby(int number) {
        int power = Integer.highestOneBit(number + 1);
        return power == number + 1 ? power >> 1 : luby(number - power + 1);
    }

    /** What to decide for, or less than 0 if nothing that conflicts were about is open. */
    int next() {
        return trail.activity.next(trail.value);
    }

    /** There is a solution with the decisions in question. */
    void solved() {
        certified = prefix;
        patience = usualPatience;
        witness.clear();
        for (int i = 0; i < trail.literals.size(); i++) {
            witness.set(trail.literals.get(i));
        }
        stop();
    }

    /** The chooser decides for a literal, or says one of its other words. */
    void deciding(int literal) {
        if (trail.decisions() > furthest) {
            furthest = trail.decisions();
            conflicts = 0;
        }
        if (literal >= 0 && trail.decisions() == certified && witness.get(literal)) {
            certified++;
        }
    }
}
