package dev.apg.resolver.engine;

import java.util.Arrays;

/** Runs of variables of which at most one can be true. */
final class Groups {
    private int groups;
    private int variables;
    private int[] groupOf = new int[64];
    private int[] firsts = new int[64];
    private int[] ends = new int[64];

    /** The first variable of a new group. */
    int add(int size) {
        int first = variables;
        variables += size;
        if (groupOf.length < variables) {
            groupOf = Arrays.copyOf(groupOf, Math.max(variables, groupOf.length * 2));
        }
        if (groups == firsts.length) {
            firsts = Arrays.copyOf(firsts, groups * 2);
            ends = Arrays.copyOf(ends, groups * 2);
        }
        firsts[groups] = first;
        ends[groups] = variables;
        Arrays.fill(groupOf, first, variables, groups);
        groups++;
        return first;
    }

    int variables() {
        return variables;
    }

    int of(int variable) {
        return groupOf[variable];
    }

    int first(int group) {
        return firsts[group];
    }

    int end(int group) {
        return ends[group];
    }
}
