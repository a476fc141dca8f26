package dev.apg.resolver;

/** What a resolution minimises before the choice rule picks among what is left; see {@code docs/resolver.md}. */
public enum Objective {
    /** The differences from the previous lock: capabilities added, removed, or in another version. */
    MINIMAL_CHANGE,
    /** The number of capabilities. */
    FEWEST,
    /** The sum of declared costs. */
    CHEAPEST;

    /** What it asks for, as an object of a sentence. */
    public String words() {
        return switch (this) {
            case MINIMAL_CHANGE -> "the fewest changes";
            case FEWEST -> "the fewest capabilities";
            case CHEAPEST -> "the lowest cost";
        };
    }
}
