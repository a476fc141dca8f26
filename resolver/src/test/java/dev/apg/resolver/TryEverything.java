package dev.apg.resolver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The rules of {@code docs/resolver.md} read off literally, by looking at every combination of versions. Shares nothing
 * with the resolver but the records and the ranges.
 */
final class TryEverything {
    private final Map<String, List<CapabilityVersion>> byCode = new TreeMap<>();
    private final Request request;
    private final HardRules rules;

    /** Every combination that breaks no hard rule, by code. */
    final List<Map<String, CapabilityVersion>> valid = new ArrayList<>();

    TryEverything(RandomCase given) {
        this.request = given.request();
        this.rules = new HardRules(request);
        for (CapabilityVersion version : given.versions()) {
            byCode.computeIfAbsent(version.code(), _ -> new ArrayList<>()).add(version);
        }
        byCode.values().forEach(list -> list.sort(Comparator.comparing(CapabilityVersion::number)));
        combine(new ArrayList<>(byCode.keySet()), 0, new HashMap<>());
    }

    private void combine(List<String> codes, int at, Map<String, CapabilityVersion> chosen) {
        if (at == codes.size()) {
            if (rules.isValid(chosen)) {
                valid.add(Map.copyOf(chosen));
            }
            return;
        }
        combine(codes, at + 1, chosen);
        for (CapabilityVersion version : byCode.get(codes.get(at))) {
            if (rules.isAllowed(version)) {
                chosen.put(version.code(), version);
                combine(codes, at + 1, chosen);
                chosen.remove(version.code());
            }
        }
    }

    private static final Comparator<List<Long>> LEXICOGRAPHIC = (a, b) -> IntStream.range(0, a.size())
            .map(i -> a.get(i).compareTo(b.get(i)))
            .filter(order -> order != 0)
            .findFirst()
            .orElse(0);

    /** The least sums under the objectives, over the valid combinations in which everything has a reason. */
    List<Long> least() {
        return founded().stream().map(this::costs).min(LEXICOGRAPHIC).orElseThrow();
    }

    /** The valid combinations, reasons or not, that cost no more than the best with reasons. */
    List<Map<String, CapabilityVersion>> cheapest() {
        List<Long> least = least();
        return valid.stream()
                .filter(each -> LEXICOGRAPHIC.compare(costs(each), least) <= 0)
                .toList();
    }

    /** The valid combinations of the least sums in which everything has a reason. */
    List<Map<String, CapabilityVersion>> foundedCheapest() {
        List<Long> least = least();
        return founded().stream().filter(each -> costs(each).equals(least)).toList();
    }

    private List<Map<String, CapabilityVersion>> founded() {
        return valid.stream().filter(rules::isFounded).toList();
    }

    /** What each objective adds up. */
    List<Long> costs(Map<String, CapabilityVersion> chosen) {
        return request.policy().objectives().stream()
                .map(objective -> cost(objective, chosen))
                .toList();
    }

    private long cost(Objective objective, Map<String, CapabilityVersion> chosen) {
        return switch (objective) {
            case FEWEST -> chosen.size();
            case CHEAPEST ->
                chosen.values().stream().mapToLong(CapabilityVersion::cost).sum();
            case MINIMAL_CHANGE -> {
                long changes = chosen.values().stream()
                        .filter(each -> !request.update().contains(each.code()))
                        .filter(each -> !each.number().equals(request.previous().get(each.code())))
                        .count();
                yield changes
                        + request.previous().keySet().stream()
                                .filter(code -> !request.update().contains(code) && !chosen.containsKey(code))
                                .count();
            }
        };
    }

    /** A need and its candidates, the preferred first. */
    private record Need(List<CapabilityVersion> candidates) {
        boolean isPlain() {
            return candidates.stream().map(CapabilityVersion::code).distinct().count() <= 1;
        }
    }

    /** What the choice rule takes, by code; empty if there is no solution. */
    Optional<Map<String, CapabilityVersion>> byTheRule() {
        return byTheRule(valid);
    }

    Optional<Map<String, CapabilityVersion>> byTheRule(List<Map<String, CapabilityVersion>> solutions) {
        if (solutions.isEmpty()) {
            return Optional.empty();
        }
        Walk walk = new Walk(solutions);
        walk.go();
        return Optional.of(walk.chosen);
    }

    /** What the choice rule takes of the best, where capabilities of the previous lock may have to stay. */
    Map<String, CapabilityVersion> byTheRuleKeeping() {
        Walk walk = new Walk(foundedCheapest());
        walk.go();
        walk.keep();
        walk.go();
        while (!rules.isFounded(walk.chosen)) {
            walk.support();
            walk.go();
        }
        return walk.chosen;
    }

    /** Along the needs of what is chosen, with the solutions that are still possible. */
    private final class Walk {
        private final Map<String, CapabilityVersion> chosen = new LinkedHashMap<>();
        private final List<Need> needs = new ArrayList<>(rootNeeds());
        private final boolean[] looked = new boolean[10_000];
        private List<Map<String, CapabilityVersion>> solutions;

        Walk(List<Map<String, CapabilityVersion>> solutions) {
            this.solutions = solutions;
        }

        void go() {
            while (true) {
                int next = firstOpen(needs, looked, true);
                next = next < 0 ? firstOpen(needs, looked, false) : next;
                if (next < 0) {
                    return;
                }
                looked[next] = true;
                List<CapabilityVersion> candidates = needs.get(next).candidates;
                if (candidates.stream().noneMatch(each -> chosen.get(each.code()) == each)) {
                    candidates.stream().filter(this::isPossible).findFirst().ifPresent(this::choose);
                }
            }
        }

        private boolean isPossible(CapabilityVersion version) {
            return solutions.stream().anyMatch(each -> each.get(version.code()) == version);
        }

        private void choose(CapabilityVersion version) {
            chosen.put(version.code(), version);
            needs.addAll(needsOf(version));
            solutions = solutions.stream()
                    .filter(each -> each.get(version.code()) == version)
                    .toList();
        }

        /** Removes what is left of the previous lock, in the order of codes, as far as that goes; the rest stays. */
        void keep() {
            List<CapabilityVersion> staying = new ArrayList<>();
            for (String code : new TreeSet<>(request.previous().keySet())) {
                if (chosen.containsKey(code) || request.update().contains(code)) {
                    continue;
                }
                var without = solutions.stream()
                        .filter(each -> !each.containsKey(code))
                        .toList();
                if (without.isEmpty()) {
                    CapabilityVersion stays = lockedFirst(byCode.get(code).reversed()).stream()
                            .filter(this::isPossible)
                            .findFirst()
                            .orElseThrow();
                    staying.add(stays);
                    without = solutions.stream()
                            .filter(each -> each.get(code) == stays)
                            .toList();
                }
                solutions = without;
            }
            staying.forEach(this::choose);
        }

        /** Chooses the first, by code, that needs something chosen which has no reason yet. */
        void support() {
            Set<CapabilityVersion> missing = new HashSet<>(chosen.values());
            missing.removeAll(rules.founded(chosen));
            choose(byCode.values().stream()
                    .flatMap(versions -> versions.reversed().stream())
                    .filter(each -> chosen.get(each.code()) != each && isPossible(each))
                    .filter(each -> needsOf(each).stream()
                            .anyMatch(need -> need.candidates.stream().anyMatch(missing::contains)))
                    .findFirst()
                    .orElseThrow());
        }
    }

    private static int firstOpen(List<Need> needs, boolean[] looked, boolean plain) {
        for (int i = 0; i < needs.size(); i++) {
            if (!looked[i] && needs.get(i).isPlain() == plain) {
                return i;
            }
        }
        return -1;
    }

    private List<Need> rootNeeds() {
        return request.roots().stream()
                .distinct()
                .map(Root::target)
                .sorted(Comparator.comparing(TryEverything::key))
                .map(target -> new Need(candidates(List.of(target))))
                .toList();
    }

    private List<Need> needsOf(CapabilityVersion version) {
        return version.requirements().stream()
                .filter(each -> each.strength() == Strength.REQUIRED || each.strength() == Strength.RECOMMENDED)
                .filter(each -> each.anyOf().stream().noneMatch(target -> rules.meetsItself(version, target)))
                .sorted(Comparator.comparing((Requirement each) -> String.join(
                                "\0\0",
                                each.anyOf().stream().map(TryEverything::key).toList()))
                        .thenComparing(Requirement::strength))
                .map(each -> new Need(candidates(each.anyOf())))
                .toList();
    }

    private static String key(Target target) {
        return target.code() + "\0" + target.kind().ordinal() + "\0"
                + target.range().text();
    }

    private List<CapabilityVersion> candidates(List<Target> anyOf) {
        List<CapabilityVersion> found = new ArrayList<>();
        for (Target target : anyOf) {
            for (List<CapabilityVersion> versions : byCode.values()) {
                for (CapabilityVersion version : versions.reversed()) {
                    if (rules.isAllowed(version) && rules.meets(version, target) && !found.contains(version)) {
                        found.add(version);
                    }
                }
            }
        }
        return lockedFirst(found);
    }

    private List<CapabilityVersion> lockedFirst(List<CapabilityVersion> versions) {
        List<CapabilityVersion> lockedFirst =
                new ArrayList<>(versions.stream().filter(this::isLocked).toList());
        versions.stream().filter(each -> !isLocked(each)).forEach(lockedFirst::add);
        return lockedFirst;
    }

    private boolean isLocked(CapabilityVersion version) {
        return version.number().equals(request.previous().get(version.code()))
                && !request.update().contains(version.code());
    }
}
