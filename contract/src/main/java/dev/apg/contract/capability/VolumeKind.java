package dev.apg.contract.capability;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether what is written to a volume outlives the process. */
public enum VolumeKind {
    @JsonProperty("persistent")
    PERSISTENT,
    @JsonProperty("ephemeral")
    EPHEMERAL;

    /** The spelling on the wire, in the database and in messages. */
    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
