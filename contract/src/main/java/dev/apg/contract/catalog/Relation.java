package dev.apg.contract.catalog;

import java.util.List;

/**
 * Something that a capability depends on, or that depends on it.
 *
 * @param depth how many steps away; 1 is direct
 * @param edges that tie it to what is one step nearer; at most 50
 */
public record Relation(NodeKind kind, String code, int depth, List<Edge> edges) {
    public Relation {
        edges = List.copyOf(edges);
    }
}
