package dev.apg.resolver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Supposes that versions did not say what a contradiction rests on. */
final class Retraction {
    /** Versions that are read and written again; a search for more courtesy must not cost more than the answer. */
    private static final int MOST_VERSIONS = 1000;

    private Retraction() {}

    /**
     * The universe in which no version says what these facts say of it; empty if they say nothing of versions, or the
     * capabilities that they are about have too many.
     */
    static Optional<Universe> of(List<Fact> facts, Universe universe) {
        Set<String> codes = new HashSet<>();
        Set<Fact> retracted = new HashSet<>();
        for (Fact fact : facts) {
            switch (fact) {
                case Fact.Needs(ExactVersion version, Requirement _) -> {
                    codes.add(version.code());
                    retracted.add(fact);
                }
                case Fact.Restricts(ExactVersion version, Requirement _) -> {
                    codes.add(version.code());
                    retracted.add(fact);
                }
                case Fact.Conflicts(ExactVersion version, Target _) -> {
                    codes.add(version.code());
                    retracted.add(fact);
                }
                case Fact.Asked _,
                        Fact.Wanted _,
                        Fact.Pinned _,
                        Fact.Excluded _,
                        Fact.NotAccepted _,
                        Fact.OnlyOne _ -> {}
            }
        }
        int versionCount =
                codes.stream().mapToInt(code -> universe.numbers(code).size()).sum();
        if (retracted.isEmpty() || versionCount > MOST_VERSIONS) {
            return Optional.empty();
        }
        Map<String, List<CapabilityVersion>> replaced = new HashMap<>();
        for (String code : codes) {
            List<CapabilityVersion> versions = new ArrayList<>();
            universe.versions(code).forEach(version -> versions.add(without(version, retracted)));
            replaced.put(code, versions);
        }
        return Optional.of(universe.supposing(replaced));
    }

    private static CapabilityVersion without(CapabilityVersion version, Set<Fact> retracted) {
        ExactVersion exact = version.exact();
        return new CapabilityVersion(
                version.code(),
                version.number(),
                version.marks(),
                version.provides(),
                version.requirements().stream()
                        .filter(each -> !retracted.contains(new Fact.Needs(exact, each))
                                && !retracted.contains(new Fact.Restricts(exact, each)))
                        .toList(),
                version.conflicts().stream()
                        .filter(each -> !retracted.contains(new Fact.Conflicts(exact, each)))
                        .toList(),
                version.cost());
    }
}
