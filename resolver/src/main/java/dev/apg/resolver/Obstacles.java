package dev.apg.resolver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The contradictions that are known of a request and of what changes make of it, each with the changes that would take one of its
 * facts away. The smallest combination of changes that none of them stands in the way of is no larger than the smallest one that
 * makes the request solvable: if it does so itself, it is that one. An implicit hitting set: Reiter, A Theory of Diagnosis from
 * First Principles, 1987; Davies and Bacchus, Solving MAXSAT by Solving a Sequence of Simpler SAT Instances, 2011.
 */
final class Obstacles {
    /** Beyond as many the search would take longer than it is worth. */
    private static final int MOST = 50;

    private static final int MOST_STEPS = 20_000;

    private final Policy policy;
    private final List<Obstacle> known = new ArrayList<>();

    /** @param policy of the request that is to be changed */
    Obstacles(Policy policy) {
        this.policy = policy;
    }

    /**
     * A contradiction.
     *
     * @param with changes without which it is not there
     * @param ways changes of which one has to be made, too
     */
    private record Obstacle(Set<Change> with, List<Change> ways) {
        boolean isInTheWay(Set<Change> made) {
            return made.containsAll(with) && ways.stream().noneMatch(made::contains);
        }
    }

    void add(Set<Change> with, List<Change> ways) {
        known.add(new Obstacle(with, ways));
    }

    /**
     * The smallest combination of changes that nothing known stands in the way of.
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
        search.from(List.of(), Set.of(), 0);
        return search.steps > MOST_STEPS
                ? Optional.empty()
                : Optional.ofNullable(search.best)
                        .map(best -> best.stream()
                                .sorted(Comparator.comparingInt(this::learnt))
                                .toList());
    }

    private int learnt(Change change) {
        int place = 0;
        while (!known.get(place).ways().contains(change)) {
            place++;
        }
        return place;
    }

    /** Changes that might be made in place of one of these: each takes away what only that one takes away. */
    List<Change> instead(Change change, List<Change> made) {
        Set<Change> others = new HashSet<>(made);
        others.remove(change);
        return known.stream()
                .filter(obstacle -> obstacle.ways().contains(change) && obstacle.isInTheWay(others))
                .flatMap(obstacle -> obstacle.ways().stream())
                .filter(way -> !way.equals(change) && size(way) >= size(change))
                .distinct()
                .toList();
    }

    private int size(Change change) {
        return FixCandidates.size(change, policy);
    }

    /** Branches on the ways around one obstacle after the other, and leaves what cannot become smaller than the best. */
    private final class Search {
        private final Predicate<List<Change>> isAllowed;
        private int bestSize;
        private @Nullable List<Change> best;
        private int steps;

        private Search(int below, Predicate<List<Change>> isAllowed) {
            this.bestSize = below;
            this.isAllowed = isAllowed;
        }

        private void from(List<Change> made, Set<Change> barred, int size) {
            steps++;
            Set<Change> chosen = Set.copyOf(made);
            List<Obstacle> left =
                    known.stream().filter(each -> each.isInTheWay(chosen)).toList();
            if (left.isEmpty()) {
                if (isAllowed.test(made)) {
                    best = made;
                    bestSize = size;
                }
                return;
            }
            if (steps > MOST_STEPS || size + atLeast(left) >= bestSize) {
                return;
            }
            Set<Change> tried = new HashSet<>(barred);
            for (Change way : ways(left, made, barred)) {
                if (size + size(way) < bestSize) {
                    List<Change> more = new ArrayList<>(made);
                    more.add(way);
                    from(List.copyOf(more), Set.copyOf(tried), size + size(way));
                }
                // All combinations with it were seen.
                tried.add(way);
            }
        }

        /** Around the obstacle that leaves the least choice. */
        private List<Change> ways(List<Obstacle> left, List<Change> made, Set<Change> barred) {
            return left.stream()
                    .map(obstacle -> obstacle.ways().stream()
                            .filter(way -> !barred.contains(way))
                            .filter(way -> made.stream().noneMatch(other -> RootChanges.areOfOneRoot(way, other)))
                            .sorted(Comparator.comparingInt(Obstacles.this::size))
                            .toList())
                    .min(Comparator.comparingInt(List::size))
                    .orElseThrow();
        }

        /** What obstacles that have no way in common ask for together. */
        private int atLeast(List<Obstacle> left) {
            Set<Change> seen = new HashSet<>();
            int sum = 0;
            for (Obstacle obstacle : left) {
                if (obstacle.ways().stream().noneMatch(seen::contains)) {
                    seen.addAll(obstacle.ways());
                    sum += obstacle.ways().stream()
                            .mapToInt(Obstacles.this::size)
                            .min()
                            .orElse(bestSize);
                }
            }
            return sum;
        }
    }
}
