package dev.apg.server.composition;

import dev.apg.contract.composition.LockDocument.LockBinding;
import dev.apg.contract.composition.Mark;
import dev.apg.contract.composition.Objective;
import dev.apg.contract.composition.Resolution;
import dev.apg.resolver.Binding;
import dev.apg.resolver.Entry;
import dev.apg.resolver.HeldBack;
import dev.apg.resolver.Link;
import dev.apg.resolver.Optimality;
import dev.apg.resolver.Preferences;
import dev.apg.resolver.Request;
import dev.apg.resolver.Strength;
import dev.apg.resolver.Target;
import dev.apg.resolver.engine.Interruption;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.catalog.VersionEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The resolver's answers as they travel. */
final class Resolutions {
    private Resolutions() {}

    static Resolution of(Resolved resolved) {
        return switch (resolved.resolution()) {
            case dev.apg.resolver.Resolution.Solved solved -> LeftBehind.told(resolved, solved(solved, resolved));
            case dev.apg.resolver.Resolution.Unsolvable(var explanation, long steps) ->
                new Resolution.Unsolvable(Explanations.of(explanation, resolved), steps);
            case dev.apg.resolver.Resolution.Exhausted(long steps) -> new Resolution.Exhausted(steps);
        };
    }

    private static Resolution.Criterion criterion(Optimality.Criterion criterion) {
        Objective objective = switch (criterion.objective()) {
            case MINIMAL_CHANGE -> Objective.MINIMAL_CHANGE;
            case FEWEST -> Objective.FEWEST;
            case CHEAPEST -> Objective.CHEAPEST;
        };
        return new Resolution.Criterion(objective, criterion.value(), criterion.bound(), criterion.optimal());
    }

    private static Resolution.Solved solved(dev.apg.resolver.Resolution.Solved solved, Resolved resolved) {
        var reasons = new ReasonChains();
        Preferences preferences = HeldBackReasons.preferences(resolved, solved);
        var choices = new ProviderChoices(resolved.snapshot(), resolved.request(), solved, preferences);
        List<Resolution.Criterion> criteria = solved.optimality().criteria().stream()
                .map(Resolutions::criterion)
                .toList();
        return new Resolution.Solved(
                solved.optimality().optimal(),
                criteria.isEmpty() ? 0 : criteria.getFirst().value(),
                criteria.isEmpty() ? 0 : criteria.getFirst().bound(),
                criteria,
                solved.entries().stream()
                        .map(entry -> entry(entry, resolved, solved, reasons, preferences))
                        .toList(),
                bindings(solved),
                choices.all(),
                solved.leftOut().stream()
                        .map(left -> new Resolution.LeftOut(
                                left.consumer().code(),
                                left.consumer().number().toString(),
                                left.requirement().name(),
                                left.cause().name().toLowerCase(Locale.ROOT),
                                left.why()))
                        .toList(),
                solved.suggestions().stream()
                        .map(suggestion -> new Resolution.Suggestion(
                                suggestion.version().code(),
                                suggestion.version().number().toString(),
                                suggestion.enhances().name(),
                                suggestion.present().code()))
                        .toList(),
                solved.cycles().stream()
                        .map(cycle -> new Resolution.Cycle(cycle.members(), cycle.path()))
                        .toList(),
                List.of(),
                List.of(),
                solved.steps());
    }

    private static Resolution.ResolvedEntry entry(
            Entry entry,
            Resolved resolved,
            dev.apg.resolver.Resolution.Solved solved,
            ReasonChains reasons,
            Preferences preferences) {
        Interruption.check();
        VersionEntry version = resolved.entry(entry.version());
        return new Resolution.ResolvedEntry(
                entry.version().code(),
                entry.version().number().toString(),
                version.digest(),
                reasons.of(entry),
                entry.reason().getLast() instanceof Link.Needed(var _, var requirement)
                        && requirement.strength() == Strength.RECOMMENDED,
                marks(entry.marks()),
                version.stateReason(),
                heldBack(entry, resolved.snapshot(), resolved.request(), solved, preferences));
    }

    /** Null if nothing newer is, or was, there. */
    static Resolution.@Nullable HeldBack heldBack(
            Entry entry,
            Snapshot snapshot,
            Request request,
            dev.apg.resolver.Resolution.Solved solved,
            Preferences preferences) {
        HeldBack known = preferences.heldBack(entry);
        return known != null
                ? Sentences.heldBack(entry.version(), known, new Standings(snapshot))
                : new PurgedVersions(snapshot, request)
                        .above(entry.version(), solved)
                        .map(purged -> Sentences.heldBack(entry.version(), purged))
                        .orElse(null);
    }

    private static Set<Mark> marks(Set<dev.apg.resolver.Mark> marks) {
        Set<Mark> copy = EnumSet.noneOf(Mark.class);
        marks.forEach(mark -> copy.add(Explanations.mark(mark)));
        return Collections.unmodifiableSet(copy);
    }

    /** Who meets the requirements of versions, without ports; what the composition itself asks for is a reason. */
    static List<LockBinding> bindings(dev.apg.resolver.Resolution.Solved solved) {
        List<LockBinding> bindings = new ArrayList<>();
        for (Binding binding : solved.bindings()) {
            if (binding.need() instanceof Link.Needed(var consumer, var requirement)) {
                Target target = binding.target();
                bindings.add(new LockBinding(
                        consumer.code(),
                        requirement.name(),
                        binding.provider().code(),
                        target.kind() == Target.Kind.SERVICE ? target.code() : null,
                        null));
            }
        }
        return bindings;
    }
}
