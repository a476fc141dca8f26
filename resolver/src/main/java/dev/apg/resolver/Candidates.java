package dev.apg.resolver;

import dev.apg.resolver.engine.IntList;
import java.util.Arrays;

/** Collects the candidates of one need after the other, the preferred first, each once. */
final class Candidates {
    private final Encoding encoding;

    private final IntList wanted = new IntList();
    private final IntList ruledOut = new IntList();
    private final IntList others = new IntList();

    /** By variable, the number of the need that mentioned it last. */
    private int[] mentioned = new int[64];

    private int mention;

    Candidates(Encoding encoding) {
        this.encoding = encoding;
    }

    void start() {
        wanted.truncate(0);
        ruledOut.truncate(0);
        mention++;
    }

    /** Adds versions of a capability, descending from {@code last} to {@code first}. */
    void add(VersionBlock block, int first, int last) {
        int start = encoding.variablesOf(block);
        for (int i = last; i >= first; i--) {
            int variable = start + i;
            if (mentioned.length <= variable) {
                mentioned = Arrays.copyOf(mentioned, Math.max(variable + 1, mentioned.length * 2));
            }
            if (mentioned[variable] != mention) {
                mentioned[variable] = mention;
                (encoding.solver.isRuledOut(variable) ? ruledOut : wanted).add(variable);
            }
        }
    }

    /** Makes them a need; versions of the previous lock come first, else the order is that in which they were added. */
    void become(int consumer, boolean soft, int tag) {
        lockedFirst();
        encoding.needs.add(consumer, wanted, ruledOut, soft, tag);
    }

    private void lockedFirst() {
        if (encoding.request().previous().isEmpty()) {
            return;
        }
        int front = 0;
        others.truncate(0);
        for (int i = 0; i < wanted.size(); i++) {
            int variable = wanted.get(i);
            if (encoding.isLocked(variable)) {
                wanted.set(front++, variable);
            } else {
                others.add(variable);
            }
        }
        for (int i = 0; front > 0 && i < others.size(); i++) {
            wanted.set(front + i, others.get(i));
        }
    }
}
