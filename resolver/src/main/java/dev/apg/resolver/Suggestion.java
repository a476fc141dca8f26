package dev.apg.resolver;

import java.util.Objects;

/** A version that is not chosen and says that it is useful beside what is chosen ({@link Strength#ENHANCING}). */
public record Suggestion(ExactVersion version, Requirement enhances, ExactVersion present) {
    public Suggestion {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(enhances, "enhances");
        Objects.requireNonNull(present, "present");
    }
}
