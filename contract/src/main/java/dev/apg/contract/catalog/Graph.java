package dev.apg.contract.catalog;

import java.util.List;

/**
 * A part of the catalogue as nodes and edges.
 *
 * @param edges between nodes that are both shown
 * @param truncated whether a bound was reached, so that nodes or edges that belong here are missing
 */
public record Graph(List<GraphNode> nodes, List<Edge> edges, boolean truncated) {
    public Graph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }
}
