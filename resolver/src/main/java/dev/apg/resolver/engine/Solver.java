package dev.apg.resolver.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A conflict-driven clause-learning search (J. Marques-Silva and K. Sakallah, GRASP, 1996; N. Eén and N. Sörensson,
 * MiniSat, 2003) over variables that come in groups of which at most one can be true.
 *
 * <p>It decides by the {@link Chooser}'s order and only ever learns what follows from the rules. A value is therefore
 * skipped only if it is impossible beside the decisions before it, and the first solution found is the first one in the
 * chooser's order: exactly what plain trial and error would find, sooner.
 */
public final class Solver {
    /** No clause and no decision: see {@link #reason}. */
    private static final int NONE = -1;

    private static final int NO_CONFLICT = -1;

    private final long stepBudget;
    private long steps;

    final Clauses clauses = new Clauses();
    private final Proof proof = new Proof();
    private Rulebook rulebook = _ -> {};

    private int variables;
    private int groups;
    private int[] groupOf = new int[64];
    private int[] groupFirst = new int[64];
    private int[] groupEnd = new int[64];

    /** By literal: 1 true, -1 false, 0 open. */
    private byte[] value = new byte[128];

    private int[] level = new int[64];

    /** By variable: the clause that forced its value; {@link #NONE}; or {@code -2 - u} if u of its group is true. */
    private int[] reason = new int[64];

    private boolean[] described = new boolean[64];
    private boolean[] ruledOut = new boolean[64];
    private boolean[] seen = new boolean[64];

    final IntList trail = new IntList();
    private final IntList levelStarts = new IntList();
    private int propagated;

    private int conflict = NO_CONFLICT;
    /** If the conflict is two true members of one group: one of them; {@link #conflict} is then {@code -2 - other}. */
    private int conflictMember;

    private boolean contradiction;
    private final List<IntList> postponed = new ArrayList<>();
    private final IntList finalSources = new IntList();

    private final IntList learnt = new IntList();
    private final IntList learntSources = new IntList();
    private final IntList cleared = new IntList();

    public Solver(long stepBudget) {
        this.stepBudget = stepBudget;
    }

    public void setRulebook(Rulebook rulebook) {
        this.rulebook = rulebook;
    }

    public long steps() {
        return steps;
    }

    void step(long count) {
        steps += count;
    }

    public int variableCount() {
        return variables;
    }

    /** New variables, of which at most one can be true; the answer is the first of them. */
    public int newGroup(int size) {
        int first = variables;
        variables += size;
        ensureVariables();
        if (groups == groupFirst.length) {
            groupFirst = Arrays.copyOf(groupFirst, groups * 2);
            groupEnd = Arrays.copyOf(groupEnd, groups * 2);
        }
        groupFirst[groups] = first;
        groupEnd[groups] = variables;
        Arrays.fill(groupOf, first, variables, groups);
        Arrays.fill(reason, first, variables, NONE);
        groups++;
        steps += 1 + (size >> 4);
        return first;
    }

    public int newVariable() {
        return newGroup(1);
    }

    public int groupOf(int variable) {
        return groupOf[variable];
    }

    private void ensureVariables() {
        if (groupOf.length < variables) {
            int length = Math.max(variables, groupOf.length * 2);
            groupOf = Arrays.copyOf(groupOf, length);
            level = Arrays.copyOf(level, length);
            reason = Arrays.copyOf(reason, length);
            described = Arrays.copyOf(described, length);
            ruledOut = Arrays.copyOf(ruledOut, length);
            seen = Arrays.copyOf(seen, length);
            value = Arrays.copyOf(value, length * 2);
            clauses.ensureLiterals(length * 2);
        }
    }

    /** 1 true, -1 false, 0 open. */
    int value(int literal) {
        return value[literal];
    }

    public boolean isTrue(int variable) {
        return value[Literal.is(variable)] > 0;
    }

    public boolean isOpen(int variable) {
        return value[Literal.is(variable)] == 0;
    }

    public boolean isFalse(int variable) {
        return value[Literal.is(variable)] < 0;
    }

    /** Whether {@link #ruleOut} was called for it; what else is found to be impossible does not count. */
    public boolean isRuledOut(int variable) {
        return ruledOut[variable];
    }

    int level() {
        return levelStarts.size();
    }

    int levelOf(int variable) {
        return level[variable];
    }

    /** Makes a variable false for good; only allowed before any clause mentions it. */
    public void ruleOut(int variable, int tag) {
        int[] unit = {Literal.not(variable)};
        reason[variable] = clauses.add(unit, 0, 1, Proof.fact(tag));
        level[variable] = 0;
        ruledOut[variable] = true;
        value[Literal.not(variable)] = 1;
        value[Literal.is(variable)] = -1;
    }

    /** Makes a literal of a variable that no clause mentions yet true for good. */
    void fix(int literal) {
        int[] unit = {literal};
        reason[literal >> 1] = clauses.add(unit, 0, 1, Proof.NO_SOURCE);
        level[literal >> 1] = 0;
        value[literal] = 1;
        value[literal ^ 1] = -1;
    }

    /** How many literals are true. */
    public int trailSize() {
        return trail.size();
    }

    /** The literals that are true, in the order in which they became so. */
    public int trailAt(int index) {
        return trail.get(index);
    }

    /**
     * Adds a clause. While decisions stand, it must hold the negation of the variable that is being described.
     *
     * @param tag names the fact that it states, at least 0
     */
    public void addClause(IntList literals, int tag) {
        add(literals, Proof.fact(tag));
    }

    /** Adds a clause that states no fact but defines what a new variable means. */
    public void addDefinition(IntList literals) {
        add(literals, Proof.NO_SOURCE);
    }

    /** Adds a definition once all decisions are taken back: the chooser that calls this asks for a restart next. */
    public void addDefinitionAtRestart(IntList literals) {
        postponed.add(literals);
    }

    void add(IntList literals, int source) {
        int clause = clauses.add(literals.toArray(), 0, literals.size(), source);
        attach(clause);
    }

    private void attach(int clause) {
        int size = clauses.size(clause);
        steps += 1 + (size >> 4);
        int first = clauses.first(clause);
        int[] arena = clauses.arena;
        moveBestTo(arena, first, first, first + size);
        if (size > 1) {
            moveBestTo(arena, first + 1, first + 1, first + size);
            clauses.watch(clause);
        }
        if (size == 0 || value[arena[first]] < 0) {
            // A clause of one literal is watched by nobody: it is learnt from now or forgotten.
            if (conflict == NO_CONFLICT || size < 2) {
                conflict = clause;
            }
        } else if (value[arena[first]] == 0 && (size == 1 || value[arena[first + 1]] < 0)) {
            assign(arena[first], clause);
        }
    }

    /** Best to watch: a literal that is not false, else the one that became false last. */
    private void moveBestTo(int[] arena, int place, int from, int to) {
        int best = from;
        int bestRank = -1;
        for (int i = from; i < to; i++) {
            int literal = arena[i];
            int rank = value[literal] >= 0 ? Integer.MAX_VALUE : level[literal >> 1];
            if (rank > bestRank) {
                best = i;
                bestRank = rank;
                if (rank == Integer.MAX_VALUE) {
                    break;
                }
            }
        }
        if (best < to) {
            int literal = arena[place];
            arena[place] = arena[best];
            arena[best] = literal;
        }
    }

    private void assign(int literal, int why) {
        int variable = literal >> 1;
        value[literal] = 1;
        value[literal ^ 1] = -1;
        level[variable] = levelStarts.size();
        reason[variable] = why;
        trail.add(literal);
    }

    /** Draws all conclusions; the answer is whether there is a conflict. */
    private boolean propagate() {
        while (conflict == NO_CONFLICT && propagated < trail.size()) {
            int literal = trail.get(propagated++);
            steps++;
            if (Literal.isPositive(literal)) {
                int variable = literal >> 1;
                ruleOutOthers(variable);
                if (conflict == NO_CONFLICT && !described[variable]) {
                    described[variable] = true;
                    rulebook.describe(variable);
                }
            }
            if (conflict == NO_CONFLICT) {
                visitWatches(literal ^ 1);
            }
        }
        return conflict != NO_CONFLICT;
    }

    private void ruleOutOthers(int variable) {
        int group = groupOf[variable];
        int end = groupEnd[group];
        for (int other = groupFirst[group]; other < end; other++) {
            if (other != variable) {
                byte known = value[other << 1];
                if (known == 0) {
                    assign(other << 1 | 1, -2 - variable);
                } else if (known > 0) {
                    conflict = -2 - other;
                    conflictMember = variable;
                    return;
                }
            }
        }
        steps += (end - groupFirst[group]) >> 4;
    }

    /** Looks at the clauses that watch a literal which has just become false. */
    private void visitWatches(int falsified) {
        int[] list = clauses.watches[falsified];
        int size = clauses.watchSizes[falsified];
        int kept = 0;
        int at = 0;
        while (at < size) {
            int clause = list[at];
            int other = list[at + 1];
            at += 2;
            steps++;
            if (value[other] > 0) {
                list[kept++] = clause;
                list[kept++] = other;
                continue;
            }
            int[] arena = clauses.arena;
            int first = clause + 2;
            if (arena[first] == falsified) {
                arena[first] = arena[first + 1];
                arena[first + 1] = falsified;
            }
            int watched = arena[first];
            if (value[watched] > 0) {
                list[kept++] = clause;
                list[kept++] = watched;
                continue;
            }
            int end = first + arena[clause];
            int replacement = first + 2;
            while (replacement < end && value[arena[replacement]] < 0) {
                replacement++;
            }
            if (replacement < end) {
                arena[first + 1] = arena[replacement];
                arena[replacement] = falsified;
                clauses.watch(arena[first + 1], clause, watched);
                continue;
            }
            list[kept++] = clause;
            list[kept++] = watched;
            if (value[watched] < 0) {
                conflict = clause;
                break;
            }
            assign(watched, clause);
        }
        while (at < size) {
            list[kept++] = list[at++];
        }
        clauses.watchSizes[falsified] = kept;
    }

    /** Takes back all decisions of an earlier search, keeps what it learnt, and searches with another chooser. */
    public Outcome searchAgain(Chooser chooser) {
        backTo(0, chooser);
        return search(chooser);
    }

    /** Searches until the chooser is done, the rules are contradicted, or the steps run out. */
    public Outcome search(Chooser chooser) {
        while (true) {
            if (propagate()) {
                if (levelStarts.isEmpty()) {
                    endWithContradiction();
                }
                if (contradiction) {
                    return Outcome.CONTRADICTION;
                }
                learn(chooser);
            } else {
                if (steps > stepBudget) {
                    return Outcome.OUT_OF_STEPS;
                }
                int literal = chooser.next();
                if (literal >= 0) {
                    steps++;
                    chooser.opening(levelStarts.size() + 1);
                    levelStarts.add(trail.size());
                    assign(literal, NONE);
                } else if (literal == Chooser.RESTART) {
                    backTo(0, chooser);
                    postponed.forEach(this::addDefinition);
                    postponed.clear();
                } else if (conflict == NO_CONFLICT) {
                    return literal == Chooser.DONE ? Outcome.SOLVED : Outcome.REFUTED;
                }
            }
        }
    }

    private void endWithContradiction() {
        if (!contradiction) {
            contradiction = true;
            forEachConflictLiteral(literal -> finalSources.add(Proof.variable(literal >> 1)));
            finalSources.add(sourceOfConflict());
        }
    }

    /** What the contradiction rests on, after {@link Outcome#CONTRADICTION}. */
    public Proof.Origins origins() {
        return proof.trace(finalSources, this);
    }

    void backTo(int target, Chooser chooser) {
        if (levelStarts.size() > target) {
            int start = levelStarts.get(target);
            for (int i = trail.size() - 1; i >= start; i--) {
                int literal = trail.get(i);
                value[literal] = 0;
                value[literal ^ 1] = 0;
            }
            trail.truncate(start);
            levelStarts.truncate(target);
            propagated = start;
        }
        chooser.backTo(target);
    }

    /** Learns from the conflict up to the first unique implication point, and jumps back to where the lesson applies. */
    private void learn(Chooser chooser) {
        learnt.truncate(0);
        learntSources.truncate(0);
        cleared.truncate(0);
        learnt.add(0);
        int current = levelStarts.size();
        open = 0;
        forEachConflictLiteral(literal -> meet(literal, current));
        learntSources.add(sourceOfConflict());
        int at = trail.size() - 1;
        int pivot;
        while (true) {
            while (!seen[trail.get(at) >> 1]) {
                at--;
            }
            pivot = trail.get(at--);
            seen[pivot >> 1] = false;
            if (--open == 0) {
                break;
            }
            int why = reason[pivot >> 1];
            meetReason(pivot, why, current);
        }
        learnt.set(0, pivot ^ 1);
        dropImplied();
        for (int i = 0; i < cleared.size(); i++) {
            seen[cleared.get(i)] = false;
        }
        conflict = NO_CONFLICT;
        int target = 0;
        for (int i = 1; i < learnt.size(); i++) {
            target = Math.max(target, level[learnt.get(i) >> 1]);
        }
        backTo(target, chooser);
        int clause = clauses.add(learnt.toArray(), 0, learnt.size(), proof.learn(learntSources));
        attach(clause);
    }

    private int open;

    private void meet(int literal, int current) {
        int variable = literal >> 1;
        steps++;
        if (seen[variable]) {
            return;
        }
        if (level[variable] == 0) {
            learntSources.add(Proof.variable(variable));
            return;
        }
        seen[variable] = true;
        cleared.add(variable);
        if (level[variable] >= current) {
            open++;
        } else {
            learnt.add(literal);
        }
    }

    private void meetReason(int literal, int why, int current) {
        learntSources.add(sourceOf(literal >> 1, why));
        if (why >= 0) {
            int first = clauses.first(why);
            int end = first + clauses.size(why);
            for (int i = first; i < end; i++) {
                if (clauses.arena[i] != literal) {
                    meet(clauses.arena[i], current);
                }
            }
        } else {
            meet(Literal.not(-2 - why), current);
        }
    }

    /** Leaves out literals that follow from the others by a single rule. */
    private void dropImplied() {
        int kept = 1;
        for (int i = 1; i < learnt.size(); i++) {
            int literal = learnt.get(i);
            if (!impliedByOthers(literal)) {
                learnt.set(kept++, literal);
            }
        }
        learnt.truncate(kept);
    }

    private boolean impliedByOthers(int literal) {
        int variable = literal >> 1;
        int why = reason[variable];
        if (why == NONE) {
            return false;
        }
        if (why < 0) {
            int other = -2 - why;
            if (level[other] != 0 && !seen[other]) {
                return false;
            }
            learntSources.add(Proof.group(groupOf[variable]));
            if (level[other] == 0) {
                learntSources.add(Proof.variable(other));
            }
            return true;
        }
        int first = clauses.first(why);
        int end = first + clauses.size(why);
        for (int i = first; i < end; i++) {
            int each = clauses.arena[i] >> 1;
            if (each != variable && level[each] != 0 && !seen[each]) {
                return false;
            }
        }
        learntSources.add(clauses.source(why));
        for (int i = first; i < end; i++) {
            int each = clauses.arena[i] >> 1;
            if (each != variable && level[each] == 0) {
                learntSources.add(Proof.variable(each));
            }
        }
        return true;
    }

    private interface LiteralSink {
        void accept(int literal);
    }

    private void forEachConflictLiteral(LiteralSink sink) {
        if (conflict >= 0) {
            int first = clauses.first(conflict);
            int end = first + clauses.size(conflict);
            for (int i = first; i < end; i++) {
                sink.accept(clauses.arena[i]);
            }
        } else {
            sink.accept(Literal.not(-2 - conflict));
            sink.accept(Literal.not(conflictMember));
        }
    }

    private int sourceOfConflict() {
        return conflict >= 0 ? clauses.source(conflict) : Proof.group(groupOf[conflictMember]);
    }

    private int sourceOf(int variable, int why) {
        return why >= 0 ? clauses.source(why) : Proof.group(groupOf[variable]);
    }

    /** Adds why a variable has its value at level 0. */
    void addSourcesOfValue(int variable, IntList sources) {
        int why = reason[variable];
        if (why == NONE) {
            return;
        }
        sources.add(sourceOf(variable, why));
        if (why < 0) {
            sources.add(Proof.variable(-2 - why));
            return;
        }
        int first = clauses.first(why);
        int end = first + clauses.size(why);
        for (int i = first; i < end; i++) {
            if (clauses.arena[i] >> 1 != variable) {
                sources.add(Proof.variable(clauses.arena[i] >> 1));
            }
        }
    }

    /**
     * The decisions that make a literal false, itself included if it was decided against: of the assumptions that
     * were decided, those that cannot hold together with it.
     */
    IntList decisionsAgainst(int literal) {
        IntList decisions = new IntList();
        BitMarks marks = new BitMarks();
        marks.mark(literal >> 1);
        for (int i = trail.size() - 1; i >= 0 && !levelStarts.isEmpty() && i >= levelStarts.get(0); i--) {
            int assigned = trail.get(i);
            int variable = assigned >> 1;
            if (!marks.isMarked(variable)) {
                continue;
            }
            int why = reason[variable];
            if (why == NONE) {
                decisions.add(assigned);
            } else if (why < 0) {
                marks.mark(-2 - why);
            } else {
                int first = clauses.first(why);
                int end = first + clauses.size(why);
                for (int k = first; k < end; k++) {
                    marks.mark(clauses.arena[k] >> 1);
                }
            }
        }
        return decisions;
    }

    private final class BitMarks {
        private final java.util.BitSet marks = new java.util.BitSet();

        void mark(int variable) {
            if (level[variable] > 0) {
                marks.set(variable);
            }
        }

        boolean isMarked(int variable) {
            return marks.get(variable);
        }
    }
}
