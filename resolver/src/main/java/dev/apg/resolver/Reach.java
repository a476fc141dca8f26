package dev.apg.resolver;

import dev.apg.resolver.engine.IntList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The versions that some chain of needs leads to from the request, whatever else is chosen. Nothing else can be a reason for
 * anything.
 */
final class Reach {
    private final Universe universe;
    private final Encoding encoding;

    /** By name of a capability, the ordinals of its versions. */
    private final Map<Integer, BitSet> reached = new HashMap<>();

    /** Versions of which the needs are still to be followed: names and ordinals. */
    private final IntList open = new IntList();

    /** Targets that were followed, as they are stored. */
    private final Set<Long> followed = new HashSet<>();

    Reach(Universe universe, Encoding encoding) {
        this.universe = universe;
        this.encoding = encoding;
        for (Root root : encoding.roots) {
            Target target = root.target();
            boolean service = target.kind() == Target.Kind.SERVICE;
            int code = universe.symbols.names.known(target.code());
            encoding.matching().each(service, code, target.range(), encoding.rule(), this::add);
        }
        while (open.size() > 0) {
            int ordinal = open.pop();
            VersionBlock block = universe.block(open.pop());
            if (block != null) {
                VersionFacts.visit(block.data, block.start(ordinal), new Follower(block.data));
            }
        }
    }

    boolean has(VersionBlock block, int ordinal) {
        BitSet ordinals = reached.get(block.name);
        return ordinals != null && ordinals.get(ordinal);
    }

    private void add(VersionBlock block, int first, int last) {
        encoding.solver.step(1 + ((last - first) >> 4));
        BitSet ordinals = reached.computeIfAbsent(block.name, _ -> new BitSet());
        for (int i = first; i <= last; i++) {
            if (!ordinals.get(i)) {
                ordinals.set(i);
                open.add(block.name);
                open.add(i);
            }
        }
    }

    private final class Follower implements VersionFacts.Visitor {
        private final int[] data;

        Follower(int[] data) {
            this.data = data;
        }

        @Override
        public void provision(int service, int version) {}

        @Override
        public void requirement(int index, int name, Strength strength, int targets, int count) {
            if (strength != Strength.REQUIRED && strength != Strength.RECOMMENDED) {
                return;
            }
            for (int target = targets; target < targets + 2 * count; target += 2) {
                encoding.solver.step(1);
                if (followed.add((long) data[target] << 32 | data[target + 1])) {
                    boolean service = VersionFacts.isService(data, target);
                    int code = VersionFacts.code(data, target);
                    var range = universe.symbols.ranges.value(VersionFacts.range(data, target));
                    encoding.matching().each(service, code, range, encoding.rule(), Reach.this::add);
                }
            }
        }

        @Override
        public void conflict(int index, int target) {}
    }
}
