package dev.apg.server.composition;

import dev.apg.contract.capability.Requirement;
import dev.apg.contract.capability.Target;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.Explanation;
import dev.apg.contract.composition.Fact;
import dev.apg.contract.composition.Mark;
import dev.apg.contract.composition.Policy;
import dev.apg.resolver.Change;
import dev.apg.resolver.Root;
import dev.apg.resolver.Target.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The resolver's explanations in the words of the draft that was asked about. */
final class Explanations {
    private Explanations() {}

    /**
     * @param resolved what was asked: operations that change one part of its policy have to repeat the rest
     */
    static Explanation of(dev.apg.resolver.Explanation explanation, Resolved resolved) {
        return of("", explanation, resolved.policy(), PurgedVersions.of(resolved));
    }

    /** @param before what stands before the derivation: lines, or nothing */
    static Explanation of(
            String before, dev.apg.resolver.Explanation explanation, Policy policy, PurgedVersions purged) {
        var standings = new Standings(purged.snapshot());
        return new Explanation(
                facts(explanation.core()),
                explanation.steps().stream()
                        .map(step ->
                                new Explanation.Step(step.number(), step.sentence(), facts(step.facts()), step.from()))
                        .toList(),
                before
                        + explanation.derivation()
                        + standings.reasonsIn(explanation.core())
                        + purged.in(explanation.core())
                        + explanation.furtherText()
                        + standings.reasonsIn(ofOthersOnly(explanation)),
                explanation.isNotAll(),
                explanation.further().count(),
                explanation.further().first().stream()
                        .map(each -> new Explanation.Contradiction(facts(each.core()), each.sentence()))
                        .toList(),
                explanation.fixes().stream()
                        .map(fix -> new Explanation.Fix(fix.sentence(), operations(fix.changes(), policy)))
                        .toList());
    }

    /** Facts of the other contradictions that are told, without those of the first one. */
    private static List<dev.apg.resolver.Fact> ofOthersOnly(dev.apg.resolver.Explanation explanation) {
        return explanation.further().first().stream()
                .flatMap(each -> each.core().stream())
                .filter(fact -> !explanation.core().contains(fact))
                .toList();
    }

    private static List<Fact> facts(List<dev.apg.resolver.Fact> facts) {
        return facts.stream().map(Explanations::fact).toList();
    }

    private static Fact fact(dev.apg.resolver.Fact fact) {
        return switch (fact) {
            case dev.apg.resolver.Fact.Asked(var root) -> new Fact.Asked(target(root.target()));
            case dev.apg.resolver.Fact.Wanted(var version) ->
                new Fact.Wanted(version.code(), version.number().toString());
            case dev.apg.resolver.Fact.Needs(var version, var requirement) ->
                new Fact.Needs(version.code(), version.number().toString(), requirement(requirement));
            case dev.apg.resolver.Fact.Restricts(var version, var requirement) ->
                new Fact.Restricts(version.code(), version.number().toString(), requirement(requirement));
            case dev.apg.resolver.Fact.Conflicts(var version, var target) ->
                new Fact.Conflicts(version.code(), version.number().toString(), target(target));
            case dev.apg.resolver.Fact.Pinned(var code, var number) -> new Fact.Pinned(code, number.toString());
            case dev.apg.resolver.Fact.Excluded(var exclusion) -> new Fact.Excluded(target(exclusion));
            case dev.apg.resolver.Fact.NotAccepted(var version, var mark) ->
                new Fact.NotAccepted(version.code(), version.number().toString(), mark(mark));
            case dev.apg.resolver.Fact.OnlyOne(var code) -> new Fact.OnlyOne(code);
        };
    }

    static Target target(dev.apg.resolver.Target target) {
        String range = target.range().text();
        return switch (target.kind()) {
            case CAPABILITY -> new Target(target.code(), null, range);
            case SERVICE -> new Target(null, target.code(), range);
        };
    }

    private static Requirement requirement(dev.apg.resolver.Requirement requirement) {
        return new Requirement(
                requirement.name(),
                dev.apg.contract.capability.Strength.valueOf(
                        requirement.strength().name()),
                requirement.anyOf().stream().map(Explanations::target).toList(),
                null,
                null,
                null);
    }

    static Mark mark(dev.apg.resolver.Mark mark) {
        return Mark.valueOf(mark.name().toUpperCase(Locale.ROOT));
    }

    /** The same changes as operations of the draft. */
    static List<DraftOperation> operations(List<Change.Setting> settings) {
        return settings.stream().map(Explanations::operation).toList();
    }

    private static DraftOperation operation(Change.Setting setting) {
        return switch (setting) {
            case Change.SetRange(Root root, var range) ->
                switch (root.target().kind()) {
                    case CAPABILITY ->
                        (DraftOperation)
                                new DraftOperation.SetRange(root.target().code(), range.text());
                    case SERVICE ->
                        new DraftOperation.RequireService(root.target().code(), range.text());
                };
            case Change.SetPin(String code, var number) -> new DraftOperation.Pin(code, number.toString());
        };
    }

    private static List<DraftOperation> operations(List<Change> changes, Policy policy) {
        List<DraftOperation> operations = new ArrayList<>();
        Policy changed = policy;
        for (Change change : changes) {
            switch (change) {
                case Change.Setting setting -> operations.add(operation(setting));
                case Change.DropRoot(Root root) -> operations.add(drop(root));
                case Change.ReplaceRoot(Root root, Root by) -> {
                    operations.add(drop(root));
                    operations.add(add(by));
                }
                case Change.DropPin(String code, var number) -> operations.add(new DraftOperation.Unpin(code));
                case Change.DropExclusion(var exclusion) ->
                    operations.add(new DraftOperation.Include(
                            exclusion.code(), exclusion.range().text()));
                case Change.AcceptPrereleases() -> {
                    changed = new Policy(changed.objective(), true, changed.accept());
                    operations.add(new DraftOperation.SetPolicy(changed));
                }
                case Change.AcceptMark(var mark) -> {
                    changed = accepting(changed, mark(mark));
                    operations.add(new DraftOperation.SetPolicy(changed));
                }
            }
        }
        return operations;
    }

    private static DraftOperation drop(Root root) {
        return root.target().kind() == Kind.CAPABILITY
                ? new DraftOperation.RemoveMember(root.target().code())
                : new DraftOperation.DropService(root.target().code());
    }

    private static DraftOperation add(Root root) {
        String range = root.target().range().text();
        return root.target().kind() == Kind.CAPABILITY
                ? new DraftOperation.AddMember(root.target().code(), range, null)
                : new DraftOperation.RequireService(root.target().code(), range);
    }

    private static Policy accepting(Policy policy, Mark mark) {
        Set<Mark> accepted = EnumSet.of(mark);
        if (policy.accept() != null) {
            accepted.addAll(policy.accept());
        }
        return new Policy(policy.objective(), policy.prereleases(), accepted);
    }
}
