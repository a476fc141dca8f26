package dev.apg.server.composition;

import dev.apg.contract.composition.Mark;
import dev.apg.contract.composition.Objective;
import dev.apg.resolver.Request;
import dev.apg.resolver.Root;
import dev.apg.resolver.Target;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a draft asks of the resolver. */
final class ResolverRequests {
    private ResolverRequests() {}

    /**
     * @param previous version by capability, kept while they hold
     * @param update capabilities of {@code previous} that are freed
     */
    static Request of(Draft draft, Map<String, SemVer> previous, Set<String> update, long stepBudget) {
        return of(draft, previous, update, stepBudget, VersionRange::parse);
    }

    /** @param range reads one: whoever makes thousands of requests has read most of them before */
    static Request of(
            Draft draft,
            Map<String, SemVer> previous,
            Set<String> update,
            long stepBudget,
            Function<String, VersionRange> range) {
        List<Root> roots = new ArrayList<>();
        draft.members()
                .forEach((code, member) ->
                        roots.add(new Root(Target.capability(code, range.apply(DraftSyntax.text(member.range()))))));
        draft.services().forEach((code, text) -> roots.add(new Root(Target.service(code, range.apply(text)))));
        List<Target> exclusions = draft.exclusions().stream()
                .map(exclusion ->
                        Target.capability(exclusion.capability(), range.apply(DraftSyntax.text(exclusion.range()))))
                .toList();
        Map<String, SemVer> pins = new TreeMap<>();
        draft.pins().forEach((code, version) -> pins.put(code, SemVer.parse(version)));
        return new Request(roots, exclusions, pins, previous, update, policy(draft.policy()), stepBudget);
    }

    private static dev.apg.resolver.Policy policy(dev.apg.contract.composition.Policy policy) {
        Set<dev.apg.resolver.Mark> accepted = EnumSet.noneOf(dev.apg.resolver.Mark.class);
        if (policy.accept() != null) {
            policy.accept().forEach(mark -> accepted.add(mark(mark)));
        }
        List<Objective> objectives = policy.objective() == null ? List.of() : policy.objective();
        return new dev.apg.resolver.Policy(
                objectives.stream().flatMap(ResolverRequests::minimised).toList(), policy.prereleases(), accepted);
    }

    private static Stream<dev.apg.resolver.Objective> minimised(Objective objective) {
        return switch (objective) {
            case NEWEST -> Stream.empty();
            case MINIMAL_CHANGE -> Stream.of(dev.apg.resolver.Objective.MINIMAL_CHANGE);
            case FEWEST -> Stream.of(dev.apg.resolver.Objective.FEWEST);
            case CHEAPEST -> Stream.of(dev.apg.resolver.Objective.CHEAPEST);
        };
    }

    static boolean accepts(dev.apg.contract.composition.Policy policy, dev.apg.resolver.Mark mark) {
        return policy(policy).accepted().contains(mark);
    }

    private static dev.apg.resolver.Mark mark(Mark mark) {
        return switch (mark) {
            case YANKED -> dev.apg.resolver.Mark.YANKED;
            case DEPRECATED -> dev.apg.resolver.Mark.DEPRECATED;
            case RETIRED -> dev.apg.resolver.Mark.RETIRED;
            case UNAPPROVED -> dev.apg.resolver.Mark.UNAPPROVED;
        };
    }
}
