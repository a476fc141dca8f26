package dev.apg.resolver;

import dev.apg.resolver.engine.IntList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Strongly connected components, after R. Tarjan (1972), with a stack of our own instead of recursion. */
final class Components {
    private final int[][] edges;
    private final int[] found;
    private final int[] low;
    private final int[] component;
    private final int[] nextEdge;
    private final IntList path = new IntList();
    private final IntList open = new IntList();
    private int discovered;
    private int components;

    private Components(int[][] edges) {
        this.edges = edges;
        this.found = new int[edges.length];
        this.low = new int[edges.length];
        this.component = new int[edges.length];
        this.nextEdge = new int[edges.length];
        Arrays.fill(component, -1);
    }

    /** The component of each node; a node's edges lead into components with the same or a smaller number. */
    static int[] of(int[][] edges) {
        Components search = new Components(edges);
        for (int i = 0; i < edges.length; i++) {
            if (search.found[i] == 0) {
                search.visit(i);
            }
        }
        return search.component;
    }

    private void visit(int root) {
        enter(root);
        while (!path.isEmpty()) {
            int node = path.peek();
            if (nextEdge[node] < edges[node].length) {
                int next = edges[node][nextEdge[node]++];
                if (found[next] == 0) {
                    enter(next);
                } else if (component[next] < 0) {
                    low[node] = Math.min(low[node], found[next]);
                }
            } else {
                leave(node);
            }
        }
    }

    private void enter(int node) {
        found[node] = low[node] = ++discovered;
        path.add(node);
        open.add(node);
    }

    private void leave(int node) {
        path.pop();
        if (!path.isEmpty()) {
            low[path.peek()] = Math.min(low[path.peek()], low[node]);
        }
        if (low[node] == found[node]) {
            int member;
            do {
                member = open.pop();
                component[member] = components;
            } while (member != node);
            components++;
        }
    }

    /** From a node back to it within its component; the first and the last element are the node. */
    static List<Integer> shortestWayRound(int start, int[][] edges, int[] component) {
        Map<Integer, Integer> from = new HashMap<>();
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        queue.add(start);
        while (true) {
            int node = queue.remove();
            for (int next : edges[node]) {
                if (next == start) {
                    return way(start, node, from);
                }
                if (component[next] == component[start] && from.putIfAbsent(next, node) == null) {
                    queue.add(next);
                }
            }
        }
    }

    private static List<Integer> way(int start, int last, Map<Integer, Integer> from) {
        List<Integer> way = new ArrayList<>(List.of(start));
        for (int node = last; node != start; node = Objects.requireNonNull(from.get(node))) {
            way.add(node);
        }
        way.add(start);
        return way.reversed();
    }
}
