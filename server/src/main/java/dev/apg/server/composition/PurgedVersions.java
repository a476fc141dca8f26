package dev.apg.server.composition;

import dev.apg.contract.capability.VersionState;
import dev.apg.resolver.Binding;
import dev.apg.resolver.Entry;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Fact;
import dev.apg.resolver.Request;
import dev.apg.resolver.Resolution;
import dev.apg.resolver.Target;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.VersionRange;
import dev.apg.server.catalog.CapabilityEntry;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.catalog.VersionEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells of purged versions where a range would have taken them. The resolver does not see them: nothing is left of one but
 * its number, digest and reason, so only ranges of the capability itself can be held against it, and nothing is said of
 * one where a need of a service, which it may not have met, is bound to its capability.
 */
record PurgedVersions(Snapshot snapshot, Request request) {
    /** Lines below one derivation. */
    private static final int MOST_LINES = 3;

    static PurgedVersions of(Resolved resolved) {
        return new PurgedVersions(resolved.snapshot(), resolved.request());
    }

    /**
     * The newest purged version above a chosen one, if everything that needs the capability does so by its code and admits
     * it, no chosen version conflicts with it and the draft itself says nothing against it. One step where the chosen version
     * is the newest there ever was.
     */
    Optional<VersionEntry> above(ExactVersion chosen, Resolution.Solved solved) {
        String code = chosen.code();
        List<VersionEntry> above = newestFirst(code)
                .takeWhile(version -> version.number().compareTo(chosen.number()) > 0)
                .filter(version -> isPurgedAndNotExcluded(code, version))
                .toList();
        if (above.isEmpty() || request.pins().containsKey(code)) {
            return Optional.empty();
        }
        List<Target> needs = solved.bindings().stream()
                .filter(binding -> binding.provider().code().equals(code))
                .map(Binding::target)
                .toList();
        if (needs.isEmpty() || needs.stream().anyMatch(target -> target.kind() != Target.Kind.CAPABILITY)) {
            return Optional.empty();
        }
        List<VersionRange> conflicts = conflicts(code, solved);
        return above.stream()
                .filter(version -> isAdmitted(version, needs.stream().map(Target::range)))
                .filter(version ->
                        conflicts.stream().noneMatch(range -> range.admits(version.number(), PrereleaseRule.INCLUDE)))
                .findFirst();
    }

    /** The ranges of a capability that chosen versions conflict with. */
    private List<VersionRange> conflicts(String code, Resolution.Solved solved) {
        Set<String> opponents = Set.copyOf(snapshot.universe().opponents(Target.Kind.CAPABILITY, code));
        return solved.entries().stream()
                .map(Entry::version)
                .filter(version ->
                        opponents.contains(version.code()) && !version.code().equals(code))
                .flatMap(version -> snapshot.universe().version(version).stream())
                .flatMap(version -> version.conflicts().stream())
                .filter(target ->
                        target.kind() == Target.Kind.CAPABILITY && target.code().equals(code))
                .map(Target::range)
                .toList();
    }

    /** A line for each purged version that a range in the core of a contradiction admits; empty if there is none. */
    String in(List<Fact> core) {
        return core.stream()
                .flatMap(fact -> fact.needed().stream())
                .filter(target -> target.kind() == Target.Kind.CAPABILITY)
                .distinct()
                .flatMap(target -> newest(target).stream()
                        .map(version ->
                                "%s %s would do, but %s.%n".formatted(target.code(), version.number(), told(version))))
                .limit(MOST_LINES)
                .collect(Collectors.joining());
    }

    /** {@code was purged (it held a password)}. */
    static String told(VersionEntry version) {
        String reason = version.stateReason();
        return reason == null || reason.isBlank() ? "was purged" : "was purged (%s)".formatted(reason.strip());
    }

    private Optional<VersionEntry> newest(Target target) {
        return newestFirst(target.code())
                .filter(version -> isPurgedAndNotExcluded(target.code(), version))
                .filter(version -> isAdmitted(version, Stream.of(target.range())))
                .findFirst();
    }

    private Stream<VersionEntry> newestFirst(String code) {
        return snapshot.capability(code).map(CapabilityEntry::versions).orElse(List.of()).reversed().stream();
    }

    private boolean isAdmitted(VersionEntry version, Stream<VersionRange> ranges) {
        PrereleaseRule rule = request.policy().prereleases() ? PrereleaseRule.INCLUDE : PrereleaseRule.NPM;
        return ranges.allMatch(range -> range.admits(version.number(), rule));
    }

    private boolean isPurgedAndNotExcluded(String code, VersionEntry version) {
        return version.state() == VersionState.PURGED
                && request.exclusions().stream()
                        .filter(exclusion -> exclusion.kind() == Target.Kind.CAPABILITY)
                        .filter(exclusion -> exclusion.code().equals(code))
                        .noneMatch(exclusion -> exclusion.range().admits(version.number(), PrereleaseRule.INCLUDE));
    }
}
