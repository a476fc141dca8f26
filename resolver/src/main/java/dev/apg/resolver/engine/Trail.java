package dev.apg.resolver.engine;

import java.util.Arrays;

/**
 * What is true and false now, since which decision, why, and in which order it became so.
 *
 * <p>A conclusion belongs to the last decision that it rests on, which may be an earlier one than the last made: such a
 * conclusion stays when the decisions after its own are taken back. Levels therefore do not always ascend along the
 * trail (A. Nadel and V. Ryvchin, Chronological Backtracking, 2018).
 */
final class Trail {
    /** No reason: a decision. */
    static final int NONE = -1;

    /** By literal: 1 true, -1 false, 0 open. */
    byte[] value = new byte[128];

    /** By variable with a value: how many decisions stood when the last one was made that the value rests on. */
    int[] level = new int[64];

    /** By variable: the clause that forced its value; {@link #NONE}; or {@code -2 - u} if u of its group is true. */
    int[] reason = new int[64];

    /** By variable with a value: its place in {@link #literals}. */
    private int[] position = new int[64];

    /** Hears of every value that is taken back. */
    final Activity activity = new Activity();

    final IntList literals = new IntList();
    private final IntList levelStarts = new IntList();

    /** Up to where consequences were drawn. */
    int propagated;

    void ensureVariables(int count) {
        if (level.length < count) {
            int length = Math.max(count, level.length * 2);
            value = Arrays.copyOf(value, length * 2);
            level = Arrays.copyOf(level, length);
            reason = Arrays.copyOf(reason, length);
            position = Arrays.copyOf(position, length);
        }
    }

    /** How many decisions stand. */
    int decisions() {
        return levelStarts.size();
    }

    void decide(int literal) {
        levelStarts.add(literals.size());
        assign(literal, NONE, levelStarts.size());
    }

    void assign(int literal, int why, int at) {
        int variable = literal >> 1;
        value[literal] = 1;
        value[literal ^ 1] = -1;
        level[variable] = at;
        reason[variable] = why;
        position[variable] = literals.size();
        literals.add(literal);
    }

    /** Gives a value for good, without a place on the trail: no clause mentions the variable yet. */
    void fix(int literal, int why) {
        int variable = literal >> 1;
        value[literal] = 1;
        value[literal ^ 1] = -1;
        level[variable] = 0;
        reason[variable] = why;
    }

    /** A literal that is true turns out to be true for good. */
    void keep(int literal, int why) {
        int variable = literal >> 1;
        if (level[variable] > 0) {
            level[variable] = 0;
            reason[variable] = why;
        }
    }

    /** Of two false literals, the one to watch is that which became false later. */
    int position(int variable) {
        return position[variable];
    }

    /** Takes back all decisions after the first {@code target}, and what rests on them. */
    void backTo(int target) {
        if (levelStarts.size() <= target) {
            return;
        }
        int start = levelStarts.get(target);
        int kept = start;
        for (int i = start; i < literals.size(); i++) {
            int literal = literals.get(i);
            int variable = literal >> 1;
            if (level[variable] <= target) {
                literals.set(kept, literal);
                position[variable] = kept++;
            } else {
                value[literal] = 0;
                value[literal ^ 1] = 0;
                activity.undone(literal);
            }
        }
        literals.truncate(kept);
        levelStarts.truncate(target);
        // What is kept is propagated again: what followed from it may have rested on a decision taken back, or may
        // follow now from it and from less.
        propagated = start;
    }
}
