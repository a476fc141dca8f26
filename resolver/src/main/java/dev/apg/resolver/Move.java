package dev.apg.resolver;

import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A capability that another lock has in another version, or not at all.
 *
 * @param from null if it is new
 * @param to null if it is gone
 */
public record Move(
        String code, @Nullable SemVer from, @Nullable SemVer to) {
    public Move {
        Codes.check(code);
        if (Objects.equals(from, to)) {
            throw new IllegalArgumentException(
                    "move of " + code + ": from " + from + " to " + to + " (expected: two versions, or one and none)");
        }
    }

    /** What differs between two locks, by code. */
    static List<Move> between(Map<String, SemVer> before, Map<String, SemVer> after) {
        var codes = new TreeSet<>(before.keySet());
        codes.addAll(after.keySet());
        List<Move> moves = new ArrayList<>();
        for (String code : codes) {
            SemVer from = before.get(code);
            SemVer to = after.get(code);
            if (!Objects.equals(from, to)) {
                moves.add(new Move(code, from, to));
            }
        }
        return moves;
    }
}
