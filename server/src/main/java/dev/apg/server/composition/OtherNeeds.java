package dev.apg.server.composition;

import dev.apg.contract.composition.LockDocument.Reason;
import dev.apg.contract.composition.Resolution.ResolvedEntry;
import dev.apg.resolver.Binding;
import dev.apg.resolver.Link;
import dev.apg.resolver.Resolution;
import dev.apg.resolver.Strength;
import java.util.List;
import java.util.stream.Collectors;

/** What an entry is needed for beside the need that brought it in. */
final class OtherNeeds {
    private static final int MOST_TOLD = 5;

    private OtherNeeds() {}

    /** A sentence with a space before it; empty if there is nothing else. */
    static String of(ResolvedEntry entry, Resolved resolved) {
        if (!(resolved.resolution() instanceof Resolution.Solved solved)) {
            return "";
        }
        Reason reason = entry.reason().getLast();
        List<String> others = solved.bindings().stream()
                .filter(binding -> binding.provider().code().equals(entry.capability()))
                .filter(binding -> !isOwn(binding) && !isReason(binding, reason))
                .map(OtherNeeds::told)
                .toList();
        if (others.isEmpty()) {
            return "";
        }
        int untold = others.size() - MOST_TOLD;
        return " It also meets the requirement%s %s%s."
                .formatted(
                        others.size() == 1 ? "" : "s",
                        others.stream().limit(MOST_TOLD).collect(Collectors.joining(", ")),
                        untold > 0 ? " and %d more".formatted(untold) : "");
    }

    private static boolean isReason(Binding binding, Reason reason) {
        return switch (binding.need()) {
            case Link.Asked(var root) -> root.target().code().equals(reason.root());
            case Link.Needed(var consumer, var requirement) ->
                consumer.code().equals(reason.capability())
                        && requirement.name().equals(reason.requirement());
        };
    }

    /** What an entry provides and needs itself. */
    private static boolean isOwn(Binding binding) {
        return binding.need() instanceof Link.Needed(var consumer, var requirement)
                && consumer.equals(binding.provider());
    }

    private static String told(Binding binding) {
        return switch (binding.need()) {
            case Link.Asked(var root) -> root + " of the draft";
            case Link.Needed(var consumer, var requirement) ->
                "%s of %s%s".formatted(requirement.name(), consumer, strength(requirement.strength()));
        };
    }

    private static String strength(Strength strength) {
        return switch (strength) {
            case REQUIRED -> "";
            case OPTIONAL -> " (optional)";
            case RECOMMENDED -> " (recommended)";
            case ENHANCING -> " (enhancing)";
        };
    }
}
