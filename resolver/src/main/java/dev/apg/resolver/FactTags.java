package dev.apg.resolver;

import dev.apg.resolver.engine.IntList;

/** Numbers the facts that clauses state, so that a proof can name them. */
final class FactTags {
    /** What a tag is about; {@code a} and {@code b} are explained at each. */
    enum Kind {
        /** a: the root's position in code order. */
        ASKED,
        /** a: the variable that was asked about. */
        WANTED,
        /** a: variable, b: the requirement's position in its version. */
        NEEDS,
        /** As {@link #NEEDS}, of an optional requirement. */
        RESTRICTS,
        /** a: variable, b: the conflict's position in its version. */
        CONFLICTS,
        /** a: any variable of the pinned capability. */
        PINNED,
        /** a: the exclusion's position in the request. */
        EXCLUDED,
        /** a: variable, b: the mark's ordinal. */
        NOT_ACCEPTED
    }

    private static final Kind[] KINDS = Kind.values();

    private final IntList entries = new IntList();

    int add(Kind kind, int a, int b) {
        int tag = entries.size() / 3;
        entries.add(kind.ordinal());
        entries.add(a);
        entries.add(b);
        return tag;
    }

    Kind kind(int tag) {
        return KINDS[entries.get(3 * tag)];
    }

    int a(int tag) {
        return entries.get(3 * tag + 1);
    }

    int b(int tag) {
        return entries.get(3 * tag + 2);
    }
}
