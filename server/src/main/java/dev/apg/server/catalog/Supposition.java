package dev.apg.server.catalog;

import dev.apg.contract.capability.Status;
import dev.apg.contract.capability.VersionState;
import dev.apg.resolver.CapabilityVersion;
import dev.apg.resolver.Mark;
import dev.apg.resolver.Universe;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.capability.VersionStructure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A snapshot's universe as it would be after a change of one capability, for questions about such a change. Nothing is saved,
 * and nothing of it stays in memory with the snapshot.
 *
 * @param code of the capability
 */
public record Supposition(Snapshot snapshot, String code) {

    /** With a version that is not published. */
    public Universe published(SemVer number, VersionStructure structure) {
        CapabilityVersion version =
                new Translation().supposed(code, number, structure, marks(VersionState.PUBLISHED, status()));
        return supposing(Stream.concat(
                        versions().stream().filter(each -> !each.number().equals(number)), Stream.of(version))
                .toList());
    }

    /** With a version in another state, which is not that of a purged one. */
    public Universe inState(SemVer number, VersionState state) {
        return marking(version -> version.number().equals(number) ? marked(version, marks(state)) : version);
    }

    /** With the capability in another status. */
    public Universe inStatus(Status status) {
        return marking(version -> marked(
                version,
                snapshot.capability(code)
                        .flatMap(entry -> entry.version(version.number()))
                        .map(entry -> marks(entry.state(), status))
                        .orElseGet(version::marks)));
    }

    /** Without one of the versions. */
    public Universe without(SemVer number) {
        return supposing(versions().stream()
                .filter(version -> !version.number().equals(number))
                .toList());
    }

    /** Without any of them. */
    public Universe withoutAll() {
        return supposing(List.of());
    }

    /** What would stand between a version in this state and being chosen. */
    public Set<Mark> marks(VersionState state) {
        return marks(state, status());
    }

    /** The same in another status of the capability. */
    public static Set<Mark> marks(VersionState state, Status status) {
        return Translation.marks(state, status);
    }

    private Status status() {
        return snapshot.capability(code).map(CapabilityEntry::status).orElse(Status.ACTIVE);
    }

    private List<CapabilityVersion> versions() {
        return snapshot.universe().versions(code);
    }

    private Universe marking(UnaryOperator<CapabilityVersion> change) {
        return supposing(versions().stream().map(change).toList());
    }

    private static CapabilityVersion marked(CapabilityVersion version, Set<Mark> marks) {
        return new CapabilityVersion(
                version.code(),
                version.number(),
                marks,
                version.provides(),
                version.requirements(),
                version.conflicts(),
                version.cost());
    }

    private Universe supposing(List<CapabilityVersion> versions) {
        return snapshot.universe().supposing(Map.of(code, versions));
    }
}
