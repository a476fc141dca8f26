package dev.apg.resolver.engine;

import java.util.function.IntConsumer;

/** Asks what a contradiction rests on: for the lesson to be learnt from it, for proofs, and for cores. */
final class Conflicts {
    private static final int NONE = Trail.NONE;

    private final Clauses clauses;
    private final Groups groups;
    private final Trail trail;

    private boolean[] seen = new boolean[64];
    private final IntList cleared = new IntList();

    /** How many literals of the level looked at are still to be replaced by their reasons. */
    private int open;

    private long steps;

    /** A clause that follows from the rules and is contradicted; its first literal is the one that it turns round. */
    final IntList lesson = new IntList();

    /** What the lesson was concluded from, for the {@link Proof}. */
    final IntList sources = new IntList();

    Conflicts(Clauses clauses, Groups groups, Trail trail) {
        this.clauses = clauses;
        this.groups = groups;
        this.trail = trail;
    }

    /**
     * Two rules that cannot both be kept.
     *
     * @param why a clause of which all literals are false, or {@code -2 - u} if u and the member of its group are true
     * @param member a variable; means nothing with a clause
     */
    record Conflict(int why, int member) {}

    /** How many of the decisions a conflict rests on; 0 if it does not depend on any. */
    int level(Conflict conflict) {
        int[] highest = {0};
        forEachLiteral(conflict, literal -> highest[0] = Math.max(highest[0], trail.level[literal >> 1]));
        return highest[0];
    }

    /** The highest level of the false literals of a clause, {@code but} left out. */
    int levelWithout(int clause, int but) {
        int[] arena = clauses.arena;
        int first = clauses.first(clause);
        int end = first + clauses.size(clause);
        int highest = 0;
        for (int i = first; i < end; i++) {
            if (arena[i] != but) {
                highest = Math.max(highest, trail.level[arena[i] >> 1]);
            }
        }
        return highest;
    }

    /**
     * Finds the {@link #lesson}: replaces conclusions of the last decision by their reasons until only one literal is
     * left of it, the first unique implication point. No later decision stands.
     */
    long analyse(Conflict conflict, int current) {
        steps = 0;
        ensureSeen();
        lesson.truncate(0);
        sources.truncate(0);
        cleared.truncate(0);
        lesson.add(0);
        open = 0;
        forEachLiteral(conflict, literal -> meet(literal, current));
        sources.add(sourceOf(conflict));
        lesson.set(0, uniqueImplicationPoint(current) ^ 1);
        dropImplied();
        for (int i = 0; i < cleared.size(); i++) {
            seen[cleared.get(i)] = false;
            trail.activity.bump(cleared.get(i));
        }
        trail.activity.decay();
        return steps;
    }

    private void ensureSeen() {
        if (seen.length < trail.level.length) {
            seen = new boolean[trail.level.length];
        }
    }

    private int uniqueImplicationPoint(int current) {
        for (int at = trail.literals.size() - 1; ; at--) {
            int literal = trail.literals.get(at);
            int variable = literal >> 1;
            if (seen[variable] && trail.level[variable] == current) {
                seen[variable] = false;
                if (--open == 0) {
                    return literal;
                }
                meetReason(literal, current);
            }
        }
    }

    private void meet(int literal, int current) {
        int variable = literal >> 1;
        steps++;
        if (seen[variable]) {
            return;
        }
        if (trail.level[variable] == 0) {
            sources.add(Proof.variable(variable));
            return;
        }
        seen[variable] = true;
        cleared.add(variable);
        if (trail.level[variable] == current) {
            open++;
        } else {
            lesson.add(literal);
        }
    }

    private void meetReason(int literal, int current) {
        int why = trail.reason[literal >> 1];
        sources.add(sourceOf(literal >> 1, why));
        if (why < 0) {
            meet(Literal.not(-2 - why), current);
            return;
        }
        int first = clauses.first(why);
        int end = first + clauses.size(why);
        for (int i = first; i < end; i++) {
            if (clauses.arena[i] != literal) {
                meet(clauses.arena[i], current);
            }
        }
    }

    /** What the last analysis, or the last search for decisions, took. */
    long steps() {
        return steps;
    }

    /** How many decisions must stand for the lesson to conclude something. */
    int lessonLevel() {
        int highest = 0;
        for (int i = 1; i < lesson.size(); i++) {
            highest = Math.max(highest, trail.level[lesson.get(i) >> 1]);
        }
        return highest;
    }

    /** Leaves out literals that follow from the others by a single rule. */
    private void dropImplied() {
        int kept = 1;
        for (int i = 1; i < lesson.size(); i++) {
            int literal = lesson.get(i);
            if (!impliedByOthers(literal >> 1)) {
                lesson.set(kept++, literal);
            }
        }
        lesson.truncate(kept);
    }

    private boolean impliedByOthers(int variable) {
        int why = trail.reason[variable];
        if (why == NONE) {
            return false;
        }
        if (why < 0) {
            int other = -2 - why;
            if (!isSettled(other)) {
                return false;
            }
        } else {
            int first = clauses.first(why);
            int end = first + clauses.size(why);
            for (int i = first; i < end; i++) {
                int each = clauses.arena[i] >> 1;
                if (each != variable && !isSettled(each)) {
                    return false;
                }
            }
        }
        sources.add(sourceOf(variable, why));
        forEachReason(variable, why, each -> {
            if (trail.level[each] == 0) {
                sources.add(Proof.variable(each));
            }
        });
        return true;
    }

    private boolean isSettled(int variable) {
        return trail.level[variable] == 0 || seen[variable];
    }

    /** The variables whose values force that of a variable. */
    private void forEachReason(int variable, int why, IntConsumer sink) {
        if (why == NONE) {
            return;
        }
        if (why < 0) {
            sink.accept(-2 - why);
            return;
        }
        int first = clauses.first(why);
        int end = first + clauses.size(why);
        for (int i = first; i < end; i++) {
            int each = clauses.arena[i] >> 1;
            if (each != variable) {
                sink.accept(each);
            }
        }
    }

    void forEachLiteral(Conflict conflict, IntConsumer sink) {
        if (conflict.why >= 0) {
            int first = clauses.first(conflict.why);
            int end = first + clauses.size(conflict.why);
            for (int i = first; i < end; i++) {
                sink.accept(clauses.arena[i]);
            }
        } else {
            sink.accept(Literal.not(-2 - conflict.why));
            sink.accept(Literal.not(conflict.member));
        }
    }

    int sourceOf(Conflict conflict) {
        return sourceOf(conflict.member, conflict.why);
    }

    private int sourceOf(int variable, int why) {
        return why >= 0 ? clauses.source(why) : Proof.group(groups.of(variable));
    }

    /** Adds why a variable has its value at level 0. */
    void addSourcesOfValue(int variable, IntList to) {
        int why = trail.reason[variable];
        if (why != NONE) {
            to.add(sourceOf(variable, why));
            forEachReason(variable, why, each -> to.add(Proof.variable(each)));
        }
    }

    /**
     * The decisions that make a literal false, itself included if it was decided against: of the assumptions that
     * were decided, those that cannot hold together with it.
     */
    IntList decisionsAgainst(int literal) {
        ensureSeen();
        cleared.truncate(0);
        IntConsumer mark = variable -> {
            if (!seen[variable] && trail.level[variable] > 0) {
                seen[variable] = true;
                cleared.add(variable);
            }
        };
        mark.accept(literal >> 1);
        IntList decisions = new IntList();
        for (int i = 0; i < cleared.size(); i++) {
            int variable = cleared.get(i);
            int why = trail.reason[variable];
            if (why == NONE) {
                decisions.add(trail.value[Literal.is(variable)] > 0 ? Literal.is(variable) : Literal.not(variable));
            } else {
                forEachReason(variable, why, mark);
            }
        }
        for (int i = 0; i < cleared.size(); i++) {
            seen[cleared.get(i)] = false;
        }
        steps = cleared.size();
        return decisions;
    }
}
