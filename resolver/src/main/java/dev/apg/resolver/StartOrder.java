package dev.apg.resolver;

import dev.apg.resolver.engine.IntList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * In which order to start things that need each other: what is needed before what needs it. Things that need each other
 * in a cycle stand together, by code; where there is still a choice, the smaller code comes first.
 *
 * @param codes all of them, in start order
 * @param cycles in start order
 */
public record StartOrder(List<String> codes, List<Cycle> cycles) {
    public StartOrder {
        codes = List.copyOf(codes);
        cycles = List.copyOf(cycles);
    }

    /**
     * Takes time O(n log n) in codes and needs, and no stack to speak of, however deep the needs go.
     *
     * @param needs by code, the codes that it needs; codes that are not keys, and a code itself, are ignored
     */
    public static StartOrder of(Map<String, ? extends Collection<String>> needs) {
        TreeMap<String, Integer> position = new TreeMap<>();
        for (String code : needs.keySet()) {
            position.put(code, 0);
        }
        List<String> codes = new ArrayList<>(position.keySet());
        for (int i = 0; i < codes.size(); i++) {
            position.put(codes.get(i), i);
        }
        int[][] edges = new int[codes.size()][];
        for (int i = 0; i < codes.size(); i++) {
            int self = i;
            edges[i] = Objects.requireNonNull(needs.get(codes.get(i))).stream()
                    .mapToInt(each -> position.getOrDefault(each, self))
                    .filter(each -> each != self)
                    .sorted()
                    .distinct()
                    .toArray();
        }
        Sorted sorted = sort(codes, edges);
        List<String> ordered = new ArrayList<>(codes.size());
        for (int place : sorted.places) {
            ordered.add(codes.get(place));
        }
        return new StartOrder(ordered, sorted.cycles);
    }

    /** @param places in start order, places in the list of codes */
    record Sorted(int[] places, List<Cycle> cycles) {}

    /**
     * @param codes ascending
     * @param edges by place in the list of codes, the places of what each needs, without repeats and itself
     */
    static Sorted sort(List<String> codes, int[][] edges) {
        int[] component = byFirstMember(Components.of(edges));
        List<IntList> members = new ArrayList<>();
        for (int i = 0; i < component.length; i++) {
            if (component[i] == members.size()) {
                members.add(new IntList());
            }
            members.get(component[i]).add(i);
        }
        int count = members.size();
        int[] open = new int[count];
        List<IntList> users = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            users.add(new IntList());
        }
        for (int i = 0; i < edges.length; i++) {
            for (int needed : edges[i]) {
                if (component[needed] != component[i]) {
                    open[component[i]]++;
                    users.get(component[needed]).add(component[i]);
                }
            }
        }
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < count; i++) {
            if (open[i] == 0) {
                ready.add(i);
            }
        }
        IntList ordered = new IntList();
        List<Cycle> cycles = new ArrayList<>();
        for (Integer next = ready.poll(); next != null; next = ready.poll()) {
            IntList group = members.get(next);
            for (int i = 0; i < group.size(); i++) {
                ordered.add(group.get(i));
            }
            if (group.size() > 1) {
                cycles.add(cycle(group, codes, edges, component));
            }
            IntList waiting = users.get(next);
            for (int i = 0; i < waiting.size(); i++) {
                if (--open[waiting.get(i)] == 0) {
                    ready.add(waiting.get(i));
                }
            }
        }
        return new Sorted(ordered.toArray(), cycles);
    }

    /** Numbers components by their first members, which have the smallest codes: codes are numbered in their order. */
    private static int[] byFirstMember(int[] component) {
        int[] number = new int[component.length];
        Arrays.fill(number, -1);
        int[] numbered = new int[component.length];
        int next = 0;
        for (int i = 0; i < component.length; i++) {
            if (number[component[i]] < 0) {
                number[component[i]] = next++;
            }
            numbered[i] = number[component[i]];
        }
        return numbered;
    }

    private static Cycle cycle(IntList group, List<String> codes, int[][] edges, int[] component) {
        List<String> names = Arrays.stream(group.toArray()).mapToObj(codes::get).toList();
        List<String> path = Components.shortestWayRound(group.get(0), edges, component).stream()
                .map(codes::get)
                .toList();
        return new Cycle(names, path);
    }
}
