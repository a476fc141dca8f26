package dev.apg.server.web;

import dev.apg.contract.ProblemDocument.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is wrong with single values of a document, noted while the rest of it is read, so that its author hears of all at
 * once: keys that stand twice, texts and numbers that could not be stored.
 */
final class Faults {
    static final String DUPLICATE = "field.duplicate";

    /** Who has mended a hundred can ask again. */
    private static final int MOST = 100;

    private final List<FieldError> noted = new ArrayList<>();

    /** @param fault put into words only if there is room for it: a small document can have a million of them */
    void note(Supplier<FieldError> fault) {
        if (noted.size() < MOST) {
            noted.add(fault.get());
        }
    }

    List<FieldError> noted() {
        return List.copyOf(noted);
    }

    /** Whether nothing more is wrong than was noted. */
    static boolean areAll(List<FieldError> faults) {
        return faults.size() < MOST;
    }

    /**
     * Whether something else was read in the place of a field's value, so that nothing can be said of it. Of a key that
     * stands twice the first value is looked at.
     */
    static boolean spoil(List<FieldError> faults, String field) {
        return faults.stream()
                .anyMatch(fault -> !fault.code().equals(DUPLICATE) && FieldPath.isWithin(field, fault.field()));
    }
}
