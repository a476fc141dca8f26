package dev.apg.server.composition;

import dev.apg.contract.capability.VersionState;
import dev.apg.resolver.Binding;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Fact;
import dev.apg.resolver.Request;
import dev.apg.resolver.Target;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.VersionRange;
import dev.apg.server.catalog.CapabilityEntry;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.catalog.VersionEntry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells of purged versions where a range would have taken them. The resolver does not see them: nothing is left of one but
 * its number, digest and reason, so only ranges of the capability itself can be held against it.
 */
record PurgedVersions(Snapshot snapshot, Request request) {
    /** Capabilities that one explanation speaks of. */
    private static final int MOST = 3;

    static PurgedVersions of(Resolved resolved) {
        return new PurgedVersions(resolved.snapshot(), resolved.request());
    }

    /**
     * The newest purged version above a chosen one, if everything that needs the capability by its code admits it and the
     * draft itself says nothing against it.
     */
    Optional<VersionEntry> above(ExactVersion chosen, List<Binding> bindings) {
        String code = chosen.code();
        if (request.pins().containsKey(code)) {
            return Optional.empty();
        }
        List<VersionRange> ranges = bindings.stream()
                .filter(binding -> binding.provider().code().equals(code))
                .map(Binding::target)
                .filter(target -> target.kind() == Target.Kind.CAPABILITY)
                .map(Target::range)
                .toList();
        return ranges.isEmpty()
                ? Optional.empty()
                : newest(code, ranges).filter(version -> version.number().compareTo(chosen.number()) > 0);
    }

    /** A line for each purged version that a range in the core of a contradiction admits; empty if there is none. */
    String in(List<Fact> core) {
        return core.stream()
                .flatMap(PurgedVersions::needed)
                .filter(target -> target.kind() == Target.Kind.CAPABILITY)
                .distinct()
                .flatMap(target -> newest(target.code(), List.of(target.range())).stream()
                        .map(version ->
                                "%s would take %s, but that %s.%n".formatted(target, version.number(), told(version))))
                .limit(MOST)
                .collect(Collectors.joining());
    }

    /** {@code was purged (it held a password)}. */
    static String told(VersionEntry version) {
        String reason = version.stateReason();
        return reason == null || reason.isBlank() ? "was purged" : "was purged (%s)".formatted(reason.strip());
    }

    private static Stream<Target> needed(Fact fact) {
        return switch (fact) {
            case Fact.Asked(var root) -> Stream.of(root.target());
            case Fact.Needs(var version, var requirement) -> requirement.anyOf().stream();
            case Fact.Restricts(var version, var requirement) -> requirement.anyOf().stream();
            case Fact.Wanted wanted -> Stream.empty();
            case Fact.Conflicts conflicts -> Stream.empty();
            case Fact.Pinned pinned -> Stream.empty();
            case Fact.Excluded excluded -> Stream.empty();
            case Fact.NotAccepted notAccepted -> Stream.empty();
            case Fact.OnlyOne onlyOne -> Stream.empty();
        };
    }

    private Optional<VersionEntry> newest(String code, List<VersionRange> ranges) {
        PrereleaseRule rule = request.policy().prereleases() ? PrereleaseRule.INCLUDE : PrereleaseRule.NPM;
        return snapshot.capability(code).map(CapabilityEntry::versions).orElse(List.of()).reversed().stream()
                .filter(version -> version.state() == VersionState.PURGED)
                .filter(version -> ranges.stream().allMatch(range -> range.admits(version.number(), rule)))
                .filter(version -> request.exclusions().stream()
                        .filter(exclusion -> exclusion.kind() == Target.Kind.CAPABILITY)
                        .filter(exclusion -> exclusion.code().equals(code))
                        .noneMatch(exclusion -> exclusion.range().admits(version.number(), PrereleaseRule.INCLUDE)))
                .findFirst();
    }
}
