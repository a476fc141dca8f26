package dev.apg.contract.capability;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How strongly a version needs the target of a requirement. */
public enum Strength {
    /** Must be met. */
    @JsonProperty("required")
    REQUIRED,
    /** Not pulled in; its range holds if the target is present. */
    @JsonProperty("optional")
    OPTIONAL,
    /** Pulled in if it can be, left out with a note otherwise. */
    @JsonProperty("recommended")
    RECOMMENDED,
    /** "I am useful where that is present": a suggestion, never pulled in. */
    @JsonProperty("enhancing")
    ENHANCING;

    /** The spelling on the wire, in the database and in messages. */
    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
