package dev.apg.server.composition;

import dev.apg.contract.capability.VersionState;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.HoldingCause;
import dev.apg.contract.composition.Outdated;
import dev.apg.contract.composition.OutdatedKind;
import dev.apg.contract.composition.Resolution;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.version.SemVer;
import dev.apg.server.catalog.VersionEntry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue has of a capability that is locked.
 *
 * @param current the version that the lock has
 */
record LockedCapability(Resolved resolved, Standings standings, String code, SemVer current) {

    Outdated.Entry entry(
            OutdatedKind kind,
            @Nullable SemVer within,
            @Nullable SemVer changed,
            Resolution.@Nullable HeldBack heldBack,
            @Nullable Integer step,
            @Nullable String planned,
            List<DraftOperation> operations) {
        Optional<VersionEntry> now = standings.of(code, current.toString());
        Optional<SemVer> newest = newer().findFirst();
        Optional<VersionEntry> standing = newest.flatMap(number -> standings.of(code, number.toString()));
        return new Outdated.Entry(
                code,
                current.toString(),
                now.map(VersionEntry::state).orElse(null),
                now.map(VersionEntry::stateReason).orElse(null),
                standings.ending(code).orElse(null),
                kind,
                newest.map(SemVer::toString).orElse(null),
                standing.map(VersionEntry::state).orElse(null),
                standing.map(VersionEntry::stateReason).orElse(null),
                within == null ? null : within.toString(),
                state(within),
                changed == null ? null : changed.toString(),
                state(changed),
                accepted()
                        .filter(number -> number.compareTo(current) > 0)
                        .map(number -> LockDiff.size(current, number))
                        .orElse(null),
                heldBack == null || isState(heldBack) ? null : heldBack,
                step,
                planned,
                operations);
    }

    /** Whether all that is said is how the current version stands, which the entry tells itself. */
    private boolean isState(Resolution.HeldBack heldBack) {
        return heldBack.cause() == HoldingCause.NOT_ACCEPTED
                && heldBack.newest().equals(current.toString());
    }

    private @Nullable VersionState state(@Nullable SemVer number) {
        return number == null
                ? null
                : standings.of(code, number.toString()).map(VersionEntry::state).orElse(null);
    }

    /** All that may be chosen somewhere, the newest first; pre-releases where they count. */
    private Stream<SemVer> newer() {
        boolean prereleases = resolved.policy().prereleases() || current.isPrerelease();
        return resolved.snapshot().universe().numbers(code).reversed().stream()
                .filter(number -> prereleases || !number.isPrerelease());
    }

    /** The newest version that the policy accepts. */
    Optional<SemVer> accepted() {
        return newer().filter(number -> resolved.snapshot()
                        .universe()
                        .version(new ExactVersion(code, number))
                        .filter(version ->
                                resolved.request().policy().accepted().containsAll(version.marks()))
                        .isPresent())
                .findFirst();
    }
}
