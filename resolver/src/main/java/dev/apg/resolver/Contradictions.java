package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a search for fixes found to be contradictory, one after the other. */
final class Contradictions {
    /** Of which more than the number is told. */
    private static final int MOST_TOLD = 3;

    private final List<Known> known = new ArrayList<>();

    /** All that were found behind the first. */
    private int further;

    private final List<Explanation.Contradiction> told = new ArrayList<>();

    /** Facts that cannot all hold, whatever else a request of this policy asks for. */
    private record Known(List<Fact> facts, Policy policy) {
        boolean isIn(Said said) {
            return policy.equals(said.policy)
                    && facts.stream().allMatch(fact -> switch (fact) {
                        case Fact.Asked(Root root) -> said.roots.contains(root);
                        case Fact.Pinned(String code, SemVer number) -> number.equals(said.pins.get(code));
                        case Fact.Excluded(Target exclusion) -> said.exclusions.contains(exclusion);
                        case Fact.Needs _,
                                Fact.Restricts _,
                                Fact.Conflicts _,
                                Fact.NotAccepted _,
                                Fact.OnlyOne _,
                                Fact.Wanted _ -> true;
                    });
        }
    }

    /** What a request says, to be looked up. */
    private record Said(Set<Root> roots, Map<String, SemVer> pins, Set<Target> exclusions, Policy policy) {
        static Said by(Request request) {
            return new Said(
                    Set.copyOf(request.roots()), request.pins(), Set.copyOf(request.exclusions()), request.policy());
        }
    }

    /** Notes the facts on which a request of this policy failed. */
    void add(List<Fact> facts, Policy policy) {
        known.add(new Known(facts, policy));
    }

    /** Counts a contradiction behind the first, and tells the first few. */
    void tell(Attempt attempt, CoreFact.Core core) {
        further++;
        if (told.size() < MOST_TOLD) {
            told.add(FurtherWords.of(attempt.explain(core)));
        }
    }

    /** Whether a request says all that one of them takes, so that it has no solution. */
    boolean standIn(Request request) {
        Said said = Said.by(request);
        return known.stream().anyMatch(each -> each.isIn(said));
    }

    Explanation.Further further() {
        return further == 0 ? Explanation.Further.NONE : new Explanation.Further(further, told);
    }
}
