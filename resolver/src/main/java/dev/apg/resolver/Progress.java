package dev.apg.resolver;

import dev.apg.resolver.UpgradePlan.State;
import dev.apg.resolver.version.SemVer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What counts as a step forward. */
final class Progress {
    /** What has to stay as new as it is. */
    private final Map<String, SemVer> kept = new HashMap<>();

    /** No later step takes the capability back to an older version. */
    void keep(String code, SemVer number) {
        kept.put(code, number);
    }

    /**
     * Whether anything moves, and not only back to older versions because an objective asks for them. The choice rule alone does
     * that only for the sake of something that comes first.
     */
    boolean isGain(State before, State after) {
        boolean ruled = after.request().policy().objectives().isEmpty();
        return Move.between(before.solved().versions(), after.solved().versions()).stream()
                        .anyMatch(move -> ruled || !isDown(move))
                && kept.entrySet().stream()
                        .allMatch(entry -> after.version(entry.getKey())
                                .filter(number -> number.compareTo(entry.getValue()) < 0)
                                .isEmpty());
    }

    private static boolean isDown(Move move) {
        SemVer from = move.from();
        SemVer to = move.to();
        return from != null && to != null && to.compareTo(from) < 0;
    }

    /**
     * Whether a step takes nothing beyond what an update of everything leads to, which would take it back.
     *
     * @param moving what an update of everything moves, and where to
     */
    static boolean staysWithin(State before, State after, Map<String, Optional<SemVer>> moving) {
        return moving.entrySet().stream().allMatch(entry -> {
            String code = entry.getKey();
            Optional<SemVer> most = entry.getValue();
            Optional<SemVer> number = after.version(code);
            return number.equals(before.version(code))
                    || number.isEmpty()
                    || most.isEmpty()
                    || number.get().compareTo(most.get()) <= 0;
        });
    }

    static boolean isNewer(SemVer from, Optional<SemVer> to) {
        return to.filter(number -> number.compareTo(from) > 0).isPresent();
    }
}
