package dev.apg.resolver.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/** A solution beside the values of a search: what it has, as far as nothing speaks against it now, and who meets whose needs. */
final class Witness {
    private static final int NONE = -1;

    private final Solver solver;
    private final Needs needs;
    private final BitSet members = new BitSet();

    /** By variable of the solution: needs of others in it that it meets. */
    private final List<IntList> meets = new ArrayList<>();

    Witness(Solver solver, Needs needs) {
        this.solver = solver;
        this.needs = needs;
    }

    boolean has(int variable) {
        return members.get(variable);
    }

    void add(int variable) {
        members.set(variable);
    }

    /** Takes over what is true and false now. */
    void change(IntList added, IntList gone) {
        for (int i = 0; i < added.size(); i++) {
            members.set(added.get(i));
        }
        for (int i = 0; i < gone.size(); i++) {
            members.clear(gone.get(i));
        }
        for (int i = 0; i < gone.size(); i++) {
            IntList met = metBy(gone.get(i));
            for (int k = 0; k < met.size(); k++) {
                if (members.get(needs.consumer(met.get(k)))) {
                    note(met.get(k));
                }
            }
            met.truncate(0);
        }
        for (int i = 0; i < added.size(); i++) {
            int variable = added.get(i);
            if (needs.isConsumer(variable)) {
                for (int need = needs.from(variable); need < needs.to(variable); need++) {
                    note(need);
                }
            }
        }
    }

    /** Notes who meets a need now. */
    void note(int need) {
        int candidate = first(need, this::isThere);
        if (candidate != NONE) {
            metBy(candidate).add(need);
        }
    }

    /** The needs that a variable was noted for. */
    IntList metBy(int variable) {
        while (meets.size() <= variable) {
            meets.add(new IntList());
        }
        return meets.get(variable);
    }

    /** Whether a variable is chosen, or in the solution as far as nothing speaks against it. */
    boolean isThere(int variable) {
        return solver.isTrue(variable) || (members.get(variable) && solver.isOpen(variable));
    }

    /** Whether something chosen meets a need. */
    boolean isMet(int need) {
        return first(need, solver::isTrue) != NONE;
    }

    /** What to decide for a need: what the solution has, else the first that is possible; {@link #NONE} if it is met. */
    int meet(int need) {
        if (isMet(need)) {
            return NONE;
        }
        int candidate = first(need, this::isThere);
        if (candidate == NONE) {
            candidate = first(need, solver::isOpen);
        }
        return candidate == NONE ? NONE : Literal.is(candidate);
    }

    /** Whether the solution meets a need as it is. */
    boolean meetsAnyway(int need) {
        return first(need, this::isThere) != NONE;
    }

    private int first(int need, IntPredicate what) {
        int start = needs.start(need);
        int end = needs.end(need);
        int i = start;
        while (i < end && !what.test(needs.candidate(i))) {
            i++;
        }
        solver.step(1 + ((i - start) >> 4));
        return i < end ? needs.candidate(i) : NONE;
    }
}
