package dev.apg.contract.capability;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a capability stands in its life. */
public enum Status {
    @JsonProperty("discovered")
    DISCOVERED,
    @JsonProperty("registered")
    REGISTERED,
    @JsonProperty("validated")
    VALIDATED,
    @JsonProperty("active")
    ACTIVE,
    @JsonProperty("deprecated")
    DEPRECATED,
    @JsonProperty("retired")
    RETIRED;

    /** The status of this spelling. */
    public static Status of(String wire) {
        return valueOf(wire.toUpperCase(java.util.Locale.ROOT));
    }

    /** The spelling on the wire, in the database and in messages. */
    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
