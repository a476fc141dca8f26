package dev.apg.resolver.engine;

import java.util.BitSet;

/**
 * Where everything that was learnt comes from, so that a contradiction can be traced back to the facts that were given.
 * A <em>source</em> is an int whose lowest two bits say what it is about.
 */
public final class Proof {
    /** Given by definition, not a fact that anybody would want to hear of. */
    static final int NO_SOURCE = -1;

    private static final int FACT = 0;
    private static final int GROUP = 1;
    private static final int LEARNT = 2;
    private static final int VARIABLE = 3;

    private final IntList starts = new IntList();
    private final IntList sources = new IntList();

    /** A fact under the tag that the rule book gave it. */
    static int fact(int tag) {
        return tag << 2 | FACT;
    }

    /** That only one member of a group can be true. */
    static int group(int group) {
        return group << 2 | GROUP;
    }

    /** Why a variable has its value whatever is decided. */
    static int variable(int variable) {
        return variable << 2 | VARIABLE;
    }

    /** Records what a learnt clause was concluded from; the answer is its source. */
    int learn(IntList from) {
        int id = starts.size();
        starts.add(sources.size());
        for (int i = 0; i < from.size(); i++) {
            sources.add(from.get(i));
        }
        return id << 2 | LEARNT;
    }

    /** Facts and groups that everything on the list was concluded from. */
    Origins trace(IntList from, Conflicts conflicts) {
        BitSet facts = new BitSet();
        BitSet groups = new BitSet();
        BitSet learnt = new BitSet();
        BitSet variables = new BitSet();
        IntList open = new IntList();
        for (int i = 0; i < from.size(); i++) {
            open.add(from.get(i));
        }
        while (!open.isEmpty()) {
            int source = open.pop();
            int about = source >> 2;
            if (source == NO_SOURCE) {
                continue;
            }
            switch (source & 3) {
                case FACT -> facts.set(about);
                case GROUP -> groups.set(about);
                case LEARNT -> {
                    if (!learnt.get(about)) {
                        learnt.set(about);
                        int end = about + 1 < starts.size() ? starts.get(about + 1) : sources.size();
                        for (int i = starts.get(about); i < end; i++) {
                            open.add(sources.get(i));
                        }
                    }
                }
                default -> {
                    if (!variables.get(about)) {
                        variables.set(about);
                        conflicts.addSourcesOfValue(about, open);
                    }
                }
            }
        }
        return new Origins(facts.stream().toArray(), groups.stream().toArray());
    }

    /**
     * What a contradiction rests on.
     *
     * @param facts tags, ascending
     * @param groups numbers, ascending
     */
    public record Origins(int[] facts, int[] groups) {}
}
