package dev.apg.resolver.engine;

import dev.apg.resolver.engine.Conflicts.Conflict;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Draws conclusions from clauses and groups, and asks the rule book about every variable that becomes true. */
final class Propagation {
    private final Clauses clauses;
    private final Groups groups;
    private final Trail trail;
    private final Conflicts conflicts;
    private final long stepBudget;
    Rulebook rulebook = _ -> {};

    /** Up to so many literals a clause costs less than the search that it spares; beyond, what it takes of memory counts. */
    private static final int LONG = 4_096;

    /** By variable: whether the rule book was asked. */
    private boolean[] described = new boolean[64];

    /** Where two rules cannot both be kept; nothing more is concluded until it is gone. */
    @Nullable
    Conflict conflict;

    long steps;

    Propagation(Clauses clauses, Groups groups, Trail trail, Conflicts conflicts, long stepBudget) {
        this.clauses = clauses;
        this.groups = groups;
        this.trail = trail;
        this.conflicts = conflicts;
        this.stepBudget = stepBudget;
    }

    void ensureVariables(int count) {
        if (described.length < count) {
            described = Arrays.copyOf(described, Math.max(count, described.length * 2));
        }
    }

    /** Adds a clause; see {@link Solver#addClause}. */
    void add(IntList literals, int source) {
        int clause = clauses.add(literals, source);
        int size = clauses.size(clause);
        steps += 1 + (size >> 4) + Math.max(0, size - LONG);
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
        } else if (size == 1) {
            // True already, but only for now.
            trail.keep(arena[first], clause);
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

    /** Asks the rule book about a variable that is true or about to be tried; whether it was not asked before. */
    boolean describe(int variable) {
        if (described[variable]) {
            return false;
        }
        described[variable] = true;
        Interruption.check();
        rulebook.describe(variable);
        return true;
    }

    /** Draws all conclusions, as far as there is no conflict and there are steps left. */
    void propagate() {
        IntList literals = trail.literals;
        while (conflict == null && trail.propagated < literals.size() && !isSpent()) {
            int literal = literals.get(trail.propagated++);
            steps++;
            if (Literal.isPositive(literal)) {
                int variable = literal >> 1;
                ruleOutOthers(variable);
                if (conflict == null) {
                    describe(variable);
                }
            }
            if (conflict == null) {
                visitWatches(literal ^ 1);
            }
        }
    }

    boolean isSpent() {
        return steps > stepBudget;
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
            int replacement = clauses.replacement(clause, value);
            if (replacement >= 0) {
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
}
