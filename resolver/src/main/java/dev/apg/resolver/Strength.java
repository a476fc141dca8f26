package dev.apg.resolver;

/** How strongly a version needs the target of a {@link Requirement}. */
public enum Strength {
    /** Must be met. */
    REQUIRED,
    /** Pulls nothing in; if the target is present, its range holds. */
    OPTIONAL,
    /** Pulled in where that is possible, left out with a note where it is not. */
    RECOMMENDED,
    /** "I am useful where that is present": a suggestion in the notes, never pulled in. */
    ENHANCING
}
