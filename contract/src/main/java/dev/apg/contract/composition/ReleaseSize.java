package dev.apg.contract.composition;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far apart two versions are: which of their numbers is the first that differs. */
public enum ReleaseSize {
    /** The patch number, or a pre-release only. */
    @JsonProperty("patch")
    PATCH,
    @JsonProperty("minor")
    MINOR,
    @JsonProperty("major")
    MAJOR;

    /** The spelling on the wire and in messages. */
    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
