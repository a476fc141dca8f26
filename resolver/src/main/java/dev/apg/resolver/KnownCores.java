package dev.apg.resolver;

import dev.apg.resolver.engine.Interruption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The cores that are known of a request and of what changes make of it, each with the changes that would take one of its facts
 * away. The smallest combination of changes that leaves none of them whole is no larger than the smallest one that makes the
 * request solvable: if it does so itself, it is that one. An implicit hitting set: Reiter, A Theory of Diagnosis from First
 * Principles, 1987; Davies and Bacchus, Solving MAXSAT by Solving a Sequence of Simpler SAT Instances, 2011.
 */
final class KnownCores {
    /** Beyond as many the search would take longer than it is worth. */
    private static final int MOST = 50;

    /** Combinations that are looked at in all searches together; of a few dozen cores, some ten milliseconds. */
    private static final int MOST_LOOKED_AT = 4_000;

    private final Policy policy;
    private final List<Core> known = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final Map<Change, Integer> numbers = new HashMap<>();

    /** By change, those of the same root, itself among them: of these at most one is made. */
    private final List<BitSet> rivals = new ArrayList<>();

    private int lookedAt;

    /** @param policy of the request that is to be changed */
    KnownCores(Policy policy) {
        this.policy = policy;
    }

    /**
     * Facts that cannot all hold.
     *
     * @param with changes without which they are not all there
     * @param ways changes of which one has to be made, too
     */
    private record Core(BitSet with, BitSet ways) {
        boolean isWhole(BitSet made) {
            return !ways.intersects(made) && (with.isEmpty() || includes(made, with));
        }

        private static boolean includes(BitSet all, BitSet some) {
            BitSet missing = (BitSet) some.clone();
            missing.andNot(all);
            return missing.isEmpty();
        }
    }

    void add(Set<Change> with, Collection<Change> ways) {
        known.add(new Core(numbers(with), numbers(ways)));
    }

    private BitSet numbers(Collection<Change> some) {
        var bits = new BitSet();
        some.forEach(change -> bits.set(numbers.computeIfAbsent(change, this::number)));
        return bits;
    }

    private int number(Change change) {
        int number = changes.size();
        changes.add(change);
        sizes.add(FixCandidates.size(change, policy));
        var same = new BitSet();
        same.set(number);
        for (int i = 0; i < number; i++) {
            if (RootChanges.areOfOneRoot(change, changes.get(i))) {
                same.set(i);
                rivals.get(i).set(number);
            }
        }
        rivals.add(same);
        return number;
    }

    /**
     * The smallest combination of changes that leaves no known core whole.
     *
     * @param below the size that it has to stay below
     * @param isAllowed which combinations count
     * @return in the order in which what they mend became known; empty if there is none, or none was found in time
     */
    Optional<List<Change>> smallest(int below, Predicate<List<Change>> isAllowed) {
        if (known.size() > MOST) {
            return Optional.empty();
        }
        var search = new Search(below, isAllowed);
        search.from(new BitSet(), new BitSet(), 0);
        return isSpent() || search.best == null ? Optional.empty() : Optional.of(inOrder(search.best));
    }

    /** What all searches took, as steps. */
    long steps() {
        return (long) lookedAt * known.size();
    }

    private boolean isSpent() {
        return lookedAt > MOST_LOOKED_AT;
    }

    private List<Change> inOrder(BitSet made) {
        List<Change> ordered = new ArrayList<>();
        for (Core core : known) {
            core.ways.stream()
                    .filter(made::get)
                    .mapToObj(changes::get)
                    .filter(change -> !ordered.contains(change))
                    .forEach(ordered::add);
        }
        return ordered;
    }

    /** Changes that might be made in place of one of these: each takes away what only that one takes away. */
    List<Change> instead(Change change, List<Change> made) {
        BitSet others = numbers(made);
        int number = changes.indexOf(change);
        others.clear(number);
        var instead = new BitSet();
        known.stream()
                .filter(core -> core.ways.get(number) && core.isWhole(others))
                .forEach(core -> instead.or(core.ways));
        instead.clear(number);
        return instead.stream()
                .filter(way -> sizes.get(way) >= sizes.get(number))
                .mapToObj(changes::get)
                .toList();
    }

    /** Branches on the ways to break one core after the other, and leaves what cannot become smaller than the best. */
    private final class Search {
        private final Predicate<List<Change>> isAllowed;
        private int bestSize;
        private @Nullable BitSet best;

        private Search(int below, Predicate<List<Change>> isAllowed) {
            this.bestSize = below;
            this.isAllowed = isAllowed;
        }

        /** @param closed what cannot be added: rivals of what is made, and that with which all combinations were seen */
        private void from(BitSet made, BitSet closed, int size) {
            Interruption.check();
            lookedAt++;
            if (isSpent()) {
                return;
            }
            BitSet fewest = null;
            var counted = new BitSet();
            int atLeast = size;
            for (Core core : known) {
                if (core.isWhole(made)) {
                    BitSet ways = (BitSet) core.ways.clone();
                    ways.andNot(closed);
                    if (fewest == null || ways.cardinality() < fewest.cardinality()) {
                        fewest = ways;
                    }
                    // What cores ask for that have no way in common, they ask for together.
                    if (!core.ways.intersects(counted)) {
                        counted.or(core.ways);
                        atLeast += smallest(ways);
                    }
                }
            }
            if (fewest == null) {
                if (isAllowed.test(inOrder(made))) {
                    best = made;
                    bestSize = size;
                }
            } else if (atLeast < bestSize) {
                addOneOf(fewest, made, closed, size);
            }
        }

        private void addOneOf(BitSet ways, BitSet made, BitSet closed, int size) {
            BitSet seen = (BitSet) closed.clone();
            List<Integer> smallestFirst = ways.stream()
                    .boxed()
                    .sorted(Comparator.comparingInt(sizes::get))
                    .toList();
            for (int way : smallestFirst) {
                int larger = size + sizes.get(way);
                if (larger < bestSize) {
                    BitSet more = (BitSet) made.clone();
                    more.set(way);
                    BitSet without = (BitSet) seen.clone();
                    without.or(rivals.get(way));
                    from(more, without, larger);
                }
                seen.set(way);
            }
        }

        private int smallest(BitSet ways) {
            return ways.stream().map(sizes::get).min().orElse(bestSize);
        }
    }
}
