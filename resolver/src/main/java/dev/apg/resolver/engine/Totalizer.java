package dev.apg.resolver.engine;

/**
 * Counts how many of some literals are true: output k says "at least k". A balanced tree of sums, of which only the
 * outputs that were asked for are built (R. Martins et al., Incremental Cardinality Constraints for MaxSAT, 2014).
 */
final class Totalizer {
    private final Solver solver;
    private final Node root;

    private static final class Node {
        final int size;
        final Node[] halves;

        /** Literal k - 1 says "at least k". */
        final IntList outputs = new IntList();

        Node(int size, Node... halves) {
            this.size = size;
            this.halves = halves;
        }
    }

    Totalizer(Solver solver, IntList literals) {
        this.solver = solver;
        this.root = tree(literals, 0, literals.size());
    }

    private static Node tree(IntList literals, int from, int to) {
        if (to - from == 1) {
            Node leaf = new Node(1);
            leaf.outputs.add(literals.get(from));
            return leaf;
        }
        int middle = (from + to) >>> 1;
        return new Node(to - from, tree(literals, from, middle), tree(literals, middle, to));
    }

    int size() {
        return root.size;
    }

    /** The literal that is true if at least {@code count} are; only called when no decision stands. */
    int atLeast(int count) {
        build(root, count);
        return root.outputs.get(count - 1);
    }

    private void build(Node node, int count) {
        int wanted = Math.min(count, node.size);
        int built = node.outputs.size();
        if (built >= wanted) {
            return;
        }
        Node left = node.halves[0];
        Node right = node.halves[1];
        build(left, wanted);
        build(right, wanted);
        for (int k = built; k < wanted; k++) {
            node.outputs.add(Literal.is(solver.newVariable()));
        }
        for (int i = 0; i <= Math.min(left.size, wanted); i++) {
            for (int j = Math.max(0, built + 1 - i); j <= Math.min(right.size, wanted - i); j++) {
                IntList clause = new IntList();
                if (i > 0) {
                    clause.add(Literal.negate(left.outputs.get(i - 1)));
                }
                if (j > 0) {
                    clause.add(Literal.negate(right.outputs.get(j - 1)));
                }
                clause.add(node.outputs.get(i + j - 1));
                solver.addDefinition(clause);
            }
        }
    }
}
