package dev.apg.server.catalog;

import dev.apg.contract.catalog.Edge;
import dev.apg.contract.catalog.EdgeKind;
import dev.apg.contract.catalog.Graph;
import dev.apg.contract.catalog.GraphNode;
import dev.apg.contract.catalog.NodeKind;
import dev.apg.contract.catalog.NodeName;
import dev.apg.resolver.Target;
import dev.apg.resolver.engine.Interruption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects nodes around some roots, as far as the bounds allow, and the edges between them; by newest versions. */
final class GraphWalk {
    private static final int MOST_EDGES = 10_000;

    /** Where to go from a node. */
    enum Direction {
        DEPENDENCIES,
        DEPENDENTS,
        BOTH
    }

    private final Snapshot snapshot;
    private final int mostNodes;
    private final Map<NodeName, Optional<Integer>> depths = new LinkedHashMap<>();
    private final Map<String, List<Edge>> known = new HashMap<>();
    private boolean truncated;

    private GraphWalk(Snapshot snapshot, int mostNodes) {
        this.snapshot = snapshot;
        this.mostNodes = mostNodes;
    }

    /** The first capabilities by code and the services between them. */
    static Graph whole(Snapshot snapshot, int mostNodes) {
        var walk = new GraphWalk(snapshot, mostNodes);
        snapshot.capabilities()
                .limit(mostNodes + 1L)
                .map(entry -> Edges.capability(entry.code()))
                .forEach(node -> walk.add(node, Optional.empty()));
        List.copyOf(walk.depths.keySet()).stream()
                .flatMap(node -> walk.edges(node.code()).stream())
                .map(Edge::to)
                .filter(node -> node.kind() == NodeKind.SERVICE)
                .forEach(node -> walk.add(node, Optional.empty()));
        return walk.graph();
    }

    /** What lies within some steps of the roots. */
    static Graph around(Snapshot snapshot, List<String> roots, int depth, Direction direction, int mostNodes) {
        var walk = new GraphWalk(snapshot, mostNodes);
        List<NodeName> layer = roots.stream().map(Edges::capability).toList();
        layer.forEach(root -> walk.add(root, Optional.of(0)));
        for (int step = 1; step <= depth && !layer.isEmpty() && !walk.truncated; step++) {
            List<NodeName> reached = new ArrayList<>();
            for (NodeName node : layer) {
                // One by one: telling whether somebody is a neighbour means reading its newest version, and a hub has
                // many.
                Iterator<NodeName> neighbours = walk.neighbours(node, direction).iterator();
                while (!walk.truncated && neighbours.hasNext()) {
                    NodeName neighbour = neighbours.next();
                    if (walk.add(neighbour, Optional.of(step))) {
                        reached.add(neighbour);
                    }
                }
            }
            layer = reached;
        }
        return walk.graph();
    }

    private boolean add(NodeName node, Optional<Integer> depth) {
        if (depths.containsKey(node)) {
            return false;
        }
        if (depths.size() == mostNodes) {
            truncated = true;
            return false;
        }
        depths.put(node, depth);
        return true;
    }

    private Stream<NodeName> neighbours(NodeName node, Direction direction) {
        return switch (direction) {
            case DEPENDENCIES -> dependencies(node);
            case DEPENDENTS -> dependents(node);
            case BOTH -> Stream.concat(dependencies(node), dependents(node));
        };
    }

    private Stream<NodeName> dependencies(NodeName node) {
        return switch (node.kind()) {
            case CAPABILITY ->
                edges(node.code()).stream()
                        .filter(edge -> edge.kind() == EdgeKind.REQUIRES)
                        .map(Edge::to);
            case SERVICE ->
                snapshot.universe().providers(node.code()).stream()
                        .filter(code -> points(code, node, EdgeKind.PROVIDES))
                        .map(Edges::capability);
        };
    }

    private Stream<NodeName> dependents(NodeName node) {
        Target.Kind kind = node.kind() == NodeKind.SERVICE ? Target.Kind.SERVICE : Target.Kind.CAPABILITY;
        Stream<NodeName> users = snapshot.universe().dependents(kind, node.code()).stream()
                .filter(code -> points(code, node, EdgeKind.REQUIRES))
                .map(Edges::capability);
        return switch (node.kind()) {
            case CAPABILITY ->
                Stream.concat(
                        users,
                        edges(node.code()).stream()
                                .filter(edge -> edge.kind() == EdgeKind.PROVIDES)
                                .map(Edge::to));
            case SERVICE -> users;
        };
    }

    /** Whether the newest version still does what some version does. */
    private boolean points(String code, NodeName to, EdgeKind kind) {
        return edges(code).stream()
                .anyMatch(edge -> edge.kind() == kind && edge.to().equals(to));
    }

    private List<Edge> edges(String code) {
        Interruption.check();
        return known.computeIfAbsent(code, each -> Edges.of(each, Edges.newest(snapshot, each)));
    }

    private Graph graph() {
        List<Edge> edges = depths.keySet().stream()
                .filter(node -> node.kind() == NodeKind.CAPABILITY)
                .flatMap(node -> edges(node.code()).stream())
                .filter(edge -> depths.containsKey(edge.to()))
                .limit(MOST_EDGES + 1L)
                .toList();
        boolean tooMany = edges.size() > MOST_EDGES;
        return new Graph(
                depths.entrySet().stream()
                        .map(each -> node(each.getKey(), each.getValue().orElse(null)))
                        .toList(),
                tooMany ? edges.subList(0, MOST_EDGES) : edges,
                truncated || tooMany);
    }

    private GraphNode node(NodeName name, @Nullable Integer depth) {
        Optional<CapabilityEntry> entry =
                name.kind() == NodeKind.CAPABILITY ? snapshot.capability(name.code()) : Optional.empty();
        return new GraphNode(
                name.kind(),
                name.code(),
                entry.map(CapabilityEntry::displayName).orElse(null),
                entry.map(CapabilityEntry::status).orElse(null),
                entry.flatMap(CapabilityEntry::newest)
                        .map(version -> version.number().toString())
                        .orElse(null),
                depth);
    }
}
