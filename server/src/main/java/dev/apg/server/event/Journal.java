package dev.apg.server.event;

import java.util.ArrayList;
import java.util.List;

/** Takes note of the changes of one write; its entries are written when the work is done. */
public final class Journal {
    private final List<Mutation> mutations = new ArrayList<>();

    Journal() {}

    public void record(Mutation mutation) {
        mutations.add(mutation);
    }

    List<Mutation> mutations() {
        return mutations;
    }
}
