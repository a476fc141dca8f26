package dev.apg.resolver.engine;

import dev.apg.resolver.engine.Conflicts.Conflict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conflict-driven clause-learning search (J. Marques-Silva and K. Sakallah, GRASP, 1996; N. Eén and N. Sörensson,
 * MiniSat, 2003) over variables that come in groups of which at most one can be true.
 *
 * <p>It decides by the {@link Chooser}'s order and only ever learns what follows from the rules. A value is therefore
 * skipped only if it is impossible beside the decisions before it, and the first solution found is the first one in the
 * chooser's order: exactly what plain trial and error would find, sooner.
 *
 * <p>After a conflict only the last decision it rests on is taken back, even where the lesson says something about an
 * earlier one: the chooser would make the decisions in between again, one by one, since nothing that they rest on has
 * changed.
 */
public final class Solver {
    private final long stepBudget;
    private long steps;

    private final Clauses clauses = new Clauses();
    private final Groups groups = new Groups();
    private final Trail trail = new Trail();
    private final Proof proof = new Proof();
    private final Conflicts conflicts = new Conflicts(clauses, groups, trail);
    private Rulebook rulebook = _ -> {};

    private boolean[] described = new boolean[64];
    private boolean[] ruledOut = new boolean[64];

    private @Nullable Conflict conflict;

    private boolean contradiction;
    private final IntList finalSources = new IntList();

    private final List<IntList> postponed = new ArrayList<>();

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
        return groups.variables();
    }

    /** New variables, of which at most one can be true; the answer is the first of them. */
    public int newGroup(int size) {
        int first = groups.add(size);
        int variables = groups.variables();
        trail.ensureVariables(variables);
        if (described.length < variables) {
            int length = Math.max(variables, described.length * 2);
            described = Arrays.copyOf(described, length);
            ruledOut = Arrays.copyOf(ruledOut, length);
        }
        clauses.ensureLiterals(2 * variables);
        steps += 1 + (size >> 4);
        return first;
    }

    public int newVariable() {
        return newGroup(1);
    }

    public int groupOf(int variable) {
        return groups.of(variable);
    }

    /** 1 true, -1 false, 0 open. */
    int value(int literal) {
        return trail.value[literal];
    }

    public boolean isTrue(int variable) {
        return value(Literal.is(variable)) > 0;
    }

    public boolean isOpen(int variable) {
        return value(Literal.is(variable)) == 0;
    }

    public boolean isFalse(int variable) {
        return value(Literal.is(variable)) < 0;
    }

    /** Whether {@link #ruleOut} was called for it; what else is found to be impossible does not count. */
    public boolean isRuledOut(int variable) {
        return ruledOut[variable];
    }

    /** How many decisions stand. */
    int level() {
        return trail.decisions();
    }

    /** Makes a variable false for good; only allowed before any clause mentions it. */
    public void ruleOut(int variable, int tag) {
        fix(Literal.not(variable), Proof.fact(tag));
        ruledOut[variable] = true;
    }

    /** Makes a literal of a variable that no clause mentions yet true for good. */
    void fix(int literal) {
        fix(literal, Proof.NO_SOURCE);
    }

    private void fix(int literal, int source) {
        int[] unit = {literal};
        trail.fix(literal, clauses.add(unit, 0, 1, source));
    }

    /** How many literals are true. */
    public int trailSize() {
        return trail.literals.size();
    }

    /** The literals that are true, in the order in which they became so. */
    public int trailAt(int index) {
        return trail.literals.get(index);
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

    private void add(IntList literals, int source) {
        int clause = clauses.add(literals, source);
        int size = clauses.size(clause);
        steps += 1 + (size >> 4);
        int first = clauses.first(clause);
        byte[] value = trail.value;
        int[] arena = clauses.arena;
        moveBestTo(arena, first, first, first + size);
        if (size > 1) {
            moveBestTo(arena, first + 1, first + 1, first + size);
            clauses.watch(clause);
        }
        if (size == 0 || value[arena[first]] < 0) {
            // A clause of one literal is watched by nobody: it is learnt from now or forgotten.
            if (conflict == null || size < 2) {
                conflict = new Conflict(clause, 0);
            }
        } else if (value[arena[first]] == 0 && (size == 1 || value[arena[first + 1]] < 0)) {
            trail.assign(arena[first], clause, conflicts.levelWithout(clause, arena[first]));
        }
    }

    /**
     * Best to watch: a literal that is not false, else the one that became false last. It is the first to get open
     * again, or it is looked at again by then, for what is kept behind decisions taken back is propagated once more.
     */
    private void moveBestTo(int[] arena, int place, int from, int to) {
        int best = from;
        int bestRank = -1;
        for (int i = from; i < to; i++) {
            int literal = arena[i];
            int rank = trail.value[literal] >= 0 ? Integer.MAX_VALUE : trail.position(literal >> 1);
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

    /** Draws all conclusions, as far as there is no conflict. */
    private void propagate() {
        IntList literals = trail.literals;
        while (conflict == null && trail.propagated < literals.size()) {
            int literal = literals.get(trail.propagated++);
            steps++;
            if (Literal.isPositive(literal)) {
                int variable = literal >> 1;
                ruleOutOthers(variable);
                if (conflict == null && !described[variable]) {
                    described[variable] = true;
                    rulebook.describe(variable);
                }
            }
            if (conflict == null) {
                visitWatches(literal ^ 1);
            }
        }
    }

    private void ruleOutOthers(int variable) {
        int group = groups.of(variable);
        int first = groups.first(group);
        int end = groups.end(group);
        byte[] value = trail.value;
        for (int other = first; other < end; other++) {
            if (other != variable) {
                byte known = value[other << 1];
                if (known == 0) {
                    trail.assign(other << 1 | 1, -2 - variable, trail.level[variable]);
                } else if (known > 0) {
                    conflict = new Conflict(-2 - other, variable);
                    return;
                }
            }
        }
        steps += (end - first) >> 4;
    }

    /** Looks at the clauses that watch a literal which has just become false. */
    private void visitWatches(int falsified) {
        int[] list = clauses.watches[falsified];
        int size = clauses.watchSizes[falsified];
        int[] arena = clauses.arena;
        byte[] value = trail.value;
        int kept = 0;
        int at = 0;
        steps += size >> 1;
        while (at < size) {
            int clause = list[at];
            int other = list[at + 1];
            at += 2;
            if (value[other] > 0) {
                list[kept++] = clause;
                list[kept++] = other;
                continue;
            }
            int first = clauses.first(clause);
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
            int end = first + clauses.size(clause);
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
                conflict = new Conflict(clause, 0);
                break;
            }
            trail.assign(watched, clause, conflicts.levelWithout(clause, watched));
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

    /**
     * Searches until the chooser is done, the rules are contradicted, or the steps run out.
     *
     * @throws java.util.concurrent.CancellationException if the thread is interrupted: there is no answer then, never another one
     */
    public Outcome search(Chooser chooser) {
        while (!contradiction) {
            propagate();
            if (conflict != null) {
                learnFrom(conflict, chooser);
                continue;
            }
            if (steps > stepBudget) {
                return Outcome.OUT_OF_STEPS;
            }
            Interruption.check();
            int literal = chooser.next();
            if (literal >= 0) {
                steps++;
                chooser.opening(trail.decisions() + 1);
                trail.decide(literal);
            } else if (literal == Chooser.RESTART) {
                backTo(0, chooser);
                postponed.forEach(this::addDefinition);
                postponed.clear();
            } else if (conflict == null) {
                return literal == Chooser.DONE ? Outcome.SOLVED : Outcome.REFUTED;
            }
        }
        return Outcome.CONTRADICTION;
    }

    /** Adds the lesson of a conflict and takes back the last decision that it rests on. */
    private void learnFrom(Conflict found, Chooser chooser) {
        int level = conflicts.level(found);
        if (level == 0) {
            contradiction = true;
            conflicts.forEachLiteral(found, literal -> finalSources.add(Proof.variable(literal >> 1)));
            finalSources.add(conflicts.sourceOf(found));
            return;
        }
        backTo(level, chooser);
        steps += conflicts.analyse(found, level);
        conflict = null;
        backTo(level - 1, chooser);
        add(conflicts.lesson, proof.learn(conflicts.sources));
    }

    /** What the contradiction rests on, after {@link Outcome#CONTRADICTION}. */
    public Proof.Origins origins() {
        return proof.trace(finalSources, conflicts);
    }

    void backTo(int target, Chooser chooser) {
        trail.backTo(target);
        chooser.backTo(target);
    }

    /** See {@link Conflicts#decisionsAgainst}. */
    IntList decisionsAgainst(int literal) {
        return conflicts.decisionsAgainst(literal);
    }
}
