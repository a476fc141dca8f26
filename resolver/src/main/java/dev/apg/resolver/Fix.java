package dev.apg.resolver;

import java.util.List;
import java.util.Objects;

/**
 * A change of the request that was found, by solving again, to make it solvable.
 *
 * @param changes at least one; more where no single change helps
 * @param sentence what to do, in words; it says so if that leaves nothing that is asked for
 */
public record Fix(List<Change> changes, String sentence) {
    public Fix {
        changes = List.copyOf(changes);
        Objects.requireNonNull(sentence, "sentence");
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("changes: empty (expected: at least one)");
        }
    }

    /** How many changes mend something: a pin only decides among what is possible. */
    long mended() {
        return changes.stream()
                .filter(change -> !(change instanceof Change.SetPin))
                .count();
    }

    /** The request with all changes made; it is solvable in the universe that the fix was found in. */
    public Request applyTo(Request request) {
        return Change.applyAll(changes, request);
    }
}
