package dev.apg.resolver.engine;

import java.util.Arrays;

/**
 * What the variables need once they are chosen: for each need its candidates, the preferred one first. The clauses say
 * the same to the search; this is what the choice rule walks along.
 */
public final class Needs {
    private static final int NONE = -1;

    private final Solver solver;

    /** By variable: the first of its needs and the end of them. */
    private int[] from = new int[64];

    private int[] to = new int[64];

    private final IntList consumers = new IntList();
    private final IntList starts = new IntList();
    private final IntList ends = new IntList();

    /** By need: where its ruled out candidates end, which follow the others. */
    private final IntList allEnds = new IntList();

    private final IntList tags = new IntList();
    private final IntMap needOfTag = new IntMap();

    /** By need: the variable that says "given up", or {@link #NONE} if the need is hard. */
    private final IntList giveUps = new IntList();

    private final IntList plain = new IntList();
    private final IntList candidates = new IntList();
    private final IntList clause = new IntList();

    public Needs(Solver solver) {
        this.solver = solver;
    }

    /** Starts the needs of a variable; those added next are its own, in the order in which the rule takes them. */
    public void begin(int consumer) {
        if (from.length <= consumer) {
            from = Arrays.copyOf(from, Math.max(consumer + 1, from.length * 2));
            to = Arrays.copyOf(to, from.length);
        }
        from[consumer] = consumers.size();
        to[consumer] = consumers.size();
    }

    /**
     * Adds a need of the variable that was begun last, as a list and as a clause.
     *
     * @param wanted candidates that are not ruled out, the preferred first
     * @param ruledOut candidates that are ruled out: the reason why they do not help belongs to a proof
     * @param soft whether the need may be given up
     * @param tag names the fact in proofs
     */
    public void add(int consumer, IntList wanted, IntList ruledOut, boolean soft, int tag) {
        int giveUp = soft ? solver.newVariable() : NONE;
        consumers.add(consumer);
        starts.add(candidates.size());
        clause.truncate(0);
        clause.add(Literal.not(consumer));
        boolean onlyOneGroup = true;
        for (int i = 0; i < wanted.size(); i++) {
            candidates.add(wanted.get(i));
            clause.add(Literal.is(wanted.get(i)));
            onlyOneGroup &= solver.groupOf(wanted.get(i)) == solver.groupOf(wanted.get(0));
        }
        ends.add(candidates.size());
        for (int i = 0; i < ruledOut.size(); i++) {
            candidates.add(ruledOut.get(i));
            clause.add(Literal.is(ruledOut.get(i)));
        }
        allEnds.add(candidates.size());
        if (soft) {
            clause.add(Literal.is(giveUp));
        }
        needOfTag.put(tag, tags.size());
        tags.add(tag);
        giveUps.add(giveUp);
        plain.add(onlyOneGroup ? 1 : 0);
        to[consumer] = consumers.size();
        solver.addClause(clause, tag);
    }

    /** Whether a variable needs anything, as far as is known. */
    boolean isConsumer(int variable) {
        return variable < from.length && from[variable] < to[variable];
    }

    public int from(int consumer) {
        return from[consumer];
    }

    public int to(int consumer) {
        return to[consumer];
    }

    public int consumer(int need) {
        return consumers.get(need);
    }

    /** Where the candidates of a need start, for {@link #candidate}. */
    public int start(int need) {
        return starts.get(need);
    }

    public int end(int need) {
        return ends.get(need);
    }

    public int tag(int need) {
        return tags.get(need);
    }

    public boolean hasRuledOut(int need) {
        return ends.get(need) < allEnds.get(need);
    }

    /** All candidates of the need with this tag, those that are ruled out too. */
    public int[] candidatesOfTag(int tag) {
        int need = needOfTag.get(tag);
        int[] all = new int[allEnds.get(need) - starts.get(need)];
        for (int i = 0; i < all.length; i++) {
            all[i] = candidates.get(starts.get(need) + i);
        }
        return all;
    }

    public int candidate(int at) {
        return candidates.get(at);
    }

    public boolean isSoft(int need) {
        return giveUps.get(need) != NONE;
    }

    /** The variable that says "given up", of a soft need. */
    public int giveUp(int need) {
        return giveUps.get(need);
    }

    /** Whether all candidates are of one group, so that there is only the version to choose. */
    public boolean isPlain(int need) {
        return plain.get(need) == 1;
    }
}
