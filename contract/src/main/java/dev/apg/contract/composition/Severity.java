package dev.apg.contract.composition;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How much a finding matters. */
public enum Severity {
    /** Keeps a draft from being frozen. */
    @JsonProperty("error")
    ERROR,
    /** Should be looked at before it runs. */
    @JsonProperty("warning")
    WARNING,
    /** Good to know. */
    @JsonProperty("note")
    NOTE;

    /** The spelling on the wire, in the database and in messages. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
