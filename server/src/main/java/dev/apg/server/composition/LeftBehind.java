package dev.apg.server.composition;

import dev.apg.contract.capability.VersionState;
import dev.apg.contract.composition.Resolution;
import dev.apg.contract.composition.VersionChange;
import java.util.List;
import java.util.Map;

/**
 * What a solution lost of the previous revision's lock: versions that went down, that may no longer be taken, or whose
 * place another provider has. A version that went up by choice, and what the draft no longer names, is no loss.
 */
final class LeftBehind {
    private LeftBehind() {}

    /** The solution, compared with the previous revision if there is one. */
    static Resolution.Solved told(Resolved resolved, Resolution.Solved solved) {
        return resolved.before()
                .map(before -> told(before, solved, new Standings(resolved.snapshot())))
                .orElse(solved);
    }

    private static Resolution.Solved told(Resolved.Before before, Resolution.Solved solved, Standings standings) {
        DraftRow row = before.draft();
        var after = new LockSide(
                row.draft(), Locks.of(row.code(), solved, row.draft().policy(), Map.of()));
        List<VersionChange> losses = LockDiff.versions(
                        before.revision(),
                        after,
                        Between.untilNow(standings).in(standings.snapshot().universe()))
                .stream()
                .filter(change -> isLoss(change, before.revision(), after, standings))
                .toList();
        return solved.comparedWith(losses, BindingDiff.swaps(before.revision(), after, true));
    }

    private static boolean isLoss(VersionChange change, LockSide before, LockSide after, Standings standings) {
        String from = change.from();
        return switch (change.kind()) {
            case ADDED -> false;
            case DOWN -> true;
            case UP ->
                from != null
                        && standings
                                .of(change.capability(), from)
                                .filter(entry -> entry.state() != VersionState.DEPRECATED)
                                .isPresent();
            case REMOVED -> LockDiff.isMetOtherwise(before, after, change.capability(), change.reason());
        };
    }
}
