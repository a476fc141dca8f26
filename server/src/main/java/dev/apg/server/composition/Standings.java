package dev.apg.server.composition;

import dev.apg.contract.capability.Status;
import dev.apg.contract.capability.VersionState;
import dev.apg.contract.composition.LockDocument;
import dev.apg.contract.composition.LockDocument.LockEntry;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Fact;
import dev.apg.resolver.Mark;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.catalog.CapabilityEntry;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.catalog.VersionEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How versions stand in the catalogue now. */
record Standings(Snapshot snapshot) {
    /** Lines below one derivation. */
    private static final int MOST_LINES = 3;

    /** What the catalogue has of a version; empty if it is not there, or is published like any other. */
    Optional<VersionEntry> of(String code, String number) {
        return snapshot.capability(code)
                .flatMap(capability -> capability.version(SemVer.parse(number)))
                .filter(entry -> entry.state() != VersionState.PUBLISHED);
    }

    /** The same, as it is told. */
    Optional<Standing> told(String code, String number) {
        return of(code, number).map(Standing::of);
    }

    /** Deprecated or retired; empty for a capability that goes on. */
    Optional<Status> ending(String code) {
        return snapshot.capability(code)
                .map(CapabilityEntry::status)
                .filter(status -> status == Status.DEPRECATED || status == Status.RETIRED);
    }

    /** Retired; empty for a capability of which versions may be taken. */
    Optional<Status> ended(String code) {
        return ending(code).filter(status -> status == Status.RETIRED);
    }

    /** {@code  redis 7.2.4 is deprecated: old. redis is deprecated.}, as sentences with a space before each. */
    String taken(String code, String number) {
        return told(code, number)
                        .map(standing -> " %s %s is %s.".formatted(code, number, standing.words()))
                        .orElse("")
                + ending(code)
                        .map(status -> " %s is %s.".formatted(code, status.wire()))
                        .orElse("");
    }

    /**
     * How the versions stand that one lock has and the next one does not, by {@code code@version}, and, by code, the
     * capabilities; the text is empty of versions that are published and of capabilities that are not retired.
     */
    SortedMap<String, String> leftBehind(LockDocument before, LockDocument after) {
        Set<String> kept = after.entries().stream().map(Standings::name).collect(Collectors.toSet());
        SortedMap<String, String> left = new TreeMap<>();
        Set<String> codes = after.entries().stream().map(LockEntry::capability).collect(Collectors.toSet());
        for (LockEntry entry : before.entries()) {
            if (!codes.contains(entry.capability())) {
                left.put(
                        entry.capability(),
                        ended(entry.capability()).map(Status::wire).orElse(""));
            }
            if (!kept.contains(name(entry))) {
                left.put(
                        name(entry),
                        told(entry.capability(), entry.version())
                                .map(Standing::words)
                                .orElse(""));
            }
        }
        return left;
    }

    /** A line for each version in the core of a contradiction that is not accepted and of which somebody said why. */
    String reasonsIn(List<Fact> core) {
        return core.stream()
                .flatMap(fact -> fact instanceof Fact.NotAccepted(ExactVersion version, Mark mark)
                        ? told(version.code(), version.number().toString())
                                .filter(standing -> standing.gives(mark)
                                        && standing.reason().isPresent())
                                .map(standing -> "%s is %s.%n".formatted(version, standing.words()))
                                .stream()
                        : Stream.empty())
                .distinct()
                .limit(MOST_LINES)
                .collect(Collectors.joining());
    }

    static String name(LockEntry entry) {
        return entry.capability() + "@" + entry.version();
    }
}
