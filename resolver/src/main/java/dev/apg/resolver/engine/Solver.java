package dev.apg.resolver.engine;

import dev.apg.resolver.engine.Conflicts.Conflict;
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
 *
 * <p>After a conflict only the last decision it rests on is taken back, even where the lesson says something about an
 * earlier one: the chooser would make the decisions in between again, one by one, since nothing that they rest on has
 * changed.
 */
public final class Solver {
    private final Clauses clauses = new Clauses();
    private final Groups groups = new Groups();
    private final Trail trail = new Trail();
    private final Proof proof = new Proof();
    private final Conflicts conflicts = new Conflicts(clauses, groups, trail);
    private final Propagation propagation;
    private final Steering steering;

    private boolean[] ruledOut = new boolean[64];

    private boolean contradiction;
    private final IntList finalSources = new IntList();

    private final List<IntList> postponed = new ArrayList<>();

    public Solver(long stepBudget) {
        this(stepBudget, Patience.USUAL);
    }

    public Solver(long stepBudget, Patience patience) {
        this.propagation = new Propagation(clauses, groups, trail, conflicts, stepBudget);
        this.steering = new Steering(this, trail, patience);
    }

    public void setRulebook(Rulebook rulebook) {
        propagation.rulebook = rulebook;
    }

    public long steps() {
        return propagation.steps;
    }

    /** Whether the steps ran out; whatever the rules say beyond that changes nothing any more. */
    public boolean isSpent() {
        return propagation.isSpent();
    }

    /** Work that was done for the search elsewhere. */
    public void step(long count) {
        propagation.steps += count;
    }

    public int variableCount() {
        return groups.variables();
    }

    /** New variables, of which at most one can be true; the answer is the first of them. */
    public int newGroup(int size) {
        int first = groups.add(size);
        int variables = groups.variables();
        trail.ensureVariables(variables);
        propagation.ensureVariables(variables);
        if (ruledOut.length < variables) {
            ruledOut = Arrays.copyOf(ruledOut, Math.max(variables, ruledOut.length * 2));
        }
        clauses.ensureLiterals(2 * variables);
        step(1 + (size >> 4));
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

    /** Whether two rules cannot both be kept at present. */
    boolean isInConflict() {
        return propagation.conflict != null;
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
        propagation.add(literals, Proof.fact(tag));
    }

    /** Adds a clause that states no fact but defines what a new variable means. */
    public void addDefinition(IntList literals) {
        propagation.add(literals, Proof.NO_SOURCE);
    }

    /** Adds a definition once all decisions are taken back: the chooser that calls this asks for a restart next. */
    public void addDefinitionAtRestart(IntList literals) {
        postponed.add(literals);
    }

    /** Takes back all decisions of an earlier search, keeps what it learnt, and searches with another chooser. */
    public Outcome searchAgain(Chooser chooser) {
        backTo(0, chooser);
        steering.startAgain();
        return searchOn(chooser);
    }

    /**
     * Searches until the chooser is done, the rules are contradicted, or the steps run out.
     *
     * @throws java.util.concurrent.CancellationException if the thread is interrupted: there is no answer then, never another one
     */
    public Outcome search(Chooser chooser) {
        steering.start(chooser);
        return searchOn(chooser);
    }

    private Outcome searchOn(Chooser chooser) {
        while (!contradiction) {
            propagation.propagate();
            if (propagation.conflict != null) {
                learnFrom(propagation.conflict, chooser);
                continue;
            }
            if (isSpent()) {
                return Outcome.OUT_OF_STEPS;
            }
            Interruption.check();
            int literal = steering.next(chooser);
            if (literal >= 0) {
                step(1);
                // What a version says may already speak against it: then there is no need to try it, and nothing to
                // learn.
                if (Literal.isPositive(literal) && propagation.describe(literal >> 1)) {
                    continue;
                }
                steering.deciding(literal);
                chooser.opening(trail.decisions() + 1);
                trail.decide(literal);
            } else if (literal == Chooser.RESTART) {
                backTo(0, chooser);
                steering.forget();
                postponed.forEach(this::addDefinition);
                postponed.clear();
            } else if (literal == Chooser.AGAIN) {
                steering.forget();
            } else if (!isInConflict()) {
                return literal == Chooser.DONE ? Outcome.SOLVED : Outcome.REFUTED;
            }
        }
        return Outcome.CONTRADICTION;
    }

    /** Adds the lesson of a conflict and takes back the last decision that it rests on. */
    private void learnFrom(Conflict found, Chooser chooser) {
        int level = conflicts.level(found);
        steering.conflict(trail.decisions() - level);
        if (level == 0) {
            contradiction = true;
            conflicts.forEachLiteral(found, literal -> finalSources.add(Proof.variable(literal >> 1)));
            finalSources.add(conflicts.sourceOf(found));
            return;
        }
        backTo(level, chooser);
        step(conflicts.analyse(found, level));
        propagation.conflict = null;
        backTo(Math.min(level - 1, steering.lowest(conflicts.lessonLevel())), chooser);
        steering.learnt();
        propagation.add(conflicts.lesson, proof.learn(conflicts.sources));
    }

    /** What the contradiction rests on, after {@link Outcome#CONTRADICTION}. */
    public Proof.Origins origins() {
        return proof.trace(finalSources, conflicts);
    }

    void backTo(int target, Chooser chooser) {
        trail.backTo(target);
        chooser.backTo(target);
        steering.backTo(target);
    }

    /** How many decisions stood when the last one was made that the value of a literal rests on. */
    int levelOf(int literal) {
        return trail.level[literal >> 1];
    }

    /** See {@link Conflicts#decisionsAgainst}. */
    IntList decisionsAgainst(int literal) {
        IntList decisions = conflicts.decisionsAgainst(literal);
        step(conflicts.steps());
        return decisions;
    }
}
