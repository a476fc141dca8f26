package dev.apg.server.catalog;

import dev.apg.contract.catalog.Edge;
import dev.apg.contract.catalog.EdgeKind;
import dev.apg.contract.catalog.NodeKind;
import dev.apg.contract.catalog.NodeName;
import dev.apg.resolver.CapabilityVersion;
import dev.apg.resolver.Provision;
import dev.apg.resolver.Requirement;
import dev.apg.resolver.Strength;
import dev.apg.resolver.Target;
import dev.apg.resolver.engine.Interruption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a capability depends on and what depends on it, with the number of steps in between; O(what is reached). Services
 * are steps of their own towards dependencies: whoever provides one is a step further. Towards dependents they are not:
 * who requires a service depends on each of its providers.
 */
final class Relations {
    private final Snapshot snapshot;
    private final NodeName root;
    private final Map<NodeName, Integer> depths = new HashMap<>();

    private Relations(Snapshot snapshot, String code) {
        this.snapshot = snapshot;
        this.root = Edges.capability(code);
    }

    /** What is needed by one version, and if transitive, by the newest versions of what it needs. */
    static Relations dependencies(Snapshot snapshot, CapabilityVersion version, boolean transitive) {
        var relations = new Relations(snapshot, version.code());
        relations.spread(transitive, node -> switch (node.kind()) {
            case SERVICE ->
                snapshot.universe().providers(node.code()).stream()
                        .map(Edges::capability)
                        .toList();
            case CAPABILITY ->
                needs(node.equals(relations.root) ? List.of(version) : Edges.newest(snapshot, node.code()));
        });
        return relations;
    }

    /** Who needs any version of a capability, whatever the range. */
    static Relations dependents(Snapshot snapshot, String code, boolean transitive) {
        Map<String, List<String>> services = transitive ? snapshot.servicesByProvider() : Map.of();
        var relations = new Relations(snapshot, code);
        relations.spread(transitive, node -> {
            Collection<String> provided =
                    transitive ? services.getOrDefault(node.code(), List.of()) : provided(snapshot, node.code());
            return Stream.concat(
                            snapshot.universe().dependents(Target.Kind.CAPABILITY, node.code()).stream(),
                            provided.stream()
                                    .flatMap(service ->
                                            snapshot.universe().dependents(Target.Kind.SERVICE, service).stream()))
                    .map(Edges::capability)
                    .toList();
        });
        return relations;
    }

    private void spread(boolean transitive, Function<NodeName, List<NodeName>> next) {
        depths.put(root, 0);
        List<NodeName> layer = List.of(root);
        for (int depth = 1; !layer.isEmpty() && (transitive || depth == 1); depth++) {
            List<NodeName> reached = new ArrayList<>();
            for (NodeName node : layer) {
                Interruption.check();
                for (NodeName neighbour : next.apply(node)) {
                    if (depths.putIfAbsent(neighbour, depth) == null) {
                        reached.add(neighbour);
                    }
                }
            }
            layer = reached;
        }
    }

    private static List<NodeName> needs(List<CapabilityVersion> versions) {
        return versions.stream()
                .flatMap(version -> version.requirements().stream())
                .filter(requirement -> requirement.strength() != Strength.ENHANCING)
                .map(Requirement::anyOf)
                .flatMap(List::stream)
                .map(Edges::name)
                .distinct()
                .toList();
    }

    private static List<String> provided(Snapshot snapshot, String code) {
        return snapshot.universe().versions(code).stream()
                .flatMap(version -> version.provides().stream())
                .map(Provision::service)
                .distinct()
                .toList();
    }

    /** The root and all that was reached, with the number of steps from the root. */
    Map<NodeName, Integer> depths() {
        return depths;
    }

    /** What ties something that this depends on to those one step nearer. */
    List<Edge> towardsRoot(NodeName node, CapabilityVersion rootVersion) {
        int nearer = depthOf(node) - 1;
        Target.Kind kind = node.kind() == NodeKind.SERVICE ? Target.Kind.SERVICE : Target.Kind.CAPABILITY;
        List<Edge> edges = new ArrayList<>();
        snapshot.universe().dependents(kind, node.code()).stream()
                .filter(code -> depthOf(Edges.capability(code)) == nearer)
                .flatMap(code ->
                        Edges.of(code, code.equals(root.code()) ? List.of(rootVersion) : Edges.newest(snapshot, code))
                                .stream())
                .filter(edge -> edge.kind() == EdgeKind.REQUIRES && edge.to().equals(node))
                .forEach(edges::add);
        if (node.kind() == NodeKind.CAPABILITY) {
            Edges.of(node.code(), snapshot.universe().versions(node.code())).stream()
                    .filter(edge -> edge.kind() == EdgeKind.PROVIDES && depthOf(edge.to()) == nearer)
                    .forEach(edges::add);
        }
        return edges;
    }

    /** What ties a dependent to those one step nearer: through them themselves or a service of theirs. */
    List<Edge> fromDependent(NodeName node) {
        int nearer = depthOf(node) - 1;
        return Edges.of(node.code(), snapshot.universe().versions(node.code())).stream()
                .filter(edge -> edge.kind() == EdgeKind.REQUIRES && leadsTo(nearer, edge.to()))
                .toList();
    }

    private boolean leadsTo(int depth, NodeName target) {
        return switch (target.kind()) {
            case CAPABILITY -> depthOf(target) == depth;
            case SERVICE ->
                snapshot.universe().providers(target.code()).stream()
                        .anyMatch(provider -> depthOf(Edges.capability(provider)) == depth);
        };
    }

    private int depthOf(NodeName node) {
        return depths.getOrDefault(node, Integer.MIN_VALUE);
    }
}
