package dev.apg.resolver;

import dev.apg.resolver.version.PrereleaseRule;
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

/** Who would give a version a reason to be there: the versions that require or recommend something that it meets. */
final class Supporters {
    private final Universe universe;
    private final Encoding encoding;
    private final Map<Integer, Set<Integer>> known = new HashMap<>();

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
    Set<Integer> of(int variable) {
        Set<Integer> found = known.get(variable);
        if (found == null) {
            found = find(variable);
            known.put(variable, found);
        }
        return found;
    }

    private Set<Integer> find(int variable) {
        Set<Integer> found = new TreeSet<>(order);
        VersionBlock block = Objects.requireNonNull(encoding.blockOf(variable));
        CapabilityVersion version = block.read(encoding.ordinalOf(variable), universe.symbols);
        for (String consumer : universe.dependents(Target.Kind.CAPABILITY, version.code())) {
            addSupporters(consumer, variable, found);
        }
        for (Provision provision : version.provides()) {
            for (String consumer : universe.dependents(Target.Kind.SERVICE, provision.service())) {
                addSupporters(consumer, variable, found);
            }
        }
        found.remove(variable);
        return found;
    }

    private void addSupporters(String consumer, int variable, Set<Integer> found) {
        VersionBlock block = Objects.requireNonNull(universe.block(universe.symbols.names.known(consumer)));
        VersionBlock needed = Objects.requireNonNull(encoding.blockOf(variable));
        for (int i = 0; i < block.size(); i++) {
            int ordinal = i;
            // What a version meets itself leads to nobody else.
            boolean supports = block.read(i, universe.symbols).requirements().stream()
                    .filter(each -> each.strength() == Strength.REQUIRED || each.strength() == Strength.RECOMMENDED)
                    .filter(each -> each.anyOf().stream().noneMatch(own -> meetsItself(block, ordinal, own)))
                    .flatMap(each -> each.anyOf().stream())
                    .anyMatch(target -> meets(needed, encoding.ordinalOf(variable), target));
            if (supports) {
                found.add(encoding.variablesOf(block) + i);
            }
        }
    }

    private boolean meets(VersionBlock block, int ordinal, Target target) {
        PrereleaseRule rule = encoding.rule();
        int code = universe.symbols.names.known(target.code());
        boolean service = target.kind() == Target.Kind.SERVICE;
        return encoding.matching().meets(block, ordinal, service, code, target.range(), rule);
    }

    private boolean meetsItself(VersionBlock block, int ordinal, Target target) {
        int code = universe.symbols.names.known(target.code());
        return encoding.matching()
                .meetsItself(
                        block, ordinal, target.kind() == Target.Kind.SERVICE, code, target.range(), encoding.rule());
    }

    /** Of some versions, those that support each other and that no other of them supports. */
    List<List<Integer>> circles(List<Integer> variables) {
        Map<Integer, Integer> positions = new HashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            positions.put(variables.get(i), i);
        }
        int[][] inside = new int[variables.size()][];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = of(variables.get(i)).stream()
                    .filter(positions::containsKey)
                    .mapToInt(supporter -> Objects.requireNonNull(positions.get(supporter)))
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
