package dev.apg.resolver;

import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who would give a version a reason to be there: the versions that require or recommend something that it meets. */
final class Supporters {
    private final Universe universe;
    private final Encoding encoding;
    private final Map<Integer, int[]> known = new HashMap<>();

    /** Made when it is first asked for. */
    private @Nullable Reach reach;

    /** By code, the newest version first: variables are numbered as the search happens to meet them. */
    final Comparator<Integer> order;

    Supporters(Universe universe, Encoding encoding) {
        this.universe = universe;
        this.encoding = encoding;
        this.order = Comparator.comparing(
                        (Integer variable) -> encoding.exact(variable).code())
                .thenComparing(Comparator.<Integer>naturalOrder().reversed());
    }

    /** Variables, in {@link #order}, without the version itself; roots are not among them. */
    int[] of(int variable) {
        int[] found = known.get(variable);
        if (found == null) {
            found = find(variable);
            known.put(variable, found);
        }
        return found;
    }

    private int[] find(int variable) {
        Set<Integer> found = new TreeSet<>(order);
        VersionBlock block = Objects.requireNonNull(encoding.blockOf(variable));
        int ordinal = encoding.ordinalOf(variable);
        addSupporters(universe.mentions.dependents(Target.Kind.CAPABILITY).of(block.name), variable, found);
        int at = block.start(ordinal);
        int end = at + 1 + 2 * block.data[at];
        for (at++; at < end; at += 2) {
            addSupporters(universe.mentions.dependents(Target.Kind.SERVICE).of(block.data[at]), variable, found);
        }
        found.remove(variable);
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    private Reach reach() {
        if (reach == null) {
            reach = new Reach(universe, encoding);
        }
        return reach;
    }

    private void addSupporters(int[] consumers, int variable, Set<Integer> found) {
        VersionBlock needed = Objects.requireNonNull(encoding.blockOf(variable));
        for (int consumer : consumers) {
            VersionBlock block = Objects.requireNonNull(universe.block(consumer));
            encoding.solver.step(1 + (block.size() >> 2));
            var needs = new NeedsOf(block, needed, encoding.ordinalOf(variable));
            for (int i = 0; i < block.size(); i++) {
                if (reach().has(block, i) && needs.areMet(i)) {
                    found.add(encoding.variablesOf(block) + i);
                }
            }
        }
    }

    /** Looks whether some need of a version is met by a given one; reads what is stored, for most has no such need. */
    private final class NeedsOf implements VersionFacts.Visitor {
        private final VersionBlock block;
        private final VersionBlock provider;
        private final int provided;
        private int ordinal;
        private boolean met;

        private NeedsOf(VersionBlock block, VersionBlock provider, int provided) {
            this.block = block;
            this.provider = provider;
            this.provided = provided;
        }

        boolean areMet(int of) {
            ordinal = of;
            met = false;
            VersionFacts.visit(block.data, block.start(of), this);
            return met;
        }

        @Override
        public void provision(int service, int version) {}

        @Override
        public void requirement(int index, int name, Strength strength, int targets, int count) {
            boolean pulls = strength == Strength.REQUIRED || strength == Strength.RECOMMENDED;
            for (int i = 0; pulls && !met && i < count; i++) {
                // What a version meets itself leads to nobody else.
                met = meets(targets + 2 * i) && !meetsItself(targets, count);
            }
        }

        private boolean meets(int target) {
            return encoding.matching()
                    .meets(
                            provider,
                            provided,
                            VersionFacts.isService(block.data, target),
                            VersionFacts.code(block.data, target),
                            range(target),
                            encoding.rule());
        }

        private boolean meetsItself(int targets, int count) {
            for (int target = targets; target < targets + 2 * count; target += 2) {
                boolean service = VersionFacts.isService(block.data, target);
                int code = VersionFacts.code(block.data, target);
                if (encoding.matching().meetsItself(block, ordinal, service, code, range(target), encoding.rule())) {
                    return true;
                }
            }
            return false;
        }

        private VersionRange range(int target) {
            return universe.symbols.ranges.value(VersionFacts.range(block.data, target));
        }

        @Override
        public void conflict(int index, int target) {}
    }

    /** Of some versions, those that support each other and that no other of them supports. */
    List<List<Integer>> circles(List<Integer> variables) {
        Map<Integer, Integer> positions = new HashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            positions.put(variables.get(i), i);
        }
        int[][] inside = new int[variables.size()][];
        for (int i = 0; i < inside.length; i++) {
            encoding.solver.step(1 + of(variables.get(i)).length);
            inside[i] = Arrays.stream(of(variables.get(i)))
                    .filter(positions::containsKey)
                    .map(supporter -> Objects.requireNonNull(positions.get(supporter)))
                    .toArray();
        }
        int[] component = Components.of(inside);
        TreeMap<Integer, List<Integer>> circles = new TreeMap<>();
        Set<Integer> supported = new TreeSet<>();
        for (int i = 0; i < inside.length; i++) {
            int own = component[i];
            circles.computeIfAbsent(own, _ -> new ArrayList<>()).add(variables.get(i));
            if (Arrays.stream(inside[i]).anyMatch(other -> component[other] != own)) {
                supported.add(own);
            }
        }
        circles.keySet().removeAll(supported);
        return List.copyOf(circles.values());
    }
}
